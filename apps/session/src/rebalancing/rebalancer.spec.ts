import { afterAll, afterEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Metrics } from '#libs/service';
import { forgetKeys, testVariables } from '#libs/testing';
import type { BootRegistry } from '../pods/boot-registry.js';
import { newSessionId } from '../sessions/session.js';
import { HandoffRecords } from '../stores/handoff-records.js';
import { HandoffStore } from '../stores/handoff-store.js';
import { HeldSessions } from '../stores/held-sessions.js';
import { LoadBoard } from './load-board.js';
import { Rebalancer } from './rebalancer.js';

const redis = new Redis(process.env.REDIS_URL!);
const limits = { idleTimeoutMs: 600_000, absoluteTimeoutMs: 6_000_000 };
const boots = { stateOf: () => Promise.resolve('serving') } as unknown as BootRegistry;
let [runs, now] = [0, Date.now()];
const clock = { now: () => now };
let pods: TestPod[] = [];

afterEach(() => pods.forEach(({ held }) => held.close()));
afterAll(async () => {
  await forgetKeys(testVariables().REDIS_KEY_PREFIX!);
  redis.disconnect();
});

type TestPod = ReturnType<typeof startPod>;

/** A pod of the mode that has this prefix. */
function startPod(prefix: string, bootId: string, ofRequests = 1) {
  const held = new HeldSessions(clock, limits, { max: 100_000, maxOfCustomer: 10 });
  const records = new HandoffRecords(redis, prefix, limits, 2);
  const pod = { name: bootId, bootId, servedBy: `${bootId}/${bootId}` };
  const board = new LoadBoard(redis, prefix);
  const store = new HandoffStore(pod, held, records, boots, clock, pino({ level: 'silent' }), board);
  const settings = { tolerance: 0.1, perSecond: 1_000, ofRequests };
  const rebalancer = new Rebalancer(store, settings, board, pod, clock, { registry: new Registry() } as Metrics);
  return { bootId, held, records, board, store, rebalancer };
}

/** Pods of one mode, none of which has a session. */
function startPods(...names: readonly string[]): TestPod[] {
  const prefix = `${testVariables().REDIS_KEY_PREFIX!}${runs++}:`;
  return (pods = names.map((name) => startPod(prefix, name.padEnd(11, '-'))));
}

interface TestClient {
  readonly id: string;
  /** Where the affinity cookie leads. */
  at: TestPod | undefined;
  /** Replies that it had. */
  visits: number;
}

async function signIn(at: TestPod, name: string): Promise<TestClient> {
  const id = newSessionId(at.bootId);
  await at.store.add({ id, customerId: name, name, createdAt: now, lastSeenAt: now, visits: 0 });
  return { id, at, visits: 0 };
}

/** One request: a front door leads a client without the cookie to any pod. */
async function ask(client: TestClient): Promise<void> {
  const pod = client.at ?? pods[Math.floor(Math.random() * pods.length)]!;
  const { rebalancer, store } = pod;
  rebalancer.began(client.id);
  const visits = await store.update(client.id, (session) => (session.visits += 1));
  client.visits += 1;
  // Two owners would each count some of the visits.
  expect(visits).toBe(client.visits);
  client.at = (await rebalancer.letGo(client.id)) ? undefined : pod;
  rebalancer.ended(client.id);
}

async function round(clients: readonly TestClient[]): Promise<void> {
  for (const { rebalancer } of pods) await rebalancer.beat();
  await Promise.all(clients.map(ask));
  now += 5_000;
}

const crowd = (at: TestPod, size: number) =>
  Promise.all(Array.from({ length: size }, (_, index) => signIn(at, `customer-${index}`)));
const hottest = (): number => Math.max(...pods.map(({ held }) => held.size)) / (pods.reduce((sum, { held }) => sum + held.size, 0) / pods.length); // prettier-ignore

it('evens out what a full pod and two empty ones hold, and no session is lost or counted by two of them', async () => {
  const [full] = startPods('full', 'new', 'newer');
  const clients = await crowd(full!, 300);
  for (let turn = 0; turn < 12; turn++) await round(clients);
  expect(hottest()).toBeLessThanOrEqual(1.2);
  expect(clients.map(({ visits }) => visits)).toEqual(clients.map(() => 12));
});

