import type { LossHeap } from '../loss-heaps.js';
import type { Rectangle } from './rectangle.js';

/** A lost session on its way down. */
export interface Particle {
  x: number;
  y: number;
  aside: number;
  down: number;
  /** Seconds since it was lost. */
  age: number;
}

/** How many one boot lost, and why. */
export interface Reason {
  readonly key: string;
  readonly mode: string;
  readonly cause: string;
  readonly lost: number;
  readonly x: number;
  readonly y: number;
  /** More of the mode's customers are to find out. */
  isGrowing: boolean;
  age: number;
}

export const particleSeconds = 1.8;
export const reasonSeconds = 4.5;
const gravity = 420;
const maxAtOnce = 400;

/** Lost sessions as they fall, with their cause. */
export class Particles {
  readonly particle: Particle[] = [];
  readonly reasons: Reason[] = [];

  lose({ key, mode, cause, fresh, total }: LossHeap, rectangle: Rectangle): void {
    const before = this.reasons.find((one) => one.key === key);
    keep(this.reasons, (one) => one !== before);
    this.reasons.push({
      key,
      mode,
      cause,
      lost: total,
      x: rectangle.x + rectangle.width / 2,
      y: rectangle.y + rectangle.height / 2,
      isGrowing: false,
      age: Math.min(before?.age ?? 0, 1),
    });
    this.fall(fresh, rectangle);
  }

  /** Says in which modes the number that stands there is not the last one. */
  wait(modes: readonly string[]): void {
    for (const reason of this.reasons) reason.isGrowing = modes.includes(reason.mode);
  }

  fall(number: number, rectangle: Rectangle): void {
    const room = Math.min(number, maxAtOnce - this.particle.length);
    for (let index = 0; index < room; index++) {
      this.particle.push({
        x: rectangle.x + rectangle.width * Math.random(),
        y: rectangle.y + rectangle.height * Math.random(),
        aside: 60 * (Math.random() - 0.5),
        down: -90 * Math.random(),
        age: 0,
      });
    }
  }

  step(seconds: number): void {
    for (const one of this.particle) {
      one.age += seconds;
      one.down += gravity * seconds;
      one.x += one.aside * seconds;
      one.y += one.down * seconds;
    }
    for (const one of this.reasons) one.age += seconds;
    keep(this.particle, ({ age }) => age < particleSeconds);
    keep(this.reasons, ({ age }) => age < reasonSeconds);
  }
}

function keep<One>(all: One[], stays: (one: One) => boolean): void {
  let kept = 0;
  for (const one of all) if (stays(one)) all[kept++] = one;
  all.length = kept;
}
