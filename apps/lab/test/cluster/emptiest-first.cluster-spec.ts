import { CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions, type V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BankClient } from '../bank-client.js';
import { patienceMs, until } from './broken-bank.js';
import { openBank, steadyModes, upgradeBank, upgradeMs } from './bank.js';
import { customers, openSession, servedBy } from './customers.js';
import { kubectl, objects, place } from './place.js';

const cost = 'controller.kubernetes.io/pod-deletion-cost';
const path = '/handoff/session';
const mode = `deployment/${place.release}-session-handoff`;
const selector = '--selector=app.kubernetes.io/component=session-handoff';
const deployment = {
  ...steadyModes,
  'session.workload': 'deployment',
  'session.ownPodPolicy': 'true',
  'session.replicas': '3',
};

describe('a mode whose pods are a Deployment', () => {
  let clients: readonly BankClient[];

  beforeAll(async () => {
    await (await openBank(steadyModes)).close();
    clients = await customers(12);
  }, upgradeMs);
  afterAll(() => upgradeBank(steadyModes), upgradeMs);

  it(
    'has been handed the sessions of the StatefulSet whose place it takes',
    async () => {
      for (const client of clients) await openSession(client, path);
      await upgradeBank(deployment);
      await untilPods(3);
      for (const client of clients) expect((await client.ask('GET', path)).status).toBe(200);
    },
    upgradeMs,
  );

  it(
    'loses its emptiest pods by a scale-in, and nobody notices',
    async () => {
      const homes = await Promise.all(clients.map(async (client) => servedBy(await client.ask('GET', path)).pod));
      const count = (pod: string): number => homes.filter((home) => home === pod).length;
      const [fullest = ''] = homes.toSorted((one, other) => count(other) - count(one));
      const stay = clients.filter((_, index) => homes[index] === fullest);
      for (const client of clients.filter((one) => !stay.includes(one))) await client.ask('DELETE', path);
      await until(
        async () => (await costs()).get(fullest) === stay.length && sumOf(await costs()) === stay.length,
        costsInWords,
      );
      await kubectl(['scale', mode, '--replicas=1']);
      await untilPods(1);
      expect([...(await costs()).keys()]).toEqual([fullest]);
      for (const client of stay) {
        const reply = await client.ask('GET', path);
        expect([reply.status, servedBy(reply).pod]).toEqual([200, fullest]);
      }
    },
    2 * patienceMs,
  );

  it(
    'has pods that may change their own annotations, and nothing else',
    async () => {
      await kubectl(['scale', mode, '--replicas=3']);
      await untilPods(3);
      const [own = '', other = ''] = (await costs()).keys();
      const bound = ['--bound-object-kind=Pod', `--bound-object-name=${own}`];
      const token = (await kubectl(['create', 'token', `${place.release}-session`, ...bound])).trim();
      const patched = await patchedBy(token);
      await patched(own, { metadata: { annotations: { [cost]: '7' } } });
      await expect(patched(other, { metadata: { annotations: { [cost]: '7' } } })).rejects.toThrow(/itself alone/);
      await expect(patched(own, { metadata: { labels: { app: 'else' } } })).rejects.toThrow(/annotations alone/);
    },
    patienceMs,
  );
});

const sumOf = (values: ReadonlyMap<string, number>): number => [...values.values()].reduce((sum, one) => sum + one, 0);

/** What each pod that stays has told of itself. */
async function costs(): Promise<Map<string, number>> {
  const pods = await objects<V1Pod>('pods', selector);
  const staying = pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  return new Map(staying.map(({ metadata }) => [metadata!.name!, Number(metadata!.annotations?.[cost] ?? NaN)]));
}

/** Waits until so many pods are there, each ready and none about to go. */
async function untilPods(count: number): Promise<void> {
  await until(async () => {
    const pods = await objects<V1Pod>('pods', selector);
    const isReady = ({ status }: V1Pod): boolean =>
      status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
    return pods.length === count && pods.every((pod) => isReady(pod) && pod.metadata?.deletionTimestamp === undefined);
  }, costsInWords);
}

async function costsInWords(): Promise<string> {
  return JSON.stringify([...(await costs())]);
}

/** Patches a pod as whoever has that token; kubectl would read it first, which takes another right. */
async function patchedBy(token: string) {
  const shown = ['config', 'view', '--minify', '--raw', '--output=json'];
  const own = JSON.parse(await kubectl(shown)) as { users: object[]; contexts: { context: { user: string } }[] };
  own.users = [{ name: own.contexts[0]!.context.user, user: { token } }];
  const config = new KubeConfig();
  config.loadFromString(JSON.stringify(own));
  const api = config.makeApiClient(CoreV1Api);
  const merged = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  return (name: string, body: object): Promise<V1Pod> =>
    api.patchNamespacedPod({ name, namespace: place.namespace, body }, merged);
}
