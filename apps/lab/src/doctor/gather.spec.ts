import { expect, it } from '@jest/globals';
import { gather } from './gather.js';

const forbidden = 'nodes is forbidden: User "ada" cannot list resource "nodes" in API group "" at the cluster scope';

it('knows nothing of what it may not read, though kubectl prints an empty list of it', async () => {
  const ask = async (...args: string[]) =>
    args[1] === 'ingressclasses' ? { out: '{"items":[]}', failed: forbidden } : { out: '{"items":[]}' };
  const snapshot = await gather(ask, 'c', { namespace: 'bank', release: 'bank' });
  expect(snapshot.ingressClasses).toBeUndefined();
  expect(snapshot.storageClasses).toEqual([]);
  expect(snapshot.unread).toEqual(['the right to list nodes in all namespaces']);
});
