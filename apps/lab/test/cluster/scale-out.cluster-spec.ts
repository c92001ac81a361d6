import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { CustomerPool } from '../../src/bank/pool.js';
import { LookingCustomers } from '../../src/bank/looking-customers.js';
import { BankRecorder } from '../../src/bank/mode-record.js';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { openBank, upgradeMs } from './bank.js';
import { report } from './place.js';

const crowd = 16;
const patienceMs = 300_000;

describe('the autoscaler of account', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank()), upgradeMs);
  afterAll(() => platform?.close());

  const readyPods = async (): Promise<number> =>
    (await platform.pods('account')).filter(({ phase }) => phase === 'ready').length;

  /** Resolves to the seconds that it took; rejects when it does not come to that. */
  async function seconds(holds: () => Promise<boolean>, what: string): Promise<number> {
    const from = performance.now();
    while (!(await holds())) {
      const scaling = JSON.stringify(platform.autoscaling('account'));
      if (performance.now() - from > patienceMs) throw new Error(`Not ${what} within minutes: ${scaling}`);
      await sleep(500);
    }
    const took = Math.round((performance.now() - from) / 1_000);
    report(`${what} after ${took} s`);
    return took;
  }

  it(
    'goes from 2 pods to at least 4 under load, and back when it is over, without a failed request',
    async () => {
      await seconds(async () => platform.autoscaling('account')?.cpu !== null && (await readyPods()) === 2, 'at rest');
      const pool = new CustomerPool(platform.baseUrl);
      await pool.grow(crowd);
      const record = new BankRecorder().of('stateless');
      const users = new LookingCustomers({
        pool,
        users: crowd,
        mode: 'stateless',
        observer: record,
        seed: 1,
        thinkMs: 60,
      });
      await users.arrive();
      try {
        await seconds(async () => (platform.autoscaling('account')?.desired ?? 0) > 2, 'decided to scale out');
        await seconds(async () => (await readyPods()) >= 4, 'four pods ready');
      } finally {
        users.thinkMs = 2_000;
      }
      await seconds(async () => (platform.autoscaling('account')?.desired ?? 0) < 4, 'decided to scale in');
      await seconds(async () => (await platform.pods('account')).length === 2, 'two pods left');
      await users.leave();
      await pool.close();
      report(`${record.requests} requests, p99 ${record.latencies.percentileMs(99)?.toFixed(0)} ms`);
      expect({ failed: record.failed, lost: record.sessionsLost }).toEqual({ failed: 0, lost: 0 });
    },
    4 * patienceMs,
  );
});
