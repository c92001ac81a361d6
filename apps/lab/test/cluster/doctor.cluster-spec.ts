import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output, runProgram } from '../../src/provision/run-program.js';
import { diagnose, diagnoseStarted } from '../../src/doctor/diagnose.js';
import {
  type DoctoredFault,
  clear,
  everywhere,
  objectOf,
  open,
  patienceMs,
  removeExtras,
  tellsAndMends,
  until,
  upgrade,
} from './broken-bank.js';
import { ask, commandOf, shell } from './diagnosis.js';
import { killedLab } from './killed-lab.js';
import { helm, kubectl, place } from './place.js';
import { awaitPod, makePod } from './plain-pod.js';

const { context, namespace, release } = place;

describe('lab doctor', () => {
  beforeAll(async () => {
    await clear();
    await open();
  }, patienceMs);
  afterEach(removeExtras, patienceMs);
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

  const cases: readonly DoctoredFault[] = [
    [
      'a quota that holds a rollout up',
      /The quota small lets no more pods of deployment/,
      async () => {
        await kubectl(['create', 'quota', 'small', '--hard=pods=4']);
        await kubectl(['rollout', 'restart', `deployment/${objectOf('account')}`]);
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
        await kubectl(['rollout', 'restart', `deployment/${objectOf('account')}`]);
      },
    ],
    ["a Secret of the release's own that is gone", /The Secret \S+-account is missing/, () => deleteSecret('account')],
    [
      "a Secret of the release's own that lacks its key",
      /The Secret \S+-account has no continuation-secret/,
      async () => {
        await deleteSecret('account');
        await kubectl(['create', 'secret', 'generic', objectOf('account'), '--from-literal=else=x']);
        await kubectl(['rollout', 'restart', `deployment/${objectOf('account')}`]);
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
    ['a Redis that is scaled to 0', /is scaled to 0: there is no Redis/, () => scale('statefulset', objectOf('redis'))],
    [
      'a password that was changed by hand',
      /does not take the password/,
      async () => {
        const data = { 'redis-password': Buffer.from('another').toString('base64') };
        await kubectl(['patch', 'secret', objectOf('redis'), '--patch', JSON.stringify({ data })]);
        await kubectl(['delete', 'pod', `${objectOf('redis')}-0`]);
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
    ['a StatefulSet whose pod stays on a bad revision', /is replaced only when it is deleted/, stuckRevision],
    [
      'a storage class that is not there',
      /asks for the storage class fast, which is not there/,
      async () => {
        await kubectl(['delete', 'statefulset', objectOf('redis')]);
        await upgrade({ 'redis.persistence.enabled': 'true', 'redis.persistence.storageClass': 'fast' });
      },
    ],
    [
      'what a killed lab has left moved',
      /A lab has moved the replicas of/,
      async () => {
        await open();
        await killedLab('account', 2);
      },
    ],
  ];

  tellsAndMends(cases);

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

function deleteSecret(component: string): Promise<string> {
  return kubectl(['delete', 'secret', objectOf(component)]);
}

function scale(kind: string, object: string): Promise<string> {
  return kubectl(['scale', `${kind}/${object}`, '--replicas=0']);
}

/** Breaks what an update can mend only by deleting: a StatefulSet as an older chart made it. */
async function stuckRevision(): Promise<void> {
  const object = JSON.parse(await kubectl(['get', 'statefulset', objectOf('redis'), '--output=json'])) as {
    metadata: object;
    spec: object;
  };
  await kubectl(['delete', 'statefulset', objectOf('redis'), '--cascade=orphan']);
  const { labels, annotations } = object.metadata as { labels: object; annotations: object };
  const old = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: objectOf('redis'), labels, annotations },
    spec: { ...object.spec, podManagementPolicy: 'OrderedReady' },
  };
  await kubectl(['create', '--filename=-'], { input: JSON.stringify(old) });
  await kubectl(['set', 'image', `statefulset/${objectOf('redis')}`, 'redis=valkey/valkey:nowhere']);
  await until(async () => (await ask()).lines.join('\n').includes('valkey/valkey:nowhere is not on'));
  await kubectl(['rollout', 'undo', `statefulset/${objectOf('redis')}`]);
}
