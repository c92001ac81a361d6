import type { Rectangle } from './rectangle.js';

/** A request on its way from the ingress to a pod. */
export interface Travelling {
  readonly mode: string;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  /** From 0, at the ingress, to 1; below 0 it has not set out. */
  way: number;
}

const seconds = 0.55;
/** A pod's requests of one message set out over the time until the next one. */
const overSeconds = 0.25;
/** More could not be told apart. */
const maxAtOnce = 600;
const maxOfPod = 16;

/** Requests as they travel. */
export class Requests {
  readonly travelling: Travelling[] = [];

  send(mode: string, number: number, ingress: Rectangle, pod: Rectangle): void {
    const some = Math.min(number, maxOfPod, maxAtOnce - this.travelling.length);
    for (let index = 0; index < some; index++) {
      this.travelling.push({
        mode,
        from: { x: ingress.x + ingress.width * (0.15 + 0.7 * Math.random()), y: ingress.y + ingress.height },
        to: { x: pod.x + pod.width * (0.1 + 0.8 * Math.random()), y: pod.y + pod.height * 0.3 },
        way: -((index + Math.random()) / some) * (overSeconds / seconds),
      });
    }
  }

  step(passed: number): void {
    let kept = 0;
    for (const one of this.travelling) {
      one.way += passed / seconds;
      if (one.way < 1) this.travelling[kept++] = one;
    }
    this.travelling.length = kept;
  }
}
