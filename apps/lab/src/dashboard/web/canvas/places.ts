import type { Spot } from './spot.js';

/** Where things are on the stage. What has left it is remembered, so that what is lost there can still be seen falling. */
export class Places {
  readonly #doors = new Map<string, Spot>();
  readonly #seats = new Map<string, Spot>();

  constructor(private readonly stage: HTMLElement) {}

  /** Reads the page's layout: not for every frame. */
  measure(): void {
    const { left, top } = this.stage.getBoundingClientRect();
    const read = (kind: string, into: Map<string, Spot>): void => {
      for (const one of this.stage.querySelectorAll<HTMLElement>(`[data-${kind}]`)) {
        const { x, y, width, height } = one.getBoundingClientRect();
        into.set(one.dataset[kind] ?? '', { x: x - left, y: y - top, width, height });
      }
    };
    read('door', this.#doors);
    read('seats', this.#seats);
  }

  door(mode: string): Spot | undefined {
    return this.#doors.get(mode);
  }

  seats(pod: string): Spot | undefined {
    return this.#seats.get(pod);
  }
}
