import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { V1Deployment, V1Secret, V1StatefulSet } from '@kubernetes/client-node';
import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { output, runProgram } from '../../src/provision/run-program.js';
import { modes } from '../../src/bank/modes.js';
import { restoreBank } from '../../src/bank/kubernetes/start-kubernetes-platform.js';
import type { BankClient } from '../bank-client.js';
import { chart, openBank, steadyModes, upgradeBank, upgradeMs, type Values } from './bank.js';
import { customers, openSession } from './customers.js';
import { shell } from './diagnosis.js';
import { killedLab } from './killed-lab.js';
import { helm, kubectl, object, objects, place } from './place.js';
import { auditLedger } from '../../src/bank/audit.js';

const session = `${place.release}-session-sticky`;
const fixed: Values = { ...steadyModes, 'modes.handoff.enabled': 'false' };
/** What moves the number of pods here is the test: no pod comes near that much CPU. */
const autoscaled: Values = { ...fixed, 'session.autoscaling.enabled': 'true', 'session.autoscaling.targetCPU': '10' };
/** What every namespace has, and what passes by itself. */
const notOurs = /^(configmap\/kube-root-ca\.crt|serviceaccount\/default|event[./]|podmetrics|lease)/;
const patienceMs = 120_000;

// Goes on from the default install: nothing is made anew between the tests, and the customer's session lives through all.
describe('a release that is changed again and again', () => {
  let client: BankClient;
  beforeAll(async () => {
    await (await openBank(fixed)).close();
    [client] = (await customers(1)) as [BankClient];
    await openSession(client, modes.shared.path);
  }, upgradeMs);
  const transferIds: string[] = [];
  afterEach(async () => {
    const reply = await client.transferInSteps(modes.shared.path);
    const body = (await reply.json()) as { transferId: string };
    expect({ status: reply.status, body }).toMatchObject({ status: 201, body: { transferId: expect.any(String) } });
    transferIds.push(body.transferId);
  });

  const secrets = async (): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      (await objects<V1Secret>('secrets'))
        .filter(({ type }) => type === 'Opaque')
        .map(({ metadata, data }) => [metadata?.name, data]),
    );
  const revision = async (): Promise<string> =>
    String((JSON.parse(await helm('status', place.release, '--output', 'json')) as { version: number }).version);

  it.each([
    ['client-side', '--server-side=false'],
    // Last, for helm goes on as it was told before.
    ['server-side', '--server-side=true'],
  ])(
    'keeps its Secrets, the keys in them as they were rotated, over a GitOps move and a rollback, applied %s',
    async (_, way) => {
      const before = await revision();
      const [[old]] = Object.entries((await object<V1Secret>('secret', `${place.release}-signing-keys`)).data!) as [
        [string, string],
      ];
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
      const pem = Buffer.from(privateKey.export({ type: 'sec1', format: 'pem' })).toString('base64');
      const patch = { data: { [`${Math.floor(Date.now() / 1_000)}.pem`]: pem, [old]: null } };
      await kubectl(['patch', 'secret', `${place.release}-signing-keys`, '--patch', JSON.stringify(patch)]);
      const rotated = await secrets();
      const named = Object.fromEntries(
        ['redis', 'account', 'signing-keys'].map((name) => [
          `${name === 'signing-keys' ? 'signingKeys' : name}.existingSecret`,
          `${place.release}-${name}`,
        ]),
      );
      await upgradeBank({ ...fixed, ...named }, way);
      expect(await secrets()).toEqual(rotated);
      await helm('rollback', place.release, before, way, '--wait', '--timeout', '5m');
      expect(await secrets()).toEqual(rotated);
      await upgradeBank(fixed, way);
      expect(await secrets()).toEqual(rotated);
    },
    upgradeMs,
  );

  it(
    "takes a variable of the user's for the chart's, and gives the chart's back",
    async () => {
      const level = async (): Promise<unknown> => {
        const { spec } = await object<V1Deployment>('deployment', `${place.release}-account`);
        return spec!.template.spec!.containers[0]!.env!.filter(({ name }) => name === 'LOG_LEVEL');
      };
      await upgradeBank({ ...fixed, 'account.env.LOG_LEVEL': 'debug' });
      expect(await level()).toEqual([{ name: 'LOG_LEVEL', value: 'debug' }]);
      await upgradeBank(fixed);
      expect(await level()).toEqual([{ name: 'LOG_LEVEL', value: 'info' }]);
    },
    upgradeMs,
  );

  it(
    'never has fewer pods while autoscaling is switched on, and says what comes first when it is switched off',
    async () => {
      const replicas = async () => (await object<V1StatefulSet>('statefulset', session)).spec!.replicas;
      const on: Values = { ...autoscaled, 'session.autoscaling.minReplicas': '3' };
      await upgradeBank({ ...fixed, 'session.replicas': '3' });
      const { metadata } = await object<V1StatefulSet>('statefulset', session);
      await upgradeBank(on);
      // Each change of the spec counts one: of the number of pods there was none.
      expect((await object<V1StatefulSet>('statefulset', session)).metadata!.generation).toBe(metadata!.generation);
      const both = [session, `${place.release}-session-shared`].map((name) => `statefulset/${name}`);
      await kubectl(['scale', ...both, '--replicas=4']);
      await upgradeBank({ ...on, logLevel: 'warn' });
      expect(await replicas()).toBe(4);
      const refused = await upgradeBank(fixed).catch((error: Error) => error.message);
      for (const target of both) expect(refused).toContain(`${target} runs 4 pods`);
      await shell(/first `([^`]+)`/.exec(refused!)![1]!);
      await upgradeBank(fixed);
      expect(await replicas()).toBe(2);
    },
    upgradeMs,
  );

  it(
    'says of a rollback to a number of pods that an autoscaler has moved, and does it once that number runs',
    async () => {
      const fourPods = await revision();
      await upgradeBank(autoscaled);
      // As an autoscaler does.
      await kubectl(['scale', `statefulset/${session}`, '--replicas=3']);
      const back = ['rollback', place.release, fourPods, '--wait', '--timeout', '5m'];
      await expect(helm(...back)).rejects.toThrow(/conflict with "kubectl" with subresource "scale"/);
      await kubectl(['delete', 'hpa', `--selector=app.kubernetes.io/instance=${place.release}`]);
      await kubectl(['scale', `statefulset/${session}`, '--replicas=2']);
      await helm(...back);
      expect((await object<V1StatefulSet>('statefulset', session)).spec!.replicas).toBe(2);
    },
    upgradeMs,
  );

  it(
    'has its Redis back once a revision that no node could run is rolled back, and is upgraded then',
    async () => {
      const good = await revision();
      await expect(upgradeBank({ ...fixed, 'nodeSelector.disk': 'none' }, '--timeout', '1m')).rejects.toThrow();
      await kubectl(['wait', '--for=jsonpath={.status.phase}=Pending', `pod/${place.release}-redis-0`, '--timeout=2m']);
      await helm('rollback', place.release, good, '--wait', '--timeout', '5m');
      await upgradeBank({ ...fixed, logLevel: 'warn' });
    },
    upgradeMs,
  );

  it('refuses a second release that would answer at the same paths of the same host', async () => {
    const second = ['install', 'second', chart, '--dry-run=server', '--set', `ingress.host=${place.host}`];
    await expect(helm(...second)).rejects.toThrow(`The release ${place.release} answers at /auth of ${place.host}`);
  });

  it(
    'lives beside a second release, which has its own name and host and leaves nothing of the first changed',
    async () => {
      const before = await secrets();
      const of = ['--set', `ingress.host=second.${place.host},image.tag=${place.tag},redis.persistence.enabled=false`];
      const small = ['auth', 'account', 'session'].flatMap((app) => [
        '--set',
        `${app}.autoscaling.enabled=false,${app}.replicas=1,${app}.resources.requests.cpu=10m`,
      ]);
      try {
        await helm('install', 'second', chart, ...of, ...small, '--wait', '--timeout', '5m');
        expect(await helm('test', 'second', '--timeout', '3m')).toMatch(/Phase:\s+Succeeded/);
      } finally {
        await helm('uninstall', 'second', '--wait', '--timeout', '3m', '--ignore-not-found');
        await kubectl(['delete', 'secret', '--selector=app.kubernetes.io/instance=second']);
      }
      expect(await secrets()).toEqual(before);
    },
    upgradeMs,
  );

  it(
    'is as it was after a lab that was killed in the middle, once that is taken back, and can be upgraded then',
    async () => {
      const account = `${place.release}-account`;
      const replicas = async () => (await object<V1Deployment>('deployment', account)).spec!.replicas;
      await killedLab('account', 3);
      expect(await replicas()).toBe(3);
      const { context, namespace, release } = place;
      await restoreBank({ context, namespace, release });
      expect(await replicas()).toBe(2);
      await upgradeBank({ ...fixed, 'account.replicas': '3' });
      expect(await replicas()).toBe(3);
      await upgradeBank(fixed);
    },
    upgradeMs,
  );

  it('refuses what its claim cannot change before anything has changed', async () => {
    const before = await revision();
    await expect(upgradeBank({ ...fixed, 'redis.persistence.size': '2Gi' })).rejects.toThrow(
      'set redis.persistence.size=1Gi',
    );
    await expect(upgradeBank({ ...fixed, 'redis.persistence.enabled': 'false' })).rejects.toThrow(
      'would take Redis away from its claim',
    );
    expect(await revision()).toBe(before);
  });

  it(
    'leaves nothing at its uninstall but the claim with the money and the Secrets without which it cannot be read',
    async () => {
      const before = await secrets();
      await client.signInAgain();
      await helm('uninstall', place.release, '--wait', '--timeout', '3m');
      const kinds = await output(runProgram, 'kubectl', [
        '--context',
        place.context,
        'api-resources',
        '--namespaced',
        '--verbs=list',
        '--output=name',
      ]);
      const left = async (): Promise<string[]> =>
        (await kubectl(['get', kinds.trim().split('\n').join(','), '--output=name', '--ignore-not-found']))
          .split('\n')
          .filter((name) => name !== '' && !notOurs.test(name));
      const kept = [
        `persistentvolumeclaim/data-${place.release}-redis-0`,
        ...['account', 'redis', 'signing-keys'].map((name) => `secret/${place.release}-${name}`),
      ];
      const until = Date.now() + patienceMs;
      while ((await left()).length > kept.length && Date.now() < until) await sleep(2_000);
      expect((await left()).toSorted()).toEqual(kept);
      // An install under the same name goes on with them: the keys, and so the tokens.
      await (await openBank(fixed)).close();
      expect(await secrets()).toEqual(before);
      expect((await client.ask('GET', '/account/accounts')).status).toBe(200);
    },
    upgradeMs,
  );

  it(
    'has moved each cent once, whatever was changed meanwhile',
    async () => {
      const platform = await openBank(fixed);
      expect(await auditLedger(platform)).toMatchObject({ clean: true, breach: null });
      await platform.close();
      await client.signInAgain();
      const statement = await client.statement();
      expect(transferIds.map((id) => statement.filter((one) => one === id).length)).toEqual(transferIds.map(() => 1));
    },
    upgradeMs,
  );
});
