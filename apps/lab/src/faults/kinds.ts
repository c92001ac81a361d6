import { setTimeout as wait } from 'node:timers/promises';
import { modes } from '../bank/modes.js';
import { cutRedisConnections, demoteRedis } from '../platform/local/redis/faults.js';
import type { Pod } from '../platform/platform.js';
import type { Random } from '../load/random.js';
import { abortUpload, halfOpen, readSlowly } from './hostile-clients.js';
import type { FaultyBank, FaultKind } from './fault.js';
import { signOutInTransfer } from './sign-out-in-transfer.js';

/** How long something is held still, full or demoted: up to half of what a virtual user waits for an answer. */
const shortestMs = 200;
const longestMs = 1_500;
/** Of a mode. */
const mostPods = 4;

/** Every kind, in the order in which they are told of. What is over at once is drawn more often. */
export const faultKinds: readonly FaultKind[] = [
  {
    name: 'kill-pod',
    weight: 3,
    inflict: async (bank, random) => bank.platform.kill((await drawPod(bank, random)).name),
  },
  {
    name: 'stop-pod',
    weight: 2,
    inflict: async (bank, random) => bank.platform.stop((await drawPod(bank, random)).name),
  },
  {
    name: 'pause-pod',
    weight: 3,
    holdsStill: true,
    inflict: async (bank, random) => bank.platform.pause((await drawPod(bank, random)).name, drawMs(random)),
  },
  {
    name: 'scale-pods',
    weight: 2,
    inflict: ({ platform, modeNames }, random) =>
      platform.scale(modes[draw(modeNames, random)].workload, 1 + Math.floor(random() * mostPods)),
  },
  {
    name: 'kill-gateway',
    weight: 2,
    inflict: ({ platform }) => platform.killGateway(),
  },
  {
    name: 'kill-redis',
    weight: 2,
    store: true,
    inflict: async ({ platform }) => platform.ownRedis?.restart?.('SIGKILL'),
  },
  {
    name: 'restart-redis',
    weight: 1,
    store: true,
    inflict: ({ platform }) => platform.store.restart(),
  },
  {
    name: 'pause-redis',
    weight: 3,
    store: true,
    holdsStill: true,
    inflict: ({ platform }, random) => forSome(drawMs(random), (ms) => platform.store.pause(ms)),
  },
  {
    name: 'fill-redis',
    weight: 3,
    store: true,
    inflict: ({ platform }, random) => forSome(drawMs(random), (ms) => platform.store.fill(ms)),
  },
  {
    name: 'demote-redis',
    weight: 3,
    store: true,
    inflict: ({ platform }, random) => demoteRedis(platform.ownRedis!.url, drawMs(random)),
  },
  {
    name: 'cut-connections',
    weight: 10,
    store: true,
    inflict: ({ platform }) => cutRedisConnections(platform.ownRedis!.url),
  },
  {
    name: 'abort-upload',
    weight: 20,
    byClient: true,
    inflict: (bank, random) => abortUpload(bank.platform.baseUrl, random),
  },
  {
    name: 'read-slowly',
    weight: 10,
    byClient: true,
    inflict: (bank, random) => readSlowly(bank.platform.baseUrl, random),
  },
  { name: 'half-open', weight: 20, byClient: true, inflict: (bank, random) => halfOpen(bank.platform.baseUrl, random) },
  { name: 'sign-out', weight: 20, byClient: true, inflict: signOutInTransfer },
];

async function drawPod({ platform, modeNames }: FaultyBank, random: Random): Promise<Pod> {
  const workloads = [...modeNames.map((mode) => modes[mode].workload), 'auth' as const];
  const pods = await platform.pods(draw(workloads, random));
  return draw(
    pods.toSorted((one, other) => one.name.localeCompare(other.name)),
    random,
  );
}

function draw<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

function drawMs(random: Random): number {
  return Math.round(shortestMs + random() * (longestMs - shortestMs));
}

async function forSome(ms: number, begin: (ms: number) => Promise<void>): Promise<void> {
  await begin(ms);
  await wait(ms);
}

/** Draws one by the weights. */
export function drawKind(kinds: readonly FaultKind[], random: Random): FaultKind {
  let left = random() * kinds.reduce((sum, { weight }) => sum + weight, 0);
  return kinds.find(({ weight }) => (left -= weight) < 0) ?? kinds[0]!;
}
