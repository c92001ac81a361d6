import { isHeldInPod, isMisroutedByDesign, modeNames, type ModeName } from '../bank/modes.js';
import { formatFigure, formatMegabytes, formatNumber } from '../report/format.js';
import { fellBehind } from '../load/fell-behind.js';
import type { JudgedClaim, Scorecard } from '../report/scorecard.js';
import { forecastClaim, needed, refuseUnfit, UnfitReport, withCommand } from './unfit-report.js';

/** A number and where it comes from. */
export interface Traced {
  readonly value: number;
  readonly from: string;
}

/** What a scorecard found of one mode, as far as a cost or a loss follows from it. */
export interface MeasuredMode {
  /** Requests that one act of a user takes: what a stateful teller knows, a stateless one is asked for. */
  readonly requestsPerAct: Traced;
  /** CPU that a request more takes in a pod, in microseconds. */
  readonly cpuUs: Traced;
  /** CPU that a pod takes although nobody asks it, in percent of a core. */
  readonly atRestPercent: Traced;
  /** Bytes that a client sends and gets with a request, state of the reader's own not counted. */
  readonly wireBytes: Traced;
  /** Of these the header of a request, as it is without more state. */
  readonly headerBytes: Traced;
  /** Resident memory of a pod with no session in it. */
  readonly emptyPodBytes: Traced;
  /** Memory that one more open session takes in its pod. */
  readonly sessionBytes: Traced;
  /** Shares, 0 to 1, of the sessions in a pod that are lost when it dies, and when every pod is replaced in order. */
  readonly lostInCrash: Traced;
  readonly lostInRollout: Traced;
  /** Share of the sessions that are lost although nothing happens to any pod. */
  readonly lostAnyway: Traced;
  /** The least memory that a pod is given; what the chart promises one of the bank's if not given. */
  readonly minPodBytes?: number;
}

export interface Measured {
  readonly modes: Partial<Record<ModeName, MeasuredMode>>;
  /** Those that lose sessions in normal running: never advised, and who loses sessions signs in anew, a load that is not predicted. */
  readonly leftOut: readonly ModeName[];
  /** CPU in microseconds to read, and to write, a KiB of state that does not stay in memory. */
  readonly readKibUs: Traced;
  readonly writeKibUs: Traced;
  readonly error: ForecastError;
  readonly trial: ForecastTrial;
  /** What new pods take off the others, of each mode whose report says so. */
  readonly spread: readonly LoadAfterScaleOut[];
}

/** Load of the hottest pod as percent of the average, a while after there were twice the pods for users who stay. */
export interface LoadAfterScaleOut {
  readonly mode: ModeName;
  readonly hottest: number;
  /** The same where no pod lets a session go; undefined where none does anyway. */
  readonly without: number | undefined;
}

/**
 * By how much this report's own forecasts missed what then came, in the mode where they did so most, and no less than chance
 * alone does; 0.2 is a fifth.
 */
export interface ForecastError {
  readonly cpu: number;
  /** Of requests, and of the bytes and operations that they take. */
  readonly traffic: number;
  readonly memory: number;
}

/** How the report put its own forecasts to the test. */
export interface ForecastTrial {
  readonly verdict: JudgedClaim['verdict'] | undefined;
  readonly rounds: number;
  readonly requestsPerSecond: number;
}

/**
 * Takes from a scorecard what an advice needs.
 * @throws UnfitReport
 */
export function measuredIn(scorecard: Scorecard): Measured {
  refuseUnfit(scorecard);
  const read = new Reader(scorecard);
  const names = modeNames.filter((mode) => read.has(mode));
  const [leftOut, advisable] = [true, false].map((misrouted) =>
    names.filter((mode) => isMisroutedByDesign(mode) === misrouted),
  ) as [ModeName[], ModeName[]];
  const [any] = advisable;
  if (any === undefined) throw read.unfit('It measured no mode that could be advised.');
  const worst = (of: (mode: ModeName) => number): number => Math.max(...advisable.map(of));
  const off = (key: string): number => worst((mode) => read.figure('advise', mode, key).value / 100);
  const chance = off('chance');
  const { claims, rounds } = read.section('advise')!;
  return {
    modes: Object.fromEntries(advisable.map((mode) => [mode, ofMode(read, mode)])),
    leftOut,
    readKibUs: read.figure('advise', any, 'readKib'),
    writeKibUs: read.figure('advise', any, 'writeKib'),
    error: knownError(read, {
      cpu: Math.max(chance, off('cpuOff')),
      traffic: Math.max(chance, off('wireOff')),
      memory: worst((mode) => fitOff(read, mode)),
    }),
    trial: {
      verdict: claims.find(({ number }) => number === forecastClaim)?.verdict,
      rounds,
      requestsPerSecond: worst(
        (mode) => read.figure('advise', mode, 'metWire').value / read.figure('advise', mode, 'wire').value,
      ),
    },
    spread: advisable.flatMap((mode) => spreadOf(read, mode)),
  };
}

