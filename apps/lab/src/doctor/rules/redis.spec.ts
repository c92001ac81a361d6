import { expect, it } from '@jest/globals';
import { container, pod, snapshot, workload } from '../../../test/cluster-snapshot.js';
import { redis } from './redis.js';

const REDIS_URL = { name: 'REDIS_URL', value: 'redis://:$(REDIS_PASSWORD)@tellers-redis:6379' };
const account = pod('account', { containers: [{ ...container('account'), env: [REDIS_URL] }] });
const line = (message: string) =>
  JSON.stringify({ level: 'warn', err: { message, code: 'ECONNREFUSED' }, msg: 'redis connection failed' });
const log = `${line('connect ECONNREFUSED 10.96.1.1:6379')}\n`;

it('says that Redis is scaled to 0, and no more', () => {
  const found = redis(
    snapshot({ workloads: [workload('account'), workload('redis', 0, 0)], logs: { [account.metadata.name]: log } }),
  );
  expect(found.map(({ object }) => object)).toEqual(['statefulset/tellers-redis']);
  expect(found[0]!.next).toEqual([
    'kubectl --context kind-tellers --namespace tellers scale statefulset/tellers-redis --replicas=1',
  ]);
});

it("tells what the bank's pods log of a Redis that does not answer", () => {
  const [found] = redis(snapshot({ pods: [account], logs: { [account.metadata.name]: log } }));
  expect(found!.sentence).toBe('Redis at tellers-redis:6379 does not answer deployment/tellers-account.');
  expect(found!.evidence).toEqual(['connect ECONNREFUSED 10.96.1.1:6379']);
});

it('names an external Redis by its address', () => {
  const [found] = redis(
    snapshot({ pods: [account], workloads: [workload('account')], logs: { [account.metadata.name]: line('') } }),
  );
  expect(found!.object).toBe('redis tellers-redis:6379');
  expect(found!.evidence).toEqual(['ECONNREFUSED']);
});

it('says nothing where logs tell of other things', () => {
  expect(redis(snapshot({ pods: [account], logs: { [account.metadata.name]: '{"msg":"listening"}\n' } }))).toEqual([]);
});

it('has the pods of the bank take the password that the Secret has now', () => {
  const wrong = line('WRONGPASS invalid username-password pair');
  const [found] = redis(snapshot({ pods: [account], logs: { [account.metadata.name]: wrong } }));
  expect(found!.sentence).toContain('does not take the password');
  expect(found!.next[0]).toMatch(/helm .* upgrade /);
});
