import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { SmallBank } from '../../../test/small-bank.js';
import type { ModeName } from '../modes.js';
import type { PodEvent } from '../../platform/platform.js';
import { Crowd, type CrowdOptions } from './crowd.js';

let bank: SmallBank;
let crowd: Crowd;
const faults: string[] = [];
let report: (event: PodEvent) => void = () => undefined;

const open = async (own: Partial<CrowdOptions> = {}): Promise<Crowd> => {
  const platform: CrowdOptions['platform'] = {
    baseUrl: bank.baseUrl,
    pods: async () => [],
    watch: (listener) => {
      report = listener;
      return () => (report = () => undefined);
    },
  };
  crowd = new Crowd({
    platform,
    modes: ['sticky'],
    available: ['stateless', 'sticky'],
    customers: 6,
    arrivalsPerSecond: 50,
    seed: 1,
    thinkMs: 10,
    fault: (sentence) => faults.push(sentence),
    ...own,
  });
  return crowd.open();
};
const at = (mode: ModeName) => crowd.now.customers.filter((one) => one.mode === mode);
const sessions = (): number => bank.pods.reduce((sum, pod) => sum + pod.sessions.size, 0);

beforeEach(async () => {
  bank = await new SmallBank().open();
  faults.length = 0;
});

afterEach(async () => {
  await crowd?.close();
  await bank.close();
});

describe('a crowd', () => {
  it.each(['stateless', 'sticky'] as const)('fills a mode with customers, each at a pod (%s)', async (mode) => {
    await open({ modes: [mode] });
    await eventually(() => at(mode).length === 6 && at(mode).every(({ pod }) => pod !== null));
    await eventually(() => (crowd.now.modes[0]?.transfers ?? 0) > 0 && crowd.now.modes[0]!.requests > 60);
    expect(crowd.now.customers).toHaveLength(6);
    expect(new Set(at(mode).map(({ id }) => id)).size).toBe(6);
    expect(crowd.now.modes).toMatchObject([{ mode, failed: 0, lost: 0 }]);
    const answered = crowd.takeAnswered();
    expect(Object.keys(answered).toSorted()).toEqual(['pod-0', 'pod-1']);
    expect(crowd.takeAnswered()['pod-0'] ?? 0).toBeLessThan(answered['pod-0']!);
    expect(faults).toEqual([]);
  });

  it('lets more in and sends others away as soon as it is told to, and their sessions end', async () => {
    await open();
    await eventually(() => sessions() === 6);
    crowd.change({ customers: 9 });
    await eventually(() => sessions() === 9);
    expect(crowd.change({ customers: 2 })).toMatchObject({ customers: 2, arrivalsPerSecond: 50 });
    await eventually(() => crowd.now.customers.length === 2 && sessions() === 2);
    crowd.change({ arrivalsPerSecond: 0 });
    expect(crowd.now.modes[0]!.lost).toBe(0);
  });

  it('comes to the modes that are chosen, and counts for each on its own', async () => {
    await open();
    await eventually(() => at('sticky').length > 0);
    expect(crowd.change({ modes: ['stateless'] }).modes).toEqual(['stateless']);
    await eventually(() => at('sticky').length === 0 && at('stateless').length === 6);
    expect(crowd.now.modes.map(({ mode }) => mode)).toEqual(['stateless']);
    expect(sessions()).toBe(0);
  });

  it('tells each lost session with its customer, its pod and its cause, and the customer goes on elsewhere', async () => {
    await open();
    await eventually(
      () => at('sticky').length === 6 && at('sticky').every(({ pod }) => pod !== null) && sessions() === 6,
    );
    const [pod] = bank.pods;
    const { boot } = pod!;
    const there = at('sticky').filter((one) => one.pod === 'pod-0');
    const gone = { name: 'pod-0', workload: 'session-sticky', phase: 'gone', bootId: boot } as const;
    report({ at: 0, pod: gone, reason: 'killed' });
    // Nobody has come back by now, and each who does is awaited no more.
    expect([crowd.awaitedIn(['sticky']), crowd.awaitedIn(['stateless'])]).toEqual([there.length, 0]);
    expect(crowd.now.modes[0]).toMatchObject({ lost: 0, awaited: there.length });
    bank.crash(pod!);
    await eventually(() => crowd.now.losses.length === there.length);
    expect(crowd.awaitedIn(['sticky'])).toBe(0);
    const { losses } = crowd.now;
    expect(losses.map(({ id }) => id)).toEqual(there.map((_, index) => index + 1));
    expect(new Set(losses.map(({ customer }) => customer))).toEqual(new Set(there.map(({ id }) => id)));
    for (const loss of losses) expect(loss).toMatchObject({ mode: 'sticky', pod: 'pod-0', cause: 'owner-died' });
    expect(crowd.now.modes[0]).toMatchObject({ lost: there.length, lostBy: { 'owner-died': there.length } });
    await eventually(() => sessions() === 6);
  });

  it('comes to a mode when that is ready, and asks again for one that could not be made so', async () => {
    let ready: () => void = () => undefined;
    const prepared: ModeName[] = [];
    const prepare = async (mode: ModeName): Promise<void> => {
      prepared.push(mode);
      if (mode === 'stateless') await new Promise<void>((resolve) => (ready = resolve));
      else if (prepared.length < 3) throw new Error('no room');
    };
    await open({ modes: ['stateless', 'sticky'], prepare });
    await eventually(() => faults.length > 0);
    expect(faults).toEqual(['The mode at /session is not open: no room']);
    expect(bank.log).toEqual([]);
    ready();
    await eventually(() => at('stateless').length === 6 && at('sticky').length === 6);
    expect(prepared).toEqual(['stateless', 'sticky', 'sticky']);
  });

  it('goes home and comes back', async () => {
    await open();
    await eventually(() => crowd.now.customers.length === 6);
    await crowd.sendHome();
    expect(crowd.now.customers).toEqual([]);
    expect(sessions()).toBe(0);
    crowd.change({ customers: 3 });
    await sleep(60);
    expect(crowd.now.customers).toEqual([]);
    crowd.comeBack();
    await eventually(() => crowd.now.customers.length === 3);
  });

  it('says a password once for all who come in a name, and asks nothing of a bank to which nobody is to come', async () => {
    await open({ customers: 0 });
    await sleep(50);
    expect(bank.log).toEqual([]);
    crowd.change({ customers: 12 });
    await eventually(() => sessions() === 12);
    const userPool = bank.log.filter((one) => one === 'POST /auth/customers').length;
    expect(bank.log.filter((one) => one === 'POST /auth/login').length).toBeLessThanOrEqual(userPool);
    expect(userPool).toBeLessThan(12);
    expect(bank.log).not.toContain('POST /auth/refresh');
  });

  it('tells what no customer should meet, and goes on', async () => {
    bank.fault = ({ path }) => (path === '/auth/customers' ? { status: 422, body: {} } : undefined);
    await open();
    await eventually(() => faults.length > 0);
    expect(faults[0]).toContain('could not be registered');
    bank.fault = () => undefined;
    await eventually(() => crowd.now.customers.length === 6);
  });
});
