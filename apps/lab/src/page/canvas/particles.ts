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

/** How many fell from one place, and why. */
export interface Reason {
  readonly key: string;
  readonly cause: string;
  readonly x: number;
  readonly y: number;
  lost: number;
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

  lose(from: string, cause: string, rectangle: Rectangle): void {
    const key = `${from}: ${cause}`;
    const reason = this.reasons.find((one) => one.key === key);
    if (reason === undefined) {
      this.reasons.push({
        key,
        cause,
        x: rectangle.x + rectangle.width / 2,
        y: rectangle.y + rectangle.height / 2,
        lost: 1,
        age: 0,
      });
    } else {
      reason.lost += 1;
      reason.age = Math.min(reason.age, 1);
    }
    if (this.particle.length >= maxAtOnce) return;
    this.particle.push({
      x: rectangle.x + rectangle.width * Math.random(),
      y: rectangle.y + rectangle.height * Math.random(),
      aside: 60 * (Math.random() - 0.5),
      down: -90 * Math.random(),
      age: 0,
    });
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
