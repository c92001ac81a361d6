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

it('asks again for the log of a container that another is just following', async () => {
  const crashed = {
    kind: 'Pod',
    metadata: { name: 'one', labels: { 'app.kubernetes.io/name': 'tellers', 'app.kubernetes.io/instance': 'bank' } },
    spec: { containers: [{ name: 'account' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        { name: 'account', restartCount: 2, state: {}, lastState: { terminated: { exitCode: 78, reason: 'Error' } } },
      ],
    },
  };
  const answers = [
    'unable to retrieve container logs for containerd://0',
    'failed to try resolving symlinks in path "/var/log/pods/a/account/0.log": lstat: no such file or directory',
    'LOG_LEVEL is wrong\n',
  ];
  const ask = async (verb: string, what: string) => {
    if (verb === 'logs') return { out: answers.shift() ?? '' };
    return { out: JSON.stringify({ items: what.startsWith('pods,deployments,statefulsets') ? [crashed] : [] }) };
  };
  const { previousLogs } = await gather(ask, 'c', { namespace: 'bank', release: 'bank' });
  expect(previousLogs).toEqual({ one: 'LOG_LEVEL is wrong\n' });
});
