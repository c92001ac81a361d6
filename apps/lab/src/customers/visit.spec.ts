import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { Recorder } from '../load/recorder.js';
import { closeSession } from './close.js';
import { Customer } from './customer.js';
import { SessionLost } from './setback.js';
import { Visit } from './visit.js';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

type Reply = readonly [status: number, servedBy: string, problem?: string];

/** A visit to a front door that gives these replies, one after the other. */
async function visitTo(replies: readonly Reply[]): Promise<Visit> {
  const left = [...replies];
  const server = createServer((_, response) => {
    const [status, servedBy, problem] = left.shift()!;
    response.writeHead(status, { 'x-served-by': servedBy, 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ type: `urn:tellers:problem:${problem}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const customer = new Customer('ada', '', [], `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  close = async () => {
    await customer.connection.close();
    server.close();
  };
  return new Visit(customer, 'sticky', new Recorder().of('sticky'), performance.now());
}

const look = { operation: 'look', method: 'GET', path: '/session' } as const;

it('takes for the home of a session the pod that knew it last, not one that could not tell', async () => {
  const visit = await visitTo([
    [201, 'one/a'],
    [503, 'other/b', 'store-unavailable'],
    [401, 'other/b', 'session-owner-gone'],
  ]);
  visit.open(await visit.ask(look));
  await expect(visit.ask(look)).rejects.toThrow(SessionLost);
  expect(visit.session?.home).toEqual({ pod: 'one', bootId: 'a' });
});

it('takes another pod for the home of a session once it knew it', async () => {
  const visit = await visitTo([
    [201, 'one/a'],
    [200, 'other/b'],
  ]);
  visit.open(await visit.ask(look));
  await visit.ask(look);
  expect(visit.session?.home).toEqual({ pod: 'other', bootId: 'b' });
});

it('takes a session for closed that was signed out by an earlier attempt, though that was answered otherwise', async () => {
  const visit = await visitTo([
    [201, 'one/a'],
    [503, 'one/a', 'store-unavailable'],
    [401, 'one/a', 'session-signed-out'],
  ]);
  visit.open(await visit.ask(look));
  const { session } = visit;
  await closeSession(visit, '/session');
  expect(session?.end).toMatchObject({ how: 'signed-out' });
});

it('takes a session for lost that was signed out before it asked for that', async () => {
  const visit = await visitTo([
    [201, 'one/a'],
    [401, 'one/a', 'session-signed-out'],
  ]);
  visit.open(await visit.ask(look));
  await expect(closeSession(visit, '/session')).rejects.toThrow(SessionLost);
});
