import type { Weighed } from './advice.js';
import { amount, amountOf, grouped, percent, prefixes } from './amounts.js';
import type { Cost, TracedFigure } from './cost.js';
import { pastLimits } from './limits.js';

const labelWidth = 26;
const cellWidth = 13;

interface CostRow {
  readonly label: string;
  readonly unit: string;
  readonly figure?: keyof Cost;
  readonly of: (cost: Cost) => number;
  /** What is chosen, not measured, has no error. */
  readonly exact?: true;
}

const traced = (figure: TracedFigure, label: string, unit: string): CostRow => ({
  label,
  unit,
  figure,
  of: (cost) => cost[figure].value,
});
const inMebibytes = (figure: TracedFigure, label: string): CostRow => ({
  ...traced(figure, label, 'MiB'),
  of: (cost) => cost[figure].value / 2 ** 20,
});

const rows: readonly CostRow[] = [
  { label: 'pods', unit: '', figure: 'pods', of: ({ pods }) => pods.count },
  { label: 'each of', unit: 'cores', of: ({ pods }) => pods.cores, exact: true },
  { label: 'each of', unit: 'MiB', of: ({ pods }) => pods.memoryBytes / 2 ** 20, exact: true },
  traced('requestsPerSecond', 'requests', '/s'),
  traced('cores', 'CPU used', 'cores'),
  inMebibytes('podMemoryBytes', 'memory of pods'),
  inMebibytes('redisMemoryBytes', 'memory in Redis'),
  traced('redisOperations', 'Redis operations', '/s'),
  traced('wireBytes', 'client traffic', 'B/s'),
  traced('redisWireBytes', 'Redis traffic', 'B/s'),
  traced('coreEquivalents', 'all of it', 'cores'),
  traced('lostInCrash', 'crash loses', 'sessions'),
  traced('lostInRollout', 'rollout loses', 'sessions'),
];

/** What each mode takes and loses, side by side, each figure with its unit and its error. */
export function renderTable(weighed: readonly Weighed[]): string[] {
  const line = (label: string, cells: readonly string[]): string =>
    label.padEnd(labelWidth) + cells.map((cell) => cell.padStart(cellWidth)).join('');
  return [
    line(
      '',
      weighed.map(({ cost }) => cost.mode),
    ),
    ...rows.map((row) => {
      const { divisor, unit } = scaled(
        row.unit,
        Math.max(0, ...weighed.map(({ cost }) => row.of(cost)).filter(Number.isFinite)),
      );
      return line(
        [row.label, unit].filter((text) => text !== '').join(', '),
        weighed.map((one) => cellOf(row, one, divisor)),
      );
    }),
  ];
}

function cellOf({ of, exact, figure }: CostRow, weighed: Weighed, divisor: number): string {
  const { cost } = weighed;
  const value = of(cost);
  if (!Number.isFinite(value)) return '-';
  const mark = pastLimits(cost).some((past) => past.figure === figure) ? '! ' : '';
  return mark + amountOf(value / divisor) + (exact || value === 0 ? '' : ` ${errorOf(of, weighed)}`);
}

/** How far off a figure that is not 0 may be, towards less or more. */
export function errorOf(of: (cost: Cost) => number, { cost, low, high }: Weighed): string {
  const value = of(cost);
  return `±${percent(Math.max(...[low, high].map((bound) => Math.abs(of(bound) - value))) / value, '')}`;
}

/** A unit in which the largest number of a row has at most five digits, or four of bytes. */
function scaled(unit: string, max: number): { divisor: number; unit: string } {
  const larger =
    unit === 'MiB'
      ? ['MiB', 'GiB', 'TiB', 'PiB']
      : prefixes.map((sign) => sign + (sign !== '' && unit.length > 3 ? ' ' : '') + unit);
  const step = unit === 'MiB' ? 1_024 : 1_000;
  const steps = Math.min(
    larger.length - 1,
    Math.max(0, Math.ceil(Math.log(max / (unit === 'B/s' ? 9_999 : 99_999)) / Math.log(step))),
  );
  return { divisor: step ** steps, unit: larger[steps]! };
}

/** What is marked in the table, and what each mode would take. */
export function impossibilities(weighed: readonly Weighed[]): string[] {
  const past = weighed.flatMap(({ cost }) => pastLimits(cost).map((one) => ({ mode: cost.mode, ...one })));
  const figures = new Set(past.map(({ figure }) => figure));
  return [...figures].map((figure) => {
    const same = past.filter((one) => one.figure === figure);
    const { label, max, unit, one, source, several } = same[0]!;
    const needed = same.map(({ mode, value }) => `${grouped(Math.ceil(value / max))} in ${mode}`);
    return (
      `! More ${label} than one ${one} bears, which is about ${amount(max)}${unit} (${source})` +
      `${several ? '' : ': impossible'}. It would take ${needed.join(', ')}, the users divided among them.`
    );
  });
}
