import { modeNames } from '../../bank/modes.js';
import { causeInWords } from '../../losses/loss-causes.js';
import { colourOf } from '../words.js';
import type { Dot } from './customers.js';
import { particleSeconds, reasonSeconds, type Particle, type Reason } from './particles.js';
import type { Travelling } from './requests.js';

const turn = 2 * Math.PI;

/** Draws what moves. Colours are those of the page, read when they may have changed. */
export class Painter {
  #colours = new Map<string, string>();
  #bad = '';
  #page = '';

  constructor(private readonly pen: CanvasRenderingContext2D) {
    this.readColours();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.readColours());
  }

  readColours(): void {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    this.#colours = new Map(modeNames.map((mode) => [mode, colour(colourOf(mode))]));
    this.#bad = colour('bad');
    this.#page = colour('page');
  }

  /** One path for each mode: a path for each dot would take most of a frame. */
  dots(dots: Iterable<Dot>): void {
    this.#inColours(dots, 0.9, ({ x, y, radius }) => {
      this.pen.moveTo(x + radius, y);
      this.pen.arc(x, y, radius, 0, turn);
    });
  }

  requests(travelling: Iterable<Travelling>): void {
    this.#inColours(travelling, 0.5, ({ from, to, way }) => {
      if (way < 0) return;
      const eased = way * way * (3 - 2 * way);
      const x = from.x + (to.x - from.x) * eased;
      const y = from.y + (to.y - from.y) * way;
      this.pen.moveTo(x + 1.8, y);
      this.pen.arc(x, y, 1.8, 0, turn);
    });
  }

  particles(particle: Iterable<Particle>): void {
    this.pen.strokeStyle = this.#bad;
    this.pen.lineWidth = 2.5;
    for (const { x, y, age } of particle) {
      this.pen.globalAlpha = Math.max(0, 1 - age / particleSeconds);
      this.pen.beginPath();
      this.pen.moveTo(x - 4, y - 4);
      this.pen.lineTo(x + 4, y + 4);
      this.pen.moveTo(x + 4, y - 4);
      this.pen.lineTo(x - 4, y + 4);
      this.pen.stroke();
    }
    this.pen.globalAlpha = 1;
  }

  reasons(reasons: Iterable<Reason>): void {
    this.pen.font = '650 15px system-ui, sans-serif';
    this.pen.textAlign = 'center';
    this.pen.textBaseline = 'middle';
    for (const { cause, lost, isGrowing, x, y, age } of reasons) {
      const text = `${lost} lost${isGrowing ? ' by now' : ''}: ${causeInWords(cause)}`;
      const half = this.pen.measureText(text).width / 2 + 8;
      const middle = Math.max(half, Math.min(this.pen.canvas.clientWidth - half, x));
      this.pen.globalAlpha = Math.min(1, (reasonSeconds - age) / 0.8);
      this.pen.fillStyle = this.#bad;
      this.pen.beginPath();
      this.pen.roundRect(middle - half, y - 13, half * 2, 26, 6);
      this.pen.fill();
      this.pen.fillStyle = this.#page;
      this.pen.fillText(text, middle, y + 1);
    }
    this.pen.globalAlpha = 1;
  }

  #inColours<One extends { readonly mode: string }>(
    all: Iterable<One>,
    alpha: number,
    trace: (one: One) => void,
  ): void {
    const byMode = new Map<string, One[]>();
    for (const one of all) {
      const those = byMode.get(one.mode);
      if (those === undefined) byMode.set(one.mode, [one]);
      else those.push(one);
    }
    this.pen.globalAlpha = alpha;
    for (const [mode, those] of byMode) {
      this.pen.fillStyle = this.#colours.get(mode) ?? this.#bad;
      this.pen.beginPath();
      those.forEach(trace);
      this.pen.fill();
    }
    this.pen.globalAlpha = 1;
  }
}
