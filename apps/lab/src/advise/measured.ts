import { isHeldInPod, modeNames, type ModeName } from '../bank/modes.js';
import { formatNumber } from '../report/format.js';
import type { Scorecard } from '../report/scorecard.js';

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
}

export interface Measured {
  readonly modes: Partial<Record<ModeName, MeasuredMode>>;
  /** CPU in microseconds to read, and to write, a KiB of state that does not stay in memory. */
  readonly readKibUs: Traced;
  readonly writeKibUs: Traced;
}

/** A scorecard lacks what an advice is made from; the message says what to run. */
export class TooFewFigures extends Error {
  override readonly name = 'TooFewFigures';
}

const needed = ['redundancy', 'memory', 'amnesia', 'rolling-update', 'advise'] as const;

/**
 * Takes from a scorecard what an advice needs.
 * @throws TooFewFigures
 */
export function measuredIn(scorecard: Scorecard): Measured {
  const lacking = needed.filter((name) => !scorecard.sections.some((one) => one.name === name && !one.fault));
  if (lacking.length > 0) {
    throw new TooFewFigures(
      `The report has no ${lacking.join(', ')}. To have them: npm run lab -- run ${needed.join(' ')} --report FOLDER`,
    );
  }
  const read = new Reader(scorecard);
  const found = Object.fromEntries(modeNames.flatMap((mode) => (read.has(mode) ? [[mode, ofMode(read, mode)]] : [])));
  const any = modeNames.find((mode) => read.has(mode)) ?? modeNames[0]!;
  return {
    modes: found,
    readKibUs: read.figure('advise', any, 'readKib'),
    writeKibUs: read.figure('advise', any, 'writeKib'),
  };
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
    return needed.every((name) => this.#section(name)?.figures[mode] !== undefined);
  }

  figure(experiment: string, mode: ModeName, key: string): Traced {
    const value = this.#section(experiment)?.figures[mode]?.[key]?.value ?? null;
    if (value === null)
      throw new TooFewFigures(`The report has no figure ${experiment}.${key} of ${mode}: run ${experiment} again.`);
    return { value, from: `${experiment}.${key} (${formatNumber(value)})` };
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
    return { value, from: `${experiment}.${keys.join(by)} (${formatNumber(value)})` };
  }

  #section(name: string): Scorecard['sections'][number] | undefined {
    return this.scorecard.sections.find((one) => one.name === name);
  }
}
