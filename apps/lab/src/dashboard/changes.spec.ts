import { describe, expect, it } from '@jest/globals';
import { changeBetween, changed, eventsKept, lossesKept } from '../protocol/changes.js';
import { sampleCrowd as crowd, sampleNow as bank } from '../../test/sample-now.js';
import type { CrowdSnapshot, WorkloadSnapshot } from '../protocol/snapshots.js';

const workload = (name: string, cpu: number | null = null): WorkloadSnapshot => ({
  workload: name,
  autoscaling: null,
  pods: [
    {
      name: `${name}-0`,
      phase: 'ready',
      bootId: null,
      cpu,
      memoryBytes: 1,
      sessions: 0,
      perSecond: 0,
      failed: 0,
      p99Ms: null,
    },
  ],
});
const audit = (at: number) => ({ at, clean: true, accounts: 2, transfers: at, breach: null, fault: null });
const customer = (id: number, pod: string | null = null) => ({ id, mode: 'sticky', pod });
const loss = (id: number) => ({
  id,
  at: id,
  mode: 'sticky',
  customer: 1,
  pod: 'p',
  bootId: 'b',
  cause: 'owner-died',
  unfinished: null,
});
const event = (id: number) => ({ id, at: id, sentence: `no. ${id}` });

describe('a change', () => {
  const before = bank({ workloads: [workload('auth'), workload('account', 5)], events: [1, 2].map(event) });

  it('tells of what is another now, and of nothing else', () => {
    const now = { ...before, at: 2, workloads: [workload('auth'), workload('account', 6)], fault: 'slow' };
    expect(changeBetween(before, now)).toEqual({
      at: 2,
      readAt: null,
      fault: 'slow',
      workloads: [workload('account', 6)],
    });
  });

  it.each([
    ['nothing new', before],
    ['a workload more', { ...before, workloads: [...before.workloads, workload('session-shared')] }],
    ['nothing to show any more', { ...before, workloads: [] }],
    ['news', { ...before, events: [2, 3, 4].map(event) }],
    ['a reading', { ...before, readAt: 7, at: 9 }],
    ['other rights', { ...before, may: ['kill' as const] }],
    ['an audit', { ...before, audit: audit(3) }],
    ['an experiment', { ...before, experiments: { known: [], running: null, done: [] } }],
    [
      'something done',
      {
        ...before,
        done: [{ id: 'a', did: 'd', tookMs: 1, watchedMs: 2, lost: {}, failed: {}, awaited: 3, isCounted: false }],
      },
    ],
  ])('leads from how things were to how they are: %s', (_what, now) => {
    const after = changed(before, changeBetween(before, now));
    expect({ ...after, events: after.events.slice(-now.events.length) }).toEqual(now);
  });

  it('lets no page keep more events than the lab does', () => {
    const news = Array.from({ length: eventsKept }, (_, index) => event(index + 3));
    const after = changed(before, changeBetween(before, { ...before, events: news }));
    expect(after.events).toEqual(news);
  });
});

describe('a change of the crowd', () => {
  const customers = [customer(1, 'a'), customer(2, 'a'), customer(3)];
  const before = bank({ crowd: crowd({ customers, losses: [1, 2].map(loss) }) });
  const reported = (now: Partial<CrowdSnapshot>, answered?: Record<string, number>) =>
    changeBetween(before, { ...before, crowd: { ...before.crowd!, ...now } }, answered).crowd;

  it('is not told when there is none', () => {
    expect(reported({})).toBeUndefined();
    expect(reported({ customers: customers.map((one) => ({ ...one })) }, {})).toBeUndefined();
    expect(changeBetween(bank({}), bank({}), { a: 1 }).crowd).toBeUndefined();
  });

  it('names who came, who is at another pod, and who went', () => {
    expect(reported({ customers: [customer(1, 'b'), customer(3), customer(4, 'a')] })).toEqual({
      arrived: [customer(4, 'a')],
      moved: [[1, 'b']],
      left: [2],
    });
  });

  it('tells each loss once, and what each pod has answered', () => {
    expect(reported({ losses: [1, 2, 3].map(loss) }, { a: 7 })).toEqual({ losses: [loss(3)], answered: { a: 7 } });
  });

  it.each<[string, Partial<CrowdSnapshot>]>([
    ['people come and go', { customers: [customer(2, null), customer(3, 'b'), customer(9), customer(10, 'a')] }],
    ['other settings', { settings: { ...before.crowd!.settings, customers: 300 } }],
    ['a loss', { losses: [2, 3].map(loss) }],
    ['nobody any more', { customers: [] }],
  ])('leads from how things were to how they are: %s', (_what, parts) => {
    const now = { ...before, crowd: { ...before.crowd!, ...parts } };
    const after = changed(before, changeBetween(before, now));
    const { losses } = now.crowd;
    expect({ ...after, crowd: { ...after.crowd, losses: after.crowd!.losses.slice(-losses.length) } }).toEqual(now);
  });

  it('lets no page keep more losses than the lab does', () => {
    const losses = Array.from({ length: lossesKept }, (_, index) => loss(index + 3));
    const after = changed(before, changeBetween(before, { ...before, crowd: { ...before.crowd!, losses } }));
    expect(after.crowd!.losses).toEqual(losses);
  });
});
