import { describe, expect, it } from '@jest/globals';
import { CustomerPool } from '../bank/pool.js';
import type { ModeName } from '../bank/modes.js';
import type { Platform } from '../platform/platform.js';
import { isSound } from '../report/scorecard.js';
import type { Experiment, Lab } from './experiment.js';
import type { PlannedRun } from './plan.js';
import { runExperiment } from './run-experiment.js';

const modes = ['stateless', 'sticky', 'shared'] as const;
const platform = {
  settled: async () => undefined,
  pods: async () => [],
  watch: () => () => undefined,
  ask: async () => JSON.stringify({ clean: true, accounts: 1, transfers: 0, breach: null }),
  baseUrl: 'http://127.0.0.1',
} as Partial<Platform> as Platform;
const trial = (measure: Experiment['measure'], more: Partial<Experiment> = {}): Experiment => ({
  name: 'trial',
  summary: '',
  claims: [],
  kinds: {
    p99: { label: 'p99', unit: 'ms', over: 'median', latency: true },
    lost: { label: 'lost', unit: 'count', over: 'total' },
  },
  how: '',
  expectedSeconds: () => 0,
  measure,
  ...more,
});
const run = (
  experiment: Experiment,
  rounds: number,
  only: readonly ModeName[] = modes,
  more: Partial<PlannedRun> = {},
) =>
  runExperiment(experiment, {
    platform,
    pool: new CustomerPool('http://127.0.0.1'),
    modes: only,
    seconds: 1,
    seed: 1,
    rounds,
    sessions: 2_000,
    quick: false,
    progress: () => undefined,
    ...more,
  });

/** What each measurement was given, in their order. */
async function measuredIn(rounds: number, more: Partial<Experiment> = {}) {
  const seen: { mode: ModeName; round: number; seed: number }[] = [];
  const measure = async ({ round, seed }: Lab, mode: ModeName) => {
    seen.push({ mode, round, seed });
    return { p99: round, lost: 1 };
  };
  const section = await run(trial(measure, more), rounds);
  return { section, seen };
}

