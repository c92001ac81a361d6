import { setTimeout as sleep } from 'node:timers/promises';
import { startIssuer } from '#libs/testing';
import { Skipped, type Figure } from '../figure.js';
import { cpuMicros } from '../processes/cpu.js';
import type { Running } from '../processes/running.js';
import { startService } from '../processes/service.js';

/** CPU is told in hundredths of a second: of so long a rest one of them is a small part of what is looked for. */
const restMs = 30_000;
const settleMs = 5_000;

/** What it costs a pod that nobody asks to say how full it is, and to hear of the others. */
export const rebalanceRest: Figure = {
  name: 'rebalance-rest',
  title: 'CPU of a pod at rest that knows how full others are, less that of one that does not, in percent of a core',
  target: { bound: 'at most', value: 0.5 },
  async open(bench) {
    if (process.platform !== 'linux') throw new Skipped('CPU time of processes is read from /proc, on Linux only.');
    const issuer = await startIssuer();
    const pods = (isOn: boolean): Promise<Running[]> =>
      Promise.all(
        ['0', '1'].map((number) =>
          startService(bench, 'session', {
            JWKS_URL: issuer.jwksUrl,
            MODE: 'handoff',
            STORE: 'handoff',
            REDIS_KEY_PREFIX: `${bench.prefix}rest-${isOn}:`,
            REBALANCE: String(isOn),
            POD_NAME: `rest-${number}`,
          }),
        ),
      );
    const [on, off] = [await pods(true), await pods(false)];
    await sleep(settleMs);
    return {
      basis: 'percent of a core',
      maxRounds: 3,
      async round() {
        const before = { on: cpuOf(on), off: cpuOf(off) };
        await sleep(restMs);
        const percent = (micros: number): number => (100 * micros) / 2 / (restMs * 1_000);
        const [knowing, other] = [percent(cpuOf(on) - before.on), percent(cpuOf(off) - before.off)];
        return {
          ratio: knowing - other,
          notes: { 'that knows, %': round2(knowing), 'that does not, %': round2(other) },
        };
      },
      async close() {
        await Promise.all([...on, ...off].map((pod) => pod.stop()));
        issuer.close();
      },
    };
  },
};

const cpuOf = (pods: readonly Running[]): number => pods.reduce((sum, { pid }) => sum + cpuMicros(pid)!, 0);
const round2 = (value: number): number => Math.round(value * 100) / 100;
