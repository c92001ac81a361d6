import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { output, runProgram } from '../../src/provision/run-program.js';
import { diagnose, diagnoseStarted, type Diagnosis } from '../../src/doctor/diagnose.js';
import { repositoryRoot } from '../../src/repository.js';
import type { Values } from './bank.js';
import { ask, commandOf, shell } from './diagnosis.js';
import { killedLab } from './killed-lab.js';
import { helm, kubectl, place } from './place.js';
import { awaitPod, makePod } from './plain-pod.js';
import { killableWorker } from './workers.js';

const { context, namespace, release } = place;
const name = (component: string): string => `${release}-${component}`;
const patienceMs = 240_000;

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

describe('lab doctor', () => {
  beforeAll(async () => {
    await clear();
    await open();
  }, patienceMs);
  afterEach(async () => {
    // What a test has left broken is no other's concern; what it has only changed the next one sets anew.
    await removeExtras();
    if (!(await ask()).isHealthy) await open();
  }, patienceMs);
  afterAll(async () => {
    await kubectl(['delete', 'namespace', `${namespace}-other`, '--ignore-not-found']);
    await kubectl(['delete', 'serviceaccount,rolebinding', 'viewer', '--ignore-not-found']);
    await clear();
  }, patienceMs);

  it(
    'calls a bank that is just being opened not there yet, and no fault, until it is well',
    async () => {
      await helm('uninstall', release, '--wait');
      await upgrade({ 'account.autoscaling.enabled': 'true' });
      expect(await ask()).toMatchObject({ isHealthy: true, isStarting: true });
      const said = await diagnoseStarted(runProgram, { context, namespace, release });
      expect(said.lines.join('\n')).toMatch(/Nothing is wrong\.$/);
      await open();
    },
    patienceMs,
  );

  const cases: [what: string, words: RegExp, broken: () => Promise<unknown>, values?: Values][] = [
    [
      'a quota that holds a rollout up',
      /The quota small lets no more pods of deployment/,
      async () => {
        await kubectl(['create', 'quota', 'small', '--hard=pods=4']);
        await kubectl(['rollout', 'restart', `deployment/${name('account')}`]);
      },
    ],
    [
      'a LimitRange that refuses new pods',
      /A LimitRange .* refuses the pods of deployment/,
      async () => {
        const limits = [{ type: 'Container', max: { memory: '200Mi' } }];
        await kubectl(['apply', '--filename=-'], {
          input: JSON.stringify({
            apiVersion: 'v1',
            kind: 'LimitRange',
            metadata: { name: 'small' },
            spec: { limits },
          }),
        });
        await kubectl(['rollout', 'restart', `deployment/${name('account')}`]);
      },
    ],
    ["a Secret of the release's own that is gone", /The Secret \S+-account is missing/, () => deleteSecret('account')],
    [
      "a Secret of the release's own that lacks its key",
      /The Secret \S+-account has no continuation-secret/,
      async () => {
        await deleteSecret('account');
        await kubectl(['create', 'secret', 'generic', name('account'), '--from-literal=else=x']);
        await kubectl(['rollout', 'restart', `deployment/${name('account')}`]);
      },
    ],
    [
      "a Secret of the user's that is not there",
      /The Secret mine is missing/,
      () => upgrade({ 'account.existingSecret': 'mine' }),
    ],
    [
      "a value of the user's Secret that is wrong",
      /is given settings that it cannot run with/,
      async () => {
        await kubectl(['create', 'secret', 'generic', 'short', '--from-literal=continuation-secret=short']);
        await upgrade({ 'account.existingSecret': 'short' });
      },
    ],
    [
      'a variable that is wrong',
      /is given settings that it cannot run with/,
      () => upgrade({ 'account.env.DRAIN_QUIET_MS': 'soon' }),
    ],
    ['an image that is nowhere', /The image tellers:nowhere is not on/, () => upgrade({ 'image.tag': 'nowhere' })],
    [
      'an image of Redis that is nowhere',
      /The image valkey\/valkey:nowhere is not on/,
      () => upgrade({ 'redis.image': 'valkey/valkey:nowhere' }),
    ],
    ['nodes that are none', /has a pod that no node takes/, () => upgrade({ 'nodeSelector.disk': 'ssd' })],
    [
      'more CPU than there is',
      /asks for more cpu than any node has left/,
      () => upgrade({ 'account.resources.requests.cpu': '64', 'account.resources.limits.cpu': '64' }),
    ],
    [
      'too little memory',
      /ran out of its memory/,
      () => upgrade({ 'account.resources.requests.memory': '16Mi', 'account.resources.limits.memory': '40Mi' }),
    ],
    ['a Redis that is scaled to 0', /is scaled to 0: there is no Redis/, () => scale('statefulset', name('redis'))],
    [
      'a password that was changed by hand',
      /does not take the password/,
      async () => {
        const data = { 'redis-password': Buffer.from('another').toString('base64') };
        await kubectl(['patch', 'secret', name('redis'), '--patch', JSON.stringify({ data })]);
        await kubectl(['delete', 'pod', `${name('redis')}-0`]);
      },
    ],
    [
      'a storage class that is not there',
      /asks for the storage class fast, which is not there/,
      async () => {
        await kubectl(['delete', 'statefulset', name('redis')]);
        await upgrade({ 'redis.persistence.enabled': 'true', 'redis.persistence.storageClass': 'fast' });
      },
    ],
    [
      'a class of Ingress that is not there',
      /names the class nowhere, which is not there/,
      () => upgrade({ 'ingress.className': 'nowhere' }),
    ],
    [
      'policies that keep the ingress controller out',
      /keep the ingress controller out/,
      () => upgrade({ 'networkPolicy.ingressFrom[0].podSelector.matchLabels.app': 'another' }),
    ],
    [
      'another bank at the same paths of the same host',
      /both answer at .*: requests go to either/s,
      async () => {
        const own = JSON.parse(await kubectl(['get', 'ingress', release, '--output=json'])) as { spec: object };
        const there = { name: 'bank', namespace: `${namespace}-other` };
        const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: there, spec: own.spec };
        await everywhere('create', 'namespace', there.namespace);
        await output(runProgram, 'kubectl', ['--context', context, 'apply', '--filename=-'], {
          input: JSON.stringify(ingress),
        });
      },
    ],
    [
      'an ingress controller that is scaled to 0',
      /controller of class traefik is scaled to 0/,
      () => everywhere('--namespace=kube-system', 'scale', 'deployment/traefik', '--replicas=0'),
    ],
    [
      'a metrics-server that is scaled to 0',
      /metrics-server is scaled to 0/,
      async () => {
        await upgrade({ 'account.autoscaling.enabled': 'true' });
        await everywhere('--namespace=kube-system', 'scale', 'deployment/metrics-server', '--replicas=0');
      },
    ],
    ['a StatefulSet whose pod stays on a bad revision', /is replaced only when it is deleted/, stuckRevision],
    [
      'what a killed lab has left moved',
      /A lab has moved the replicas of/,
      async () => {
        await open();
        await killedLab('account', 2);
      },
    ],
  ];

  it.each(cases)(
    'tells %s, and its command mends it',
    async (_, words, broken) => {
      await broken();
      expect(await mended(words)).toMatchObject({ isHealthy: true });
    },
    2 * patienceMs,
  );

  it(
    'tells a machine that lets nobody watch more files, and its command mends it',
    async () => {
      const node = await killableWorker();
      const sysctl = (...args: string[]): Promise<string> =>
        output(runProgram, 'docker', ['exec', node, 'sysctl', ...args]);
      const limit = 'fs.inotify.max_user_instances';
      const before = (await sysctl(limit, 'fs.inotify.max_user_watches')).replaceAll(' ', '').trim().split('\n');
      try {
        await sysctl('-w', `${limit}=1`);
        const onNode = ['--selector=k8s-app=kube-proxy', `--field-selector=spec.nodeName=${node}`];
        await everywhere('--namespace=kube-system', 'delete', 'pod', ...onNode);
        expect(await mended(/has used up what one user may watch/)).toMatchObject({ isHealthy: true });
      } finally {
        await sysctl('-w', ...before);
      }
    },
    patienceMs,
  );

  it(
    'names a failed test beside the bank, and what it leaves of a release that is gone',
    async () => {
      const labels = {
        'app.kubernetes.io/name': 'tellers',
        'app.kubernetes.io/instance': release,
        'app.kubernetes.io/component': 'test',
      };
      const there = `${namespace}-other`;
      await everywhere('create', 'namespace', there);
      for (const at of [namespace, there]) {
        await makePod({ name: 'a-test', namespace: at, labels, script: 'process.exit(1)' });
        await awaitPod('a-test', 'jsonpath={.status.phase}=Failed', at);
      }
      const said = await ask();
      expect(said.isHealthy).toBe(true);
      await shell(commandOf(said, /helm test` failed once/));
      expect((await ask()).lines.join('\n')).toMatch(/Nothing is wrong\.$/);
      const gone = await diagnose(runProgram, { context, namespace: there, release });
      await shell(commandOf(gone, /is gone, and has left a-test/));
      expect(await everywhere('--namespace', there, 'get', 'pods', '--output=name')).toBe('');
    },
    patienceMs,
  );

  it(
    "looks into the context's own namespace where no others may be listed, and names each right once",
    async () => {
      await kubectl(['create', 'serviceaccount', 'viewer']);
      await kubectl(['create', 'rolebinding', 'viewer', '--clusterrole=view', `--serviceaccount=${namespace}:viewer`]);
      const token = (await kubectl(['create', 'token', 'viewer'])).trim();
      const config = JSON.parse(await everywhere('config', 'view', '--minify', '--raw', '--output=json')) as Kubeconfig;
      config.users = [{ name: config.contexts[0]!.context.user, user: { token } }];
      config.contexts[0]!.context.namespace = namespace;
      const KUBECONFIG = join(mkdtempSync(join(tmpdir(), 'tellers-')), 'viewer');
      writeFileSync(KUBECONFIG, JSON.stringify(config));
      const said = await diagnose(
        (program, args, options) => runProgram(program, args, { ...options, environment: { KUBECONFIG } }),
        {},
      );
      expect(said.lines[0]).toContain(`namespace ${namespace}, release ${release}`);
      expect(said.isHealthy).toBe(true);
      expect(said.lines[1]).toContain('Could not be looked at: ');
      for (const right of [
        'list secrets in the namespace',
        'list nodes in all namespaces',
        'list pods in all namespaces',
      ]) {
        expect(said.lines[1]!.split(right)).toHaveLength(2);
      }
    },
    patienceMs,
  );
});

interface Kubeconfig {
  users: object[];
  contexts: { context: { user: string; namespace?: string } }[];
}

/** Leaves nothing of the bank, money and keys included: what it is broken in would be in the way of other specs. */
async function clear(): Promise<void> {
  await helm('uninstall', release, '--wait', '--ignore-not-found');
  await kubectl(['delete', 'persistentvolumeclaim,secret', `--selector=app.kubernetes.io/instance=${release}`]);
}

/** Takes away what tests put beside the bank. */
async function removeExtras(): Promise<void> {
  await Promise.all([
    kubectl(['delete', 'quota,limitrange', 'small', '--ignore-not-found']),
    kubectl(['delete', 'secret', 'mine', 'short', '--ignore-not-found']),
    kubectl(['delete', 'namespace', `${namespace}-other`, '--ignore-not-found']),
  ]);
}

/** Has the small bank as its values say, whatever was broken before. */
async function open(): Promise<void> {
  await removeExtras();
  await upgrade();
  await until(async () => (await settled()).isHealthy);
}

/** Helm comes back at once: what is broken never gets ready. */
async function upgrade(values: Values = {}): Promise<void> {
  const sets = Object.entries({ ...small, ...values }).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const upgraded = () =>
    helm('upgrade', release, join(repositoryRoot, 'helm/tellers'), '--install', '--reset-values', ...sets);
  await upgraded().catch(async () => {
    // A StatefulSet that was made in another way is made anew: its money was for a try.
    await kubectl(['delete', 'statefulset', name('redis')]);
    await upgraded();
  });
}

/** Waits until the doctor says it, runs its command, and waits until it finds nothing wrong any more. */
async function mended(words: RegExp): Promise<Diagnosis> {
  let said = await ask();
  await until(async () => words.test(flat((said = await ask()))));
  // One thing may show only when another is mended.
  for (let command = ''; !said.isHealthy; said = await settled()) {
    const next = commandOf(said, /./);
    if (next === command) break;
    await shell((command = next));
  }
  return said;
}

async function settled(): Promise<Diagnosis> {
  let said = await ask();
  const end = Date.now() + patienceMs / 2;
  while ((!said.isHealthy || said.isStarting) && Date.now() < end) {
    await sleep(2_000);
    said = await ask();
  }
  return said;
}

const flat = ({ lines }: Diagnosis): string => lines.join(' ').replaceAll(/\s+/g, ' ');

function everywhere(...args: string[]): Promise<string> {
  return output(runProgram, 'kubectl', ['--context', context, ...args]);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Not so after ${patienceMs / 1_000} s:\n${(await ask()).lines.join('\n')}`);
    await sleep(1_000);
  }
}

function deleteSecret(component: string): Promise<string> {
  return kubectl(['delete', 'secret', name(component)]);
}

function scale(kind: string, object: string): Promise<string> {
  return kubectl(['scale', `${kind}/${object}`, '--replicas=0']);
}

/** Breaks what an update can mend only by deleting: a StatefulSet as an older chart made it. */
async function stuckRevision(): Promise<void> {
  const object = JSON.parse(await kubectl(['get', 'statefulset', name('redis'), '--output=json'])) as {
    metadata: object;
    spec: object;
  };
  await kubectl(['delete', 'statefulset', name('redis'), '--cascade=orphan']);
  const { labels, annotations } = object.metadata as { labels: object; annotations: object };
  const old = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: name('redis'), labels, annotations },
    spec: { ...object.spec, podManagementPolicy: 'OrderedReady' },
  };
  await kubectl(['create', '--filename=-'], { input: JSON.stringify(old) });
  await kubectl(['set', 'image', `statefulset/${name('redis')}`, 'redis=valkey/valkey:nowhere']);
  await until(async () => (await ask()).lines.join('\n').includes('valkey/valkey:nowhere is not on'));
  await kubectl(['rollout', 'undo', `statefulset/${name('redis')}`]);
}
