import { expect, it } from '@jest/globals';
import { snapshot, systemPod } from '../../../test/cluster-snapshot.js';
import { inotify } from './inotify.js';

const proxy = systemPod('kube-proxy', false);
const { name } = proxy.metadata;

it('raises the limit of the machine under the nodes of kind, and starts what failed by it again', () => {
  const logs = { [name]: 'E1128 "command failed" err="failed complete: too many open files"' };
  const [found] = inotify(snapshot({ systemPods: [proxy], logs }));
  expect(found!.object).toBe('node/tellers-worker');
  expect(found!.next).toEqual([
    'docker exec tellers-worker sysctl -w fs.inotify.max_user_instances=8192 fs.inotify.max_user_watches=1048576 && ' +
      `kubectl --context kind-tellers --namespace kube-system delete pod ${name}`,
  ]);
});

it('says nothing of other words', () => {
  expect(inotify(snapshot({ systemPods: [proxy], logs: { [name]: 'listening' } }))).toEqual([]);
});