describe('the rounds of an experiment', () => {
  it('have each mode once, one round after another, not one mode after another', async () => {
    const { seen, section } = await measuredIn(4);
    expect(seen.map(({ round }) => round)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    const orders = [0, 1, 2, 3].map((of) => seen.filter(({ round }) => round === of).map(({ mode }) => mode));
    for (const order of orders) expect(order.toSorted()).toEqual([...modes].toSorted());
    expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(1);
    expect(section.rounds).toBe(4);
    expect(section.figures.sticky).toMatchObject({ p99: { value: 1.5, samples: [0, 1, 2, 3] }, lost: { value: 4 } });
  });

  it('share a seed among the modes of a round, and no two rounds share one', async () => {
    const { seen } = await measuredIn(3);
    const seeds = [0, 1, 2].map((of) => new Set(seen.filter(({ round }) => round === of).map(({ seed }) => seed)));
    expect(seeds.map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(new Set(seeds.flatMap((one) => [...one])).size).toBe(3);
    expect((await measuredIn(3)).seen).toEqual(seen);
  });

  it('are fewer, and in fewer modes, where the experiment says so', async () => {
    const { seen, section } = await measuredIn(5, { rounds: 2, modes: ['sticky', 'handoff'] });
    expect(seen.map(({ mode }) => mode)).toEqual(['sticky', 'sticky']);
    expect(section.rounds).toBe(2);
  });

  it('measure once a round what is the same for every mode', async () => {
    let times = 0;
    const measure = async ({ oncePerRound }: Lab) => ({ p99: await oncePerRound('it', async () => ++times), lost: 0 });
    const { figures } = await run(trial(measure), 2);
    expect(times).toBe(2);
    for (const mode of modes) expect(figures[mode]!['p99']!.samples).toEqual([1, 2]);
  });

  it('wait for what is tidied up, which the next mode does not', async () => {
    const heard: string[] = [];
    const measure = async ({ tidyUp, round }: Lab, mode: ModeName) => {
      heard.push(`measured ${round}`);
      tidyUp(new Promise((resolve) => setTimeout(resolve, 20)).then(() => heard.push(`${mode} tidied ${round}`)));
      return { p99: 1, lost: 0 };
    };
    await run(trial(measure), 2);
    const words = heard.map((word) => word.replace(/^\w+ tidied/, 'tidied'));
    const of = (round: number) => [...modes.map(() => `measured ${round}`), ...modes.map(() => `tidied ${round}`)];
    expect(words).toEqual([...of(0), ...of(1)]);
  });

  it.each([
    ['what could not be tidied up', undefined, 'No pod went.'],
    ['a fault before it, and not of what could not be tidied up', new Error('No pod is ready.'), 'No pod is ready.'],
  ])('tell of %s', async (_, before, reported) => {
    const measure = async ({ tidyUp }: Lab) => {
      tidyUp(Promise.reject(new Error('No pod went.')));
      if (before !== undefined) throw before;
      return { p99: 1, lost: 0 };
    };
    expect((await run(trial(measure), 1)).fault).toBe(reported);
  });

  describe('of modes that are measured at the same time', () => {
    const crowded = async (more: Partial<Experiment>) => {
      const [active, pools] = [new Set<ModeName>(), new Set<CustomerPool>()];
      let max = 0;
      const measure = async ({ pool }: Lab, mode: ModeName) => {
        pools.add(pool);
        max = Math.max(max, active.add(mode).size);
        await new Promise(setImmediate);
        active.delete(mode);
        return { p99: 1, lost: 0 };
      };
      const section = await run(trial(measure, more), 2, modes, more.together === 'quick' ? { quick: true } : {});
      return { max, pools: pools.size, section };
    };

    it.each(['always', 'quick'] as const)(
      '(%s) have customers of their own, and the reader is told',
      async (together) => {
        const { max, pools, section } = await crowded({ together });
        expect({ max, pools, rounds: section.rounds }).toEqual({ max: 3, pools: 3, rounds: 2 });
        const reported = 'The modes of a round were measured at the same time, each with its share of the customers.';
        expect(section.notes).toEqual([reported]);
      },
    );

    it('wait for each other where the experiment does not say that they may go together', async () => {
      expect(await crowded({})).toMatchObject({ max: 1, pools: 1, section: { notes: [] } });
    });

    it('all come to their end before a fault of one is told', async () => {
      const ended: ModeName[] = [];
      const measure = async (_: Lab, mode: ModeName) => {
        if (mode === 'sticky') throw new Error('No pod is ready.');
        await new Promise(setImmediate);
        ended.push(mode);
        return { p99: 1, lost: 0 };
      };
      const section = await run(trial(measure, { together: 'always' }), 1);
      expect(section.fault).toBe('No pod is ready.');
      expect(ended.toSorted()).toEqual(['shared', 'stateless']);
    });
  });

  it('keep the pictures of the first one, and say so', async () => {
    const axis = { label: '', unit: 'count', scale: 'linear' } as const;
    const measure = async ({ draw, round }: Lab, mode: ModeName) => {
      draw({ title: `${mode} ${round}`, about: '', x: axis, y: axis, series: [] });
      return { p99: 1, lost: 0 };
    };
    const { plots } = await run(trial(measure), 2);
    expect(plots.map(({ title }) => title).toSorted()).toEqual(['shared 0', 'stateless 0', 'sticky 0']);
    expect(plots[0]!.about).toContain('the first of 2 rounds; the figures are of all');
  });

  it('that came to their end are kept when a later one does not', async () => {
    const measure = async ({ round }: Lab) => {
      if (round === 2) throw new Error('No pod is ready.');
      return { p99: 7, lost: 0 };
    };
    const section = await run(trial(measure), 5);
    expect(section).toMatchObject({ rounds: 2, claims: [], fault: 'No pod is ready.' });
    expect(section.figures.sticky!['p99']!.samples).toEqual([7, 7]);
  });
});

describe('when the lab itself is blocked', () => {
  /**
   * Blocked for real in some rounds, while starts are due every 10 ms; in the others nothing is due, so that a busy
   * machine cannot block those too.
   */
  const blockedIn = (rounds: readonly number[]) =>
    trial(async (lab: Lab, mode: ModeName) => {
      const record = lab.recorder().of(mode);
      const began = performance.now();
      for (let index = 0; index < 10 && rounds.includes(lab.round); index++) {
        const intendedAt = began + 10 * index;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, intendedAt - performance.now())));
        record.started(performance.now() - intendedAt);
        if (index === 2) while (performance.now() < began + 300);
      }
      return { p99: 5, lost: 1 };
    });

  it('latencies of that round are void, and the reader is told; what was lost counts', async () => {
    const { figures, notes } = await run(blockedIn([1]), 3, ['sticky']);
    expect(figures.sticky).toMatchObject({ p99: { value: 5, samples: [5, null, 5] }, lost: { value: 3 } });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(
      /^The lab itself fell behind, and latencies and what else hangs on its pace are void in sticky \(2 of 3 rounds\)\. .* \d of 10 starts were late, /,
    );
  });

  it('in most rounds the figure is void', async () => {
    const { figures, notes } = await run(blockedIn([0, 2]), 3, ['sticky']);
    expect(figures.sticky!['p99']).toMatchObject({ value: null, samples: [null, 5, null] });
    expect(notes[0]).toContain('void in sticky (1, 3 of 3 rounds).');
  });
});

describe('a loss that no cause explains', () => {
  it('makes the run unsound', async () => {
    const measure = async (lab: Lab, mode: ModeName) => {
      const end = { how: 'lost', cause: 'session-owner-gone', unfinished: undefined } as const;
      lab
        .recorder()
        .of(mode)
        .ended({ mode, home: { pod: 'p', bootId: 'b' }, end });
      return { p99: 1, lost: 1 };
    };
    const section = await run(trial(measure), 1, ['shared']);
    expect(section.losses).toMatchObject([{ mode: 'shared', cause: 'unexplained', sessions: 1, requests: 0 }]);
    expect(isSound({ sections: [section] })).toBe(false);
  });
});
