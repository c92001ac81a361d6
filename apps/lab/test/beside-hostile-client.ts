import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { BankClient } from './bank-client.js';

export interface Failure {
  readonly what: string;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly afterMs: number;
}

export interface Beside {
  /** What ordinary customers asked for, and how often. */
  readonly done: number;
  /** What of it was refused otherwise than by a 503 with `Retry-After` in the first second. */
  readonly failures: readonly Failure[];
  /** How often the hostile client was answered what, as `guess 401`. */
  readonly answers: Readonly<Record<string, number>>;
}

/**
 * Ten ordinary customers, who sign in, look, pay and leave, beside one hostile client at the same address.
 *
 * @param address where the name in `baseUrl` leads to, unless it is one that the machine knows
 */
export async function besideHostileClient(baseUrl: string, seconds: number, address?: string): Promise<Beside> {
  const run = Math.random().toString(36).slice(2);
  const guessed = `guessed-${run}`;
  const customers = Array.from({ length: 10 }, (_, index) => new BankClient(baseUrl, `ordinary-${run}-${index}`));
  for (const customer of [...customers, new BankClient(baseUrl, guessed)]) await customer.signIn();

  const args = [baseUrl, guessed, ...(address === undefined ? [] : [address])];
  const hostile = fork('apps/lab/test/hostile-client.mjs', args, { execArgv: [] });
  try {
    await once(hostile, 'message');
    const beganAt = performance.now();
    const failures: Failure[] = [];
    let done = 0;
    const ordinary = async (customer: BankClient, index: number): Promise<void> => {
      for (let round = 0; performance.now() - beganAt < seconds * 1_000; round += 1) {
        const path = index % 2 === 0 ? '/session' : '/shared/session';
        const acts: [string, () => Promise<Response>][] = [
          ['sign in', () => customer.signInAgain()],
          ['read', () => customer.ask('GET', '/account/accounts')],
          ['pay', () => customer.transfer(`key-${run}-${index}-${round}`)],
          ['open', () => customer.ask('POST', path)],
          ['look', () => customer.ask('GET', `${path}/overview`)],
          ['pay in steps', () => customer.transferInSteps(path)],
          ['close', () => customer.ask('DELETE', path)],
        ];
        for (const [what, act] of acts) {
          const reply = await act();
          const afterMs = performance.now() - beganAt;
          done += 1;
          const { status, headers } = reply;
          const retryAfter = headers.get('retry-after');
          const isExcused = status === 503 && retryAfter !== null && afterMs <= 1_000;
          if (!reply.ok && !isExcused) failures.push({ what, status, retryAfter, afterMs });
          if (!reply.bodyUsed) await reply.arrayBuffer();
          // Who was refused a session has none to look at: that is one failure, not four.
          if (what === 'open' && !reply.ok) break;
        }
        await wait(500);
      }
    };
    await Promise.all(customers.map(ordinary));
    hostile.send('tell');
    const [answers] = (await once(hostile, 'message')) as [Record<string, number>];
    return { done, failures, answers };
  } finally {
    hostile.kill('SIGKILL');
  }
}
