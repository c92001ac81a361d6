import type { Rectangle } from './rectangle.js';

const widestPitch = 17;

/** Who sits where in one room. A seat is kept for as long as one stays, so that nobody is moved by another's coming. */
export class Grid {
  readonly #taken: (number | string | undefined)[] = [];

  take(id: number | string): number {
    const free = this.#taken.indexOf(undefined);
    const cell = free === -1 ? this.#taken.length : free;
    this.#taken[cell] = id;
    return cell;
  }

  leave(cell: number): void {
    this.#taken[cell] = undefined;
    while (this.#taken.length > 0 && this.#taken.at(-1) === undefined) this.#taken.pop();
  }

  /** How far apart seats are when all of them fit into the room. */
  pitch({ width, height }: Rectangle): number {
    const cells = Math.max(1, this.#taken.length);
    let pitch = Math.min(widestPitch, Math.sqrt((width * height) / cells));
    while (pitch > 1 && Math.floor(width / pitch) * Math.floor(height / pitch) < cells) pitch *= 0.95;
    return pitch;
  }

  /** The middle of a seat. */
  at(cell: number, room: Rectangle, pitch = this.pitch(room)): { x: number; y: number } {
    const across = Math.max(1, Math.floor(room.width / pitch));
    return {
      x: room.x + ((cell % across) + 0.5) * pitch,
      y: room.y + (Math.floor(cell / across) + 0.5) * pitch,
    };
  }
}
