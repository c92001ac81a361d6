import type { Rectangle } from './rectangle.js';

/** Where things are on the stage. What has left it is remembered, so that what is lost there can still be seen falling. */
export class Places {
  readonly #signInsAtOnce = new Map<string, Rectangle>();
  readonly #cells = new Map<string, Rectangle>();

  constructor(private readonly stage: HTMLElement) {}

  /** Reads the page's layout: not for every frame. */
  measure(): void {
    const { left, top } = this.stage.getBoundingClientRect();
    const read = (kind: string, into: Map<string, Rectangle>): void => {
      for (const one of this.stage.querySelectorAll<HTMLElement>(`[data-${kind}]`)) {
        const { x, y, width, height } = one.getBoundingClientRect();
        into.set(one.dataset[kind] ?? '', { x: x - left, y: y - top, width, height });
      }
    };
    read('ingress', this.#signInsAtOnce);
    read('seats', this.#cells);
  }

  ingress(mode: string): Rectangle | undefined {
    return this.#signInsAtOnce.get(mode);
  }

  cells(pod: string): Rectangle | undefined {
    return this.#cells.get(pod);
  }
}
