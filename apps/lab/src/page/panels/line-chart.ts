import uPlot from 'uplot';
import { element } from '../element.js';
import { timeOfDay } from '../formatted.js';

export interface Line {
  readonly label: string;
  /** Name of one of the page's colours. */
  readonly colour: string;
  readonly width: number;
  readonly stepped?: boolean;
  readonly dash?: number[];
  readonly values: readonly (number | null)[];
}

const height = 130;
/** Less would make a line of noise. */
const shortestSeconds = 60;

/** Lines over time. It is drawn anew when there are other lines, and when colours or width have changed. */
export class LineChart {
  readonly root = element('div', 'chart');
  #plot: uPlot | undefined;
  #drawn = '';

  constructor(private readonly unit: string) {
    this.root.setAttribute('role', 'img');
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => (this.#drawn = ''));
  }

  /** @param at times in ms since 1970 @param words the same for who cannot see it */
  show(at: readonly number[], lines: readonly Line[], words: string): void {
    this.root.setAttribute('aria-label', words);
    const width = this.root.clientWidth;
    if (width === 0) return;
    const look = JSON.stringify([width, lines.map(({ label, colour, width: thick }) => [label, colour, thick])]);
    const data = [at.map((ms) => ms / 1_000), ...lines.map(({ values }) => values)] as uPlot.AlignedData;
    if (look === this.#drawn && this.#plot !== undefined) return this.#plot.setData(data);
    this.#drawn = look;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(width, lines), data, this.root);
  }

  #options(width: number, lines: readonly Line[]): uPlot.Options {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    const axis = {
      stroke: colour('soft'),
      font: '12px system-ui, sans-serif',
      grid: { stroke: colour('rule'), width: 1 },
      ticks: { show: false },
    };
    const whole = (value: number): string => (Number.isInteger(value) ? String(value) : '');
    return {
      width,
      height,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { range: (_plot, min, max) => [Math.min(min, max - shortestSeconds), max] },
        y: { range: (_plot, _least, max) => [0, Math.max(1, max * 1.1)] },
      },
      axes: [
        {
          ...axis,
          size: 22,
          values: (_plot, times) => times.map((time) => timeOfDay(time * 1_000)),
          space: 90,
        },
        {
          ...axis,
          size: 46,
          values: (_plot, values) => values.map((value) => whole(value)),
          label: this.unit,
          labelSize: 16,
          labelFont: axis.font,
          space: 24,
        },
      ],
      series: [
        {},
        ...lines.map(({ label, colour: name, width: thick, stepped, dash }) => ({
          label,
          stroke: colour(name),
          width: thick,
          points: { show: false },
          ...(dash !== undefined && { dash }),
          ...(stepped && { paths: uPlot.paths.stepped!({ align: 1 }) }),
        })),
      ],
    };
  }
}