it('moves nothing any more once pods hold about as much', async () => {
  const [one, other] = startPods('one', 'other');
  const clients = [...(await crowd(one!, 105)), ...(await crowd(other!, 95))];
  for (let turn = 0; turn < 5; turn++) await round(clients);
  expect(pods.map(({ held }) => held.size)).toEqual([105, 95]);
});

it('lets no more go in a second than the share of its requests allows', async () => {
  const prefix = `${testVariables().REDIS_KEY_PREFIX!}${runs++}:`;
  pods = ['full', 'new'].map((name) => startPod(prefix, name.padEnd(11, '-'), 0.1));
  const clients = await crowd(pods[0]!, 100);
  const gone: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await round(clients);
    gone.push(clients.filter(({ at }) => at === undefined).length);
    // The front door leads them to the other, this time.
    for (const client of clients) client.at ??= pods[1];
  }
  expect(gone).toEqual([0, 10, 9, 9]);
});

it('keeps a session of which another request is under way', async () => {
  const [full] = startPods('full', 'new');
  const clients = await crowd(full!, 20);
  now += 5_000;
  for (const { rebalancer } of pods) await rebalancer.beat();
  for (const { rebalancer } of pods) await rebalancer.beat();
  const { id } = clients[0]!;
  full!.rebalancer.began(id);
  full!.rebalancer.began(id);
  expect(await full!.rebalancer.letGo(id)).toBe(false);
  full!.rebalancer.ended(id);
  expect(await full!.rebalancer.letGo(id)).toBe(true);
});

it('uses a session only once it has taken back what the store may or may not have', async () => {
  const [owner, other] = startPods('owner', 'other');
  const { id } = await signIn(owner!, 'ada');
  await owner!.store.update(id, (session) => (session.visits = 7));
  const write = owner!.records.write.bind(owner!.records);
  owner!.records.write = async (...args) => {
    await write(...args);
    throw new Error('Command timed out');
  };
  await expect(owner!.store.letGo(id)).rejects.toThrow('timed out');
  owner!.records.write = write;
  expect(await owner!.store.update(id, (session) => (session.visits += 1))).toBe(8);
  await expect(other!.store.update(id, () => {})).rejects.toMatchObject({ missing: 'misrouted' });
});

it('answers no more for a session that another pod has taken while the store did not say', async () => {
  const [owner, other] = startPods('owner', 'other');
  const { id } = await signIn(owner!, 'ada');
  const write = owner!.records.write.bind(owner!.records);
  owner!.records.write = async (...args) => {
    await write(...args);
    throw new Error('Command timed out');
  };
  await expect(owner!.store.letGo(id)).rejects.toThrow('timed out');
  expect(await other!.store.update(id, ({ name }) => name)).toBe('ada');
  await expect(owner!.store.update(id, () => {})).rejects.toMatchObject({ missing: 'misrouted' });
});

it('knows a session as it was when it last went, and not as it was when it came', async () => {
  const [one, other] = startPods('one', 'other');
  const { id } = await signIn(one!, 'ada');
  await one!.store.letGo(id);
  await other!.store.update(id, (session) => (session.visits = 1));
  await other!.store.letGo(id);
  await other!.store.update(id, (session) => (session.visits += 1));
  await other!.store.letGo(id);
  expect(await other!.store.update(id, ({ visits }) => visits)).toBe(2);
});

it('waits for a session that a pod, which lets some go, has not let go yet', async () => {
  const [full, other] = startPods('full', 'other');
  const clients = await crowd(full!, 20);
  now += 5_000;
  for (let beat = 0; beat < 2; beat++) await full!.rebalancer.beat();
  await other!.rebalancer.beat();
  await full!.rebalancer.beat();
  await ask(clients[0]!);
  await full!.rebalancer.beat();
  await other!.rebalancer.beat();
  const { id } = clients[1]!;
  const asked = other!.store.update(id, ({ name }) => name);
  await full!.store.letGo(id);
  expect(await asked).toBe('customer-1');
});
