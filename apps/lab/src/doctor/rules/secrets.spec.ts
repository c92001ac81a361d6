import { expect, it } from '@jest/globals';
import { container, pod, snapshot, unwell } from '../../../test/cluster-snapshot.js';
import { secrets } from './secrets.js';

const reference = { name: 'tellers-redis', key: 'redis-password' };
const needy = (component: string, optional = false) =>
  pod(component, {
    containers: [
      {
        ...container(component),
        env: [{ name: 'REDIS_PASSWORD', valueFrom: { secretKeyRef: { ...reference, optional } } }],
      },
    ],
  });

it('names a Secret that is not there, and who needs it', () => {
  const found = secrets(snapshot({ secretNames: [], pods: [needy('account'), needy('redis')] }));
  expect(found).toEqual([
    {
      object: 'secret/tellers-redis',
      explains: ['deployment/tellers-account', 'statefulset/tellers-redis'],
      sentence:
        'The Secret tellers-redis is missing, and deployment/tellers-account, statefulset/tellers-redis cannot start ' +
        'without it (its redis-password).',
      next: ['helm --kube-context kind-tellers --namespace tellers upgrade tellers helm/tellers --reuse-values'],
    },
  ]);
});

it('names a Secret that is mounted', () => {
  const volumes = [{ name: 'keys', secret: { secretName: 'my-keys' } }];
  const [found] = secrets(snapshot({ pods: [pod('auth', { volumes })] }));
  expect(found!.object).toBe('secret/my-keys');
  expect(found!.next[0]).toContain('create secret generic my-keys --from-literal <key>=<value>');
});

it('names the key that a Secret lacks', () => {
  const message = "couldn't find key redis-password in Secret tellers/tellers-redis";
  const [found] = secrets(
    snapshot({ pods: [unwell('account', { state: { waiting: { reason: 'CreateContainerConfigError', message } } })] }),
  );
  expect(found!.sentence).toContain('The Secret tellers-redis has no redis-password');
});

it('asks for nothing that is optional, and says nothing where Secrets may not be listed', () => {
  expect(secrets(snapshot({ secretNames: [], pods: [needy('account', true)] }))).toEqual([]);
  expect(secrets(snapshot({ secretNames: undefined, pods: [needy('account')] }))).toEqual([]);
});
