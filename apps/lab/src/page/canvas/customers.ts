import type { CustomerSnapshot } from '../../protocol/snapshots.js';
import type { Places } from './places.js';
import { Grid } from './grid.js';
import type { Rectangle } from './rectangle.js';

/** Somebody in a mode, and where. */
export type Placed = Pick<CustomerSnapshot, 'mode' | 'pod'> & { readonly id: number | string };

/** A customer on the stage. */
export interface Dot {
  readonly id: Placed['id'];
  readonly mode: string;
  room: string;
  cell: number;
  x: number;
  y: number;
  toX: number;
  toY: number;
  radius: number;
}

/** Of the way that is left, in each second; more is faster. */
const eagerness = 7;

/** Each customer as a dot: at the ingress until a pod has answered, then in that pod. */
export class CustomerParticles {
  readonly #dots = new Map<Placed['id'], Dot>();
  readonly #rooms = new Map<string, Grid>();

  constructor(private readonly places: Places) {}

  get dots(): IterableIterator<Dot> {
    return this.#dots.values();
  }

  show(customers: readonly Placed[]): void {
    const here = new Set(customers.map(({ id }) => id));
    for (const dot of this.#dots.values()) {
      if (here.has(dot.id)) continue;
      this.#rooms.get(dot.room)?.leave(dot.cell);
      this.#dots.delete(dot.id);
    }
    for (const { id, mode, pod } of customers) {
      const room = pod ?? ingressOf(mode);
      const dot = this.#dots.get(id);
      if (dot === undefined) this.#dots.set(id, this.#arrive(id, mode, room));
      else if (dot.room !== room) {
        this.#rooms.get(dot.room)?.leave(dot.cell);
        dot.room = room;
        dot.cell = this.#room(room).take(id);
      }
    }
    this.aim();
  }

  /** Says anew where each has to go: after some have moved, or the page was laid out anew. */
  aim(): void {
    const pitches = new Map<string, { rectangle: Rectangle; pitch: number }>();
    for (const dot of this.#dots.values()) {
      let room = pitches.get(dot.room);
      if (room === undefined) {
        const rectangle = this.#rectangle(dot.room, dot.mode);
        if (rectangle === undefined) continue;
        room = { rectangle, pitch: this.#room(dot.room).pitch(rectangle) };
        pitches.set(dot.room, room);
      }
      const { x, y } = this.#room(dot.room).at(dot.cell, room.rectangle, room.pitch);
      dot.toX = x;
      dot.toY = y;
      dot.radius = Math.max(1.2, Math.min(5.5, room.pitch * 0.33));
      // Where nothing was laid out yet it has no place to come from.
      if (dot.x === 0 && dot.y === 0) [dot.x, dot.y] = [x, y];
    }
  }

  /** @param seconds since the last step; Infinity has everybody arrive at once */
  step(seconds: number): void {
    const part = 1 - Math.exp(-seconds * eagerness);
    for (const dot of this.#dots.values()) {
      dot.x += (dot.toX - dot.x) * part;
      dot.y += (dot.toY - dot.y) * part;
    }
  }

  #arrive(id: Placed['id'], mode: string, room: string): Dot {
    const ingress = this.places.ingress(mode);
    const [x, y] = ingress === undefined ? [0, 0] : [ingress.x + ingress.width / 2, ingress.y + ingress.height / 2];
    const cell = this.#room(room).take(id);
    return { id, mode, room, cell, x, y, toX: x, toY: y, radius: 3 };
  }

  #room(name: string): Grid {
    const room = this.#rooms.get(name) ?? new Grid();
    this.#rooms.set(name, room);
    return room;
  }

  #rectangle(room: string, mode: string): Rectangle | undefined {
    return room === ingressOf(mode) ? this.places.ingress(mode) : this.places.cells(room);
  }
}

function ingressOf(mode: string): string {
  return `ingress of ${mode}`;
}
