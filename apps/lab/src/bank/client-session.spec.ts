import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { BankRecorder } from './mode-record.js';
import { closeAt } from './stateful-client.js';
import { BankCustomer } from './customer.js';
import { SessionLost } from '../http/step-error.js';
import { ClientSession } from './client-session.js';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

type CannedReply = readonly [status: number, servedBy: string, problem?: string];

/** A session to a front door that gives these replies, one after the other. */
async function sessionAt(
  replies: readonly CannedReply[],
  record = new BankRecorder().of('sticky'),
): Promise<ClientSession> {
  const left = [...replies];
  const server = createServer((_, response) => {
    const [status, servedBy, problem] = left.shift()!;
    response.writeHead(status, { 'x-served-by': servedBy, 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ type: `urn:tellers:problem:${problem}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const customer = new BankCustomer('ada', '', [], `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  close = async () => {
    await customer.connection.close();
    server.close();
  };
  return new ClientSession(customer, 'sticky', record, performance.now());
}

const look = { operation: 'look', method: 'GET', path: '/session' } as const;

it('takes for the home of a session the pod that knew it last, not one that could not tell', async () => {
  const clientSession = await sessionAt([
    [201, 'one/a'],
    [503, 'other/b', 'store-unavailable'],
    [401, 'other/b', 'session-owner-gone'],
  ]);
  clientSession.open(await clientSession.request(look));
  await expect(clientSession.request(look)).rejects.toThrow(SessionLost);
  expect(clientSession.session?.home).toEqual({ pod: 'one', bootId: 'a' });
});

it('takes another pod for the home of a session once it knew it, and tells that it moved', async () => {
  const record = new BankRecorder().of('sticky');
  const tookMs: number[] = [];
  record.onMoved = (_, latencyMs) => tookMs.push(latencyMs);
  const replies: CannedReply[] = ['one/a', 'one/a', 'other/b', 'other/b'].map((servedBy) => [200, servedBy]);
  const clientSession = await sessionAt(replies, record);
  clientSession.open(await clientSession.request(look));
  for (let asked = 0; asked < 3; asked++) await clientSession.request(look);
  expect(clientSession.session?.home).toEqual({ pod: 'other', bootId: 'b' });
  expect(tookMs).toEqual([expect.any(Number)]);
  expect(tookMs[0]).toBeGreaterThan(0);
});

it('takes a session for closed that was signed out by an earlier attempt, though that was answered otherwise', async () => {
  const clientSession = await sessionAt([
    [201, 'one/a'],
    [503, 'one/a', 'store-unavailable'],
    [401, 'one/a', 'session-signed-out'],
  ]);
  clientSession.open(await clientSession.request(look));
  const { session } = clientSession;
  await closeAt(clientSession, '/session');
  expect(session?.end).toMatchObject({ how: 'signed-out' });
});

it('takes a session for lost that was signed out before it asked for that', async () => {
  const clientSession = await sessionAt([
    [201, 'one/a'],
    [401, 'one/a', 'session-signed-out'],
  ]);
  clientSession.open(await clientSession.request(look));
  await expect(closeAt(clientSession, '/session')).rejects.toThrow(SessionLost);
});

it('tells when a service answers from an older copy of a session, and not when another session begins', async () => {
  const record = new BankRecorder().of('sticky');
  const clientSession = await sessionAt([], record);
  for (const visits of [[1, 2, 4, 3], [1, 2], [1]]) {
    clientSession.open({ servedBy: { pod: 'one', bootId: 'a' } });
    for (const visit of visits) clientSession.visited(visit);
  }
  expect(record.contradictions).toEqual(['one: it was visit 3 after visit 4 of the same session']);
});