function spreadOf(read: Reader, mode: ModeName): LoadAfterScaleOut[] {
  const [hottest, without] = ['hottest', 'hottestWithout'].map((key) => read.value('rebalance', mode, key));
  return hottest == null ? [] : [{ mode, hottest, without: without ?? undefined }];
}

/** An error of all that was predicted, or more, leaves nothing to go by. */
function knownError(read: Reader, error: ForecastError): ForecastError {
  if (Object.values(error).every((share) => share < 1)) return error;
  throw read.unfit('Its forecasts were off by all that they predicted, or more.');
}

/** By how much the straight line of a pod's memory misses what was read at any number of sessions. */
function fitOff(read: Reader, mode: ModeName): number {
  const [empty, slope] = ['fittedAt0', 'slope'].map((key) => read.figure('memory', mode, key).value);
  const sizes = [0, 1_000, 10_000, 100_000].filter((size) => read.value('memory', mode, `at${size}`) !== null);
  return Math.max(
    ...sizes.map((size) => {
      const met = read.figure('memory', mode, `at${size}`).value;
      return Math.abs(empty! + size * slope! - met) / met;
    }),
  );
}

function ofMode(read: Reader, mode: ModeName): MeasuredMode {
  const held = isHeldInPod(mode);
  return {
    requestsPerAct: read.figure('advise', mode, 'perAct'),
    cpuUs: read.figure('advise', mode, 'cpu'),
    atRestPercent: read.figure('advise', mode, 'atRest'),
    wireBytes: read.sum('redundancy', mode, ['requestHeader', 'requestBody', 'replyHeader', 'replyBody']),
    headerBytes: read.figure('redundancy', mode, 'requestHeader'),
    emptyPodBytes: read.figure('memory', mode, 'fittedAt0'),
    sessionBytes: held ? read.max('memory', mode, ['slope', 'kept']) : { value: 0, from: '0, they keep no session' },
    lostInCrash:
      held && !read.killsWithoutGrace
        ? { value: 1, from: 'a crash leaves no time to hand over, and a kill on a cluster does' }
        : read.share('amnesia', mode, ['livedLost'], 'lived'),
    lostInRollout: read.share('rolling-update', mode, ['lost'], 'active'),
    lostAnyway: read.share('amnesia', mode, ['lostBefore'], 'openAtKill'),
  };
}

class Reader {
  constructor(private readonly scorecard: Scorecard) {}

  /** On a cluster the kubelet gives what it kills a second or two. */
  get killsWithoutGrace(): boolean {
    return this.scorecard.settings.platform === 'local';
  }

  /** Whether every experiment that is needed measured the mode. */
  has(mode: ModeName): boolean {
    return needed.every((name) => this.section(name)?.figures[mode] !== undefined);
  }

  value(experiment: string, mode: ModeName, key: string): number | null {
    return this.section(experiment)?.figures[mode]?.[key]?.value ?? null;
  }

  figure(experiment: string, mode: ModeName, key: string): Traced {
    const value = this.value(experiment, mode, key);
    if (value !== null) return { value, from: `${experiment}.${key} (${this.#inUnit(experiment, key, value)})` };
    const [note] = this.section(experiment)!.notes.filter((text) => text.startsWith(fellBehind));
    throw this.unfit(`It has no figure ${experiment}.${key} of ${mode}.${note === undefined ? '' : ` ${note}`}`);
  }

  unfit(why: string): UnfitReport {
    return new UnfitReport(withCommand(why, this.scorecard.settings.platform));
  }

  sum(experiment: string, mode: ModeName, keys: readonly string[]): Traced {
    return this.#of(experiment, mode, keys, (values) => values.reduce((sum, value) => sum + value, 0), ' + ');
  }

  /** The larger of some figures, and not below 0: a slope may come out negative by noise. */
  max(experiment: string, mode: ModeName, keys: readonly string[]): Traced {
    return this.#of(experiment, mode, keys, (values) => Math.max(0, ...values), ' or ');
  }

  /** Events by how many there could have been; 0 where there could have been none. */
  share(experiment: string, mode: ModeName, keys: readonly string[], of: string): Traced {
    const { value, from } = this.sum(experiment, mode, keys);
    const all = this.figure(experiment, mode, of).value;
    return { value: all === 0 ? 0 : Math.min(1, value / all), from: `${from} / ${of} (${formatNumber(all)})` };
  }

  #of(
    experiment: string,
    mode: ModeName,
    keys: readonly string[],
    combine: (values: number[]) => number,
    by: string,
  ): Traced {
    const value = combine(keys.map((key) => this.figure(experiment, mode, key).value));
    return { value, from: `${experiment}.${keys.join(by)} (${this.#inUnit(experiment, keys[0]!, value)})` };
  }

  #inUnit(experiment: string, key: string, value: number): string {
    const unit = this.section(experiment)?.kinds[key]?.unit ?? 'count';
    const text = unit === 'bytes' && value >= 1e6 ? formatMegabytes(value) : formatFigure(value, unit);
    return text.replace(' ', '\u00a0');
  }

  section(name: string): Scorecard['sections'][number] | undefined {
    return this.scorecard.sections.find((one) => one.name === name);
  }
}
