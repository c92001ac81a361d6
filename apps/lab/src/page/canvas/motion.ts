import type { BankSnapshot, SnapshotChange } from '../../protocol/snapshots.js';
import { modeOfWorkload } from '../../bank/modes.js';
import { isMeasuring } from '../formatted.js';
import type { LossHeap } from '../loss-heaps.js';
import { CustomerParticles } from './customers.js';
import { answeredIn, sessionsIn } from './experiment-customers.js';
import { Particles } from './particles.js';
import { Painter } from './painter.js';
import { Places } from './places.js';
import type { Rectangle } from './rectangle.js';
import { Requests } from './requests.js';
import { WindowOfStage } from './window-of-stage.js';

/** After a pause, such as of a page in the background, things go on from where they were. */
const longestStepSeconds = 0.1;

/** What moves on the stage: customers, their requests, and what is lost. All of it can be read as text beside it. */
export class Motion {
  readonly #pen: CanvasRenderingContext2D;
  readonly #places: Places;
  readonly #window: WindowOfStage;
  readonly #painter: Painter;
  readonly #customers: CustomerParticles;
  readonly #requests = new Requests();
  readonly #particles = new Particles();
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');
  #measured = false;
  #reportedAt = 0;
  #frameAt = performance.now();

  constructor(stage: HTMLElement, canvas: HTMLCanvasElement) {
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('The browser draws nothing.');
    this.#pen = pen;
    this.#places = new Places(stage);
    this.#window = new WindowOfStage(stage, canvas);
    this.#painter = new Painter(pen);
    this.#customers = new CustomerParticles(this.#places);
    new ResizeObserver(() => (this.#measured = false)).observe(stage);
    requestAnimationFrame((at) => this.#frame(at));
  }

  show(now: BankSnapshot, heaps: readonly LossHeap[], change?: SnapshotChange): void {
    this.#measured = false;
    const measuring = isMeasuring(now);
    this.#customers.show(measuring ? sessionsIn(now) : (now.crowd?.customers ?? []));
    for (const heap of heaps) this.#lose(heap);
    const incomplete = now.crowd?.modes.filter(({ awaited }) => awaited > 0) ?? [];
    this.#particles.wait(incomplete.map(({ mode }) => mode));
    const answered = measuring ? answeredIn(Math.min(now.at - this.#reportedAt, 1_000), now) : change?.crowd?.answered;
    if (!this.#still.matches) this.#send(now, answered ?? {});
    this.#reportedAt = now.at;
  }

  /** Your own session falls, too; it is none of the customers', whose number stands there. */
  loseOwn(mode: string, pod: string | null): void {
    const rectangle = this.#homeOf(mode, pod);
    if (rectangle !== undefined) this.#particles.fall(1, rectangle);
  }

  /** Sessions fall out of the pod that they lived in. */
  #lose(heap: LossHeap): void {
    const rectangle = this.#homeOf(heap.mode, heap.pod);
    if (rectangle !== undefined) this.#particles.lose(heap, rectangle);
  }

  #homeOf(mode: string, pod: string | null): Rectangle | undefined {
    return (pod === null ? undefined : this.#places.cells(pod)) ?? this.#places.ingress(mode);
  }

  #send({ workloads }: BankSnapshot, answered: Readonly<Record<string, number>>): void {
    // What came while nobody could see it need not be shown in one heap.
    if (document.hidden) return;
    for (const { workload, pods } of workloads) {
      const mode = modeOfWorkload(workload)?.name;
      const ingress = mode && this.#places.ingress(mode);
      if (!ingress) continue;
      for (const { name } of pods) {
        const pod = this.#places.cells(name);
        const number = answered[name] ?? 0;
        if (pod !== undefined && number > 0) this.#requests.send(mode, number, ingress, pod);
      }
    }
  }

  #frame(at: number): void {
    requestAnimationFrame((next) => this.#frame(next));
    if (!this.#measured) {
      // Once for each message at most: a frame in between reads no layout.
      this.#measured = true;
      this.#places.measure();
      this.#customers.aim();
    }
    const seconds = Math.min(longestStepSeconds, Math.max(0, at - this.#frameAt) / 1_000);
    this.#frameAt = at;
    this.#customers.step(this.#still.matches ? Infinity : seconds);
    this.#requests.step(seconds);
    this.#particles.step(seconds);
    this.#window.open(this.#pen);
    this.#painter.requests(this.#requests.travelling);
    this.#painter.dots(this.#customers.dots);
    if (!this.#still.matches) this.#painter.particles(this.#particles.particle);
    this.#painter.reasons(this.#particles.reasons);
  }
}
