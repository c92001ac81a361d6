import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SmallBank } from '../../test/small-bank.js';
import { OwnVisits } from './own-visits.js';

let bank: SmallBank;
let visits: OwnVisits;

beforeEach(async () => {
  bank = await new SmallBank().open();
  visits = new OwnVisits({ baseUrl: bank.baseUrl, pods: async () => [], watch: () => () => undefined });
});

afterEach(async () => {
  await visits.close();
  await bank.close();
});

it('lets twenty people visit at a time, those on their way counted', async () => {
  const comes = await Promise.allSettled(Array.from({ length: 21 }, () => visits.begin('stateless')));
  const refused = comes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(refused).toMatchObject([{ code: 'too-many-visits' }]);
  const [first] = comes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  await visits.end(first!.id);
  expect(await visits.begin('sticky')).toMatchObject({ step: 'signed-in', mode: 'sticky' });
});

it('lets someone come later where the bank registers nobody for the moment', async () => {
  bank.fault = ({ path }) => (path === '/auth/customers' ? { status: 422, body: {} } : undefined);
  for (let tries = 0; tries < 21; tries++) await expect(visits.begin('sticky')).rejects.toThrow('registered');
  bank.fault = () => undefined;
  expect(await visits.begin('sticky')).toMatchObject({ step: 'signed-in' });
});

it('keeps the step where the bank refuses it, and shows what it said', async () => {
  const { id } = await visits.begin('sticky');
  bank.fault = ({ path, method }) =>
    method === 'POST' && path === '/session/transfer' ? { status: 403, body: {} } : undefined;
  const now = await visits.ask(id, 'payee');
  expect(now).toMatchObject({ step: 'signed-in', lost: null });
  expect(now.exchanges.at(-1)).toMatchObject({ path: '/session/transfer', status: 403, outcome: 'refused' });
});
