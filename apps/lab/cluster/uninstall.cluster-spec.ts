import { beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { output, runProgram } from '../src/cluster/run-program.js';
import type { BankClient } from '../test/bank-client.js';
import { openBank, steadyModes, upgradeBank, upgradeMs } from './bank.js';
import { modes } from '../src/modes.js';
import { customers, openSession, settle } from './customers.js';
import { helm, kubectl, place } from './place.js';

/** What every namespace has, and what passes by itself. */
const notOurs = /^(configmap\/kube-root-ca\.crt|serviceaccount\/default|event[./]|podmetrics|lease)/;
const patienceMs = 120_000;

describe('helm uninstall', () => {
  let client: BankClient;
  let transferId: string;
  beforeAll(async () => {
    await upgradeBank(steadyModes);
    [client] = (await customers(1)) as [BankClient];
    transferId = await settle(() => client.transfer('before'));
    await openSession(client, modes.shared.path);
  }, upgradeMs);

  it(
    'leaves nothing but the claim with the money and the Secrets without which it cannot be read',
    async () => {
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
    },
    2 * patienceMs,
  );

  it(
    'is undone by an install under the same name: money, tokens and the sessions of shared are as they were',
    async () => {
      const platform = await openBank(steadyModes);
      expect((await client.ask('GET', '/account/accounts')).status).toBe(200);
      expect(await client.statement()).toContain(transferId);
      expect((await client.ask('GET', modes.shared.path)).status).toBe(200);
      expect(await platform.audit()).toMatchObject({ clean: true, breach: null });
      await platform.close();
    },
    upgradeMs,
  );
});
