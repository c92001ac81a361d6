import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SmallBank } from '../../../test/small-bank.js';
import { OwnSessions } from './own-sessions.js';

let bank: SmallBank;
let sessions: OwnSessions;

beforeEach(async () => {
  bank = await new SmallBank().open();
  sessions = new OwnSessions({ baseUrl: bank.baseUrl, pods: async () => [], watch: () => () => undefined });
});

afterEach(async () => {
  await sessions.close();
  await bank.close();
});

it('lets twenty people have a session at a time, those on their way counted', async () => {
  const comes = await Promise.allSettled(Array.from({ length: 21 }, () => sessions.begin('stateless')));
  const refused = comes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(refused).toMatchObject([{ code: 'too-many-own-sessions' }]);
  const [first] = comes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  await sessions.end(first!.id);
  expect(await sessions.begin('sticky')).toMatchObject({ step: 'signed-in', mode: 'sticky' });
});

it('lets someone come later where the bank registers nobody for the moment', async () => {
  bank.fault = ({ path }) => (path === '/auth/customers' ? { status: 422, body: {} } : undefined);
  for (let tries = 0; tries < 21; tries++) await expect(sessions.begin('sticky')).rejects.toThrow('registered');
  bank.fault = () => undefined;
  expect(await sessions.begin('sticky')).toMatchObject({ step: 'signed-in' });
});

it('keeps the step where the bank refuses it, and shows what it said', async () => {
  const { id } = await sessions.begin('sticky');
  bank.fault = ({ path, method }) =>
    method === 'POST' && path === '/session/transfer' ? { status: 403, body: {} } : undefined;
  const now = await sessions.ask(id, 'payee');
  expect(now).toMatchObject({ step: 'signed-in', lost: null });
  expect(now.recordings.at(-1)).toMatchObject({ path: '/session/transfer', status: 403, outcome: 'refused' });
});
