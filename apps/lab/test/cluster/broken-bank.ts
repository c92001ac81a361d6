import { expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnosis } from '../../src/doctor/diagnose.js';
import { output, runProgram } from '../../src/provision/run-program.js';
import { repositoryRoot } from '../../src/repository.js';
import type { Values } from './bank.js';
import { ask, commandOf, shell } from './diagnosis.js';
import { helm, kubectl, place } from './place.js';

const { context, namespace, release } = place;

/** What a test breaks may take so long to show, or to be mended. */
export const patienceMs = 240_000;

/** The object of a component of the release. */
export const objectOf = (component: string): string => `${release}-${component}`;

/** One pod of each, so that a rollout takes seconds. */
const small: Values = {
  'image.tag': place.tag,
  'ingress.host': place.host,
  'redis.persistence.enabled': 'false',
  // Nobody is a customer here whom a pod that goes should wait for.
  'drain.deadlineMs': '2000',
  'drain.leaveMs': '1000',
  'drain.quietMs': '500',
  ...Object.fromEntries(
    ['auth', 'account', 'session'].flatMap((app) => [
      [`${app}.autoscaling.enabled`, 'false'],
      [`${app}.replicas`, '1'],
      [`${app}.resources.requests.cpu`, '10m'],
    ]),
  ),
};

/** A fault, what the doctor says of it, and how it is made. */
export type DoctoredFault = readonly [what: string, words: RegExp, broken: () => Promise<unknown>];

/** A test of each fault. */
export function tellsAndMends(cases: readonly DoctoredFault[]): void {
  it.each(cases)(
    'tells %s, and its command mends it',
    async (_, words, broken) => {
      try {
        await broken();
        expect(await mended(words)).toMatchObject({ isHealthy: true });
      } catch (error) {
        // What a test has left broken is no other's concern; what it has only changed the next one sets anew.
        await open();
        throw error;
      }
    },
    2 * patienceMs,
  );
}

/** Leaves nothing of the bank, money and keys included: what it is broken in would be in the way of other specs. */
export async function clear(): Promise<void> {
  await helm('uninstall', release, '--wait', '--ignore-not-found');
  await kubectl(['delete', 'persistentvolumeclaim,secret', `--selector=app.kubernetes.io/instance=${release}`]);
}

/** Takes away what tests put beside the bank. */
export async function removeExtras(): Promise<void> {
  await Promise.all([
    kubectl(['delete', 'quota,limitrange', 'small', '--ignore-not-found']),
    kubectl(['delete', 'secret', 'mine', 'short', '--ignore-not-found']),
    kubectl(['delete', 'namespace', `${namespace}-other`, '--ignore-not-found']),
  ]);
}

/** Has the small bank as its values say, whatever was broken before. */
export async function open(): Promise<void> {
  await removeExtras();
  await upgrade();
  await until(async () => (await settled()).isHealthy);
}

/** Helm comes back at once: what is broken never gets ready. */
export async function upgrade(values: Values = {}): Promise<void> {
  const sets = Object.entries({ ...small, ...values }).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const upgraded = () =>
    helm('upgrade', release, join(repositoryRoot, 'helm/tellers'), '--install', '--reset-values', ...sets);
  await upgraded().catch(async () => {
    // A StatefulSet that was made in another way is made anew: its money was for a try.
    await kubectl(['delete', 'statefulset', objectOf('redis')]);
    await upgraded();
  });
}

/** What the doctor says, once it says that. */
export async function untilSaid(words: RegExp): Promise<Diagnosis> {
  let said = await ask();
  await until(async () => words.test(flat((said = await ask()))));
  return said;
}

/** Waits until the doctor says it, runs its command, and waits until it finds nothing wrong any more. */
export async function mended(words: RegExp): Promise<Diagnosis> {
  let said = await untilSaid(words);
  // One thing may show only when another is mended.
  for (let command = ''; !said.isHealthy; said = await settled()) {
    const next = commandOf(said, /./);
    if (next === command) break;
    await shell((command = next));
  }
  return said;
}

export async function settled(): Promise<Diagnosis> {
  let said = await ask();
  const end = Date.now() + patienceMs / 2;
  while ((!said.isHealthy || said.isStarting) && Date.now() < end) {
    await sleep(2_000);
    said = await ask();
  }
  return said;
}

const flat = ({ lines }: Diagnosis): string => lines.join(' ').replaceAll(/\s+/g, ' ');

export function everywhere(...args: string[]): Promise<string> {
  return output(runProgram, 'kubectl', ['--context', context, ...args]);
}

/** Asks each second until it is so; says what there is if it never is. */
export async function until(
  holds: () => Promise<boolean>,
  inWords = async () => (await ask()).lines.join('\n'),
): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await holds()); await sleep(1_000)) {
    if (Date.now() > end) throw new Error(`Not so after ${patienceMs / 1_000} s:\n${await inWords()}`);
  }
}
