import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BankClient } from '../bank-client.js';
import { bankUrl } from './place.js';

/** Customers who have registered and signed in. */
export async function customers(count: number): Promise<BankClient[]> {
  const clients = Array.from({ length: count }, () => new BankClient(bankUrl, `ada-${randomUUID()}`));
  for (const client of clients) await client.signIn();
  return clients;
}

/** The pod that answered, and its boot. */
export function servedBy({ headers }: Response): { pod: string; bootId: string } {
  const [pod = '', bootId = ''] = (headers.get('x-served-by') ?? '').split('/');
  return { pod, bootId };
}

/** Opens a session in a mode; resolves to the pod and boot that did. */
export async function openSession(client: BankClient, path: string): Promise<{ pod: string; bootId: string }> {
  const opened = await client.ask('POST', path);
  if (opened.status !== 201) throw new Error(`POST ${path} answered ${opened.status}: ${await opened.text()}`);
  return servedBy(opened);
}

const answersWithinMs = 5_000;

/** An answer, or an error when it takes too long: the front door may wait for a pod that is no more. */
export async function soon(asking: Promise<Response>): Promise<Response> {
  const late = sleep(answersWithinMs, undefined, { ref: false }).then(() => {
    throw new Error(`No answer within ${answersWithinMs / 1_000} s.`);
  });
  return Promise.race([asking, late]);
}

/** Asks until the bank says yes, with the same key: what a careful client does. Resolves to the transfer's id. */
export async function settle(ask: () => Promise<Response>, patienceMs = 180_000): Promise<string> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const reply = await soon(ask()).catch(() => undefined);
    if (reply?.status === 201) return ((await reply.json()) as { transferId: string }).transferId;
    await sleep(500);
  }
  throw new Error('The outcome of a transfer stayed unknown.');
}

/** Transfers whose keys are settled, and how often each is in its customer's statement. */
export async function timesInStatement(client: BankClient, keys: readonly string[]): Promise<number[]> {
  const ids: string[] = [];
  for (const key of keys) ids.push(await settle(() => client.transfer(key)));
  const statement = await client.statement();
  return ids.map((id) => statement.filter((one) => one === id).length);
}
