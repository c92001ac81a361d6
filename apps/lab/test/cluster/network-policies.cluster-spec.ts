import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { openBank, steadyModes, upgradeMs } from './bank.js';
import { kubectl, objects, place } from './place.js';
import { awaitPod, makePod } from './plain-pod.js';

const elsewhere = `${place.namespace}-elsewhere`;
const component = 'app.kubernetes.io/component';
const services = ['auth', 'account', 'session-sticky', 'session-handoff', 'session-shared'];
/** Within that a connection that is let through stands, were its first packets dropped and sent again. */
const connectsWithinMs = 5_000;
const connect = `
  const open = (target) => new Promise((resolve) => {
    const [host, port] = target.split(' ');
    const socket = require('node:net').connect({ host, port, timeout: ${connectsWithinMs} });
    const end = (isOpen) => { socket.destroy(); resolve(isOpen ? [target] : []); };
    socket.on('connect', () => end(true)).on('timeout', () => end(false)).on('error', () => end(false));
  });
  Promise.all(process.argv.slice(1).map(open)).then((opened) => console.log(JSON.stringify(opened.flat())));
`;

describe('the network policies', () => {
  /** Each port of the bank's pods by its name, such as `account admin`, and the address and port that it has. */
  let ports: Map<string, string>;

  beforeAll(async () => {
    const platform = await openBank({
      ...steadyModes,
      'lab.enabled': 'true',
      'networkPolicy.monitoringFrom[0].podSelector.matchLabels.app': 'monitoring',
    });
    await platform.close();
    await kubectl(['create', 'namespace', elsewhere]);
    await Promise.all([
      startPod('stranger', { app: 'stranger' }),
      startPod('monitoring', { app: 'monitoring' }),
      // As the ingress controller's pods are labelled, in a namespace that is not the controller's.
      startPod('stranger', { 'app.kubernetes.io/name': 'traefik' }, elsewhere),
    ]);
    ports = await portsOfTheBank();
  }, upgradeMs);
  afterAll(async () => {
    await kubectl(['delete', 'pods', 'stranger', 'monitoring', '--ignore-not-found']);
    await kubectl(['delete', 'namespace', elsewhere, '--ignore-not-found']);
  });

  async function startPod(name: string, labels: Record<string, string>, namespace = place.namespace): Promise<void> {
    await makePod({ name, namespace, labels, script: 'setInterval(() => {}, 1e6)' });
    await awaitPod(name, 'condition=Ready', namespace);
  }

  async function portsOfTheBank(): Promise<Map<string, string>> {
    const pods = await objects<V1Pod>('pods', `--selector=app.kubernetes.io/instance=${place.release}`);
    return new Map(
      pods.flatMap(({ metadata, spec, status }) =>
        (spec!.containers[0]!.ports ?? []).map(({ name, containerPort }) => [
          `${metadata!.labels![component]} ${name}`,
          `${status!.podIP} ${containerPort}`,
        ]),
      ),
    );
  }

  /** The ports of the bank that are reached from there, by their names. */
  async function reachedFrom(pod: string, namespace = place.namespace): Promise<string[]> {
    const command = ['exec', pod, '--', 'node', '-e', connect, ...ports.values()];
    const reached = JSON.parse(await kubectl(['--namespace', namespace, ...command])) as string[];
    return [...ports].flatMap(([name, target]) => (reached.includes(target) ? [name] : [])).toSorted();
  }

  /** The same of one of the bank's own pods, without the ports that it has itself. */
  async function reachedFromOur(kind: string, name: string): Promise<string[]> {
    const reached = await reachedFrom(`${kind}/${place.release}-${name}`);
    return reached.filter((port) => !port.startsWith(`${name} `));
  }

  const each = (port: string, of = services): string[] => of.map((name) => `${name} ${port}`).toSorted();

  it('stand before every port that there is', () => {
    expect([...ports.keys()].toSorted()).toEqual(
      [...each('http'), ...each('admin'), 'lab page', 'redis redis'].toSorted(),
    );
  });

  it.each([
    ['of the same namespace', place.namespace],
    ['of another one that is labelled as the ingress controller is', elsewhere],
  ])('let a pod %s reach nothing (a cluster that does not enforce them fails here)', async (_, namespace) => {
    expect(await reachedFrom('stranger', namespace)).toEqual([]);
  });

  it('let monitoring and the lab read the second ports', async () => {
    expect(await reachedFrom('monitoring')).toEqual(each('admin'));
    expect(await reachedFromOur('deployment', 'lab')).toEqual(each('admin'));
  });

  it.each([
    ['deployment', 'account'],
    ['statefulset', 'session-handoff'],
  ])('let the %s %s fetch the public keys and reach the ledger', async (kind, name) => {
    expect(await reachedFromOur(kind, name)).toEqual(['auth http', 'redis redis']);
  });
});
