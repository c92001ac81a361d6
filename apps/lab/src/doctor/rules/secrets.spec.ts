import { expect, it } from '@jest/globals';
import { container, pod, snapshot, unwell, workload } from '../../../test/cluster-snapshot.js';
import { secrets } from './secrets.js';

const reference = { name: 'tellers-redis', key: 'redis-password' };
const needy = (component: string, optional = false) =>
  workload(component, 1, 1, {
    containers: [
      {
        ...container(component),
        env: [{ name: 'REDIS_PASSWORD', valueFrom: { secretKeyRef: { ...reference, optional } } }],
      },
    ],
  });
const auth = workload('auth');

it('names a Secret that is not there, and who needs it', () => {
  const found = secrets(snapshot({ secretNames: [], workloads: [auth, needy('account'), needy('redis')] }));
  expect(found).toEqual([
    {
      object: 'secret/tellers-redis',
      explains: ['deployment/tellers-account', 'statefulset/tellers-redis'],
      sentence:
        'The Secret tellers-redis is missing, and pods of deployment/tellers-account, statefulset/tellers-redis cannot start ' +
        'without it (its redis-password).',
      next: [
        'helm --kube-context kind-tellers --namespace tellers upgrade tellers helm/tellers --reset-then-reuse-values --set redis.existingSecret=',
      ],
    },
  ]);
});

it('names a Secret that is mounted', () => {
  const volumes = [{ name: 'keys', secret: { secretName: 'my-keys' } }];
  const [found] = secrets(snapshot({ workloads: [workload('auth', 1, 1, { volumes })] }));
  expect(found!.object).toBe('secret/my-keys');
  expect(found!.next[0]).toMatch(/create secret generic my-keys --from-literal="\$\(date \+%s\)\.pem=\$\(openssl /);
});

it('names the key that a Secret lacks', () => {
  const message = "couldn't find key redis-password in Secret tellers/tellers-redis";
  const [found] = secrets(
    snapshot({ pods: [unwell('account', { state: { waiting: { reason: 'CreateContainerConfigError', message } } })] }),
  );
  expect(found!.sentence).toContain('The Secret tellers-redis has no redis-password');
});

it('names the key that a mounted Secret lacks, and makes a Secret of the release anew', () => {
  const volumes = [{ name: 'account', secret: { secretName: 'tellers-account' } }];
  const waiting = pod('account', { volumes, status: { phase: 'Pending' } });
  const message =
    'MountVolume.SetUp failed for volume "account" : references non-existent secret key: continuation-secret';
  const involvedObject = { kind: 'Pod', name: waiting.metadata.name };
  const events = [{ kind: 'Event' as const, metadata: { name: 'e' }, message, involvedObject }];
  const [found] = secrets(snapshot({ workloads: [auth], pods: [waiting], events }));
  expect(found!.sentence).toContain('The Secret tellers-account has no continuation-secret');
  expect(found!.next[0]).toMatch(/delete secret tellers-account && helm .* --set account\.existingSecret=$/);
});

it('leaves alone what only pods on their way out need', () => {
  const volumes = [{ name: 'old', secret: { secretName: 'old' } }];
  expect(secrets(snapshot({ pods: [pod('account', { volumes })] }))).toEqual([]);
});

it('asks for nothing that is optional, and says nothing where Secrets may not be listed', () => {
  expect(secrets(snapshot({ secretNames: [], workloads: [needy('account', true)] }))).toEqual([]);
  expect(secrets(snapshot({ secretNames: undefined, workloads: [needy('account')] }))).toEqual([]);
});
