import { expect, it } from '@jest/globals';
import { snapshot, unwell } from '../../../test/cluster-snapshot.js';
import { crashes } from './crashes.js';

const crashed = (exitCode: number, reason = 'Error', limits = {}) =>
  unwell(
    'account',
    {
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode, reason } },
    },
    { containers: [{ name: 'account', image: 'tellers:0.1.0', resources: { limits } }] },
  );

it('shows the faults of settings that a pod cannot run with', () => {
  const pod = crashed(78);
  const said = 'The settings are wrong:\n  REDIS_URL: a redis:// or rediss:// URL is required\n';
  const [found] = crashes(snapshot({ pods: [pod], previousLogs: { [pod.metadata.name]: said } }));
  expect(found!.sentence).toMatch(/^deployment\/tellers-account is given settings .*exit code 78, 3 times restarted/);
  expect(found!.evidence).toEqual(['The settings are wrong:', '  REDIS_URL: a redis:// or rediss:// URL is required']);
});

it('tells a pod that ran out of memory from one that failed', () => {
  const [found] = crashes(snapshot({ pods: [crashed(137, 'OOMKilled', { memory: '256Mi' })] }));
  expect(found!.sentence).toContain('ran out of its memory of 256Mi');
  expect(found!.next).toEqual([expect.stringContaining('--set account.resources.limits.memory=512Mi')]);
});

it('gives the exit code and the log of anything else', () => {
  const [found] = crashes(snapshot({ pods: [crashed(1)] }));
  expect(found!.sentence).toContain('ends with exit code 1');
  expect(found!.next).toEqual([]);
  expect(found!.look![0]).toMatch(/logs tellers-account-7c9f4-abcde --container account$/);
});

it('forgives a pod that restarted once and is well since', () => {
  const pod = unwell('account', { ready: true, restartCount: 1, lastState: { terminated: { exitCode: 1 } } });
  expect(crashes(snapshot({ pods: [pod] }))).toEqual([]);
});

it('mends a wrong setting where it comes from: a Secret, or a variable of the user', () => {
  const one = crashed(78);
  const said = 'The settings are wrong:\n  CONTINUATION_SECRET: too short\n  LOG_LEVEL: unknown\n';
  const env = [
    { name: 'CONTINUATION_SECRET_FILE', value: '/run/secrets/account/continuation-secret' },
    { name: 'LOG_LEVEL', value: 'loud' },
  ];
  const volumes = [{ name: 'account', secret: { secretName: 'mine', items: [{ key: 'cont', path: 'cont' }] } }];
  const wired = { ...one, spec: { ...one.spec, containers: [{ ...one.spec.containers[0]!, env }], volumes } };
  const [found] = crashes(snapshot({ pods: [wired], previousLogs: { [one.metadata.name]: said } }));
  expect(found!.next[0]).toMatch(
    /create secret generic mine --from-literal=cont="\$\(openssl rand -hex 32\)" .*rollout restart deployment\/tellers-account && helm .* --set account\.env\.LOG_LEVEL=null$/,
  );
});

it("tells a mesh's container from the bank's", () => {
  const one = crashed(78);
  const image = { image: 'aproxy', imageID: '' };
  const status = { name: 'aproxy', ...image, ready: false, restartCount: 1, state: { terminated: { exitCode: 78 } } };
  const [found] = crashes(snapshot({ pods: [{ ...one, status: { ...one.status, containerStatuses: [status] } }] }));
  expect(found!.sentence).toContain(
    "aproxy, a container beside the bank's in deployment/tellers-account, ends with exit code 78",
  );
  expect(found!.next).toEqual([]);
});
