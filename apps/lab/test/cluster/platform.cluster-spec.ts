import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/repository.js';
import { nameMeans } from './host-name.js';
import { helm, kubectl, objects, place } from './place.js';

/** Another release than the bank's, which stays as it is. */
const release = 'platform';
const selector = `app.kubernetes.io/instance=${release}`;
const password = 'a/b+c=@:% "q\\ #$x';
const user = 1_234_567;
/** As OpenShift runs it: any user, of the group 0. */
const arbitraryUser = {
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: 0,
  seccompProfile: { type: 'RuntimeDefault' },
};
const one = { replicas: 1, autoscaling: { enabled: false }, resources: { requests: { cpu: '10m' } } };
const values = {
  image: { tag: place.tag },
  ingress: { host: `platform.${place.host}`, hosts: [`*.more.${place.host}`], pathPrefix: '/bank' },
  modes: { handoff: { enabled: true } },
  auth: one,
  account: one,
  session: one,
  redis: { existingSecret: 'odd', existingSecretKey: 'pass', persistence: { enabled: false } },
  // Values of the chart's are left out by null.
  podSecurityContext: { ...arbitraryUser, fsGroup: null, fsGroupChangePolicy: null },
  networkPolicy: { egress: { enabled: true } },
};

describe('what a platform team sets', () => {
  beforeAll(async () => {
    await kubectl(['create', 'secret', 'generic', 'odd', `--from-literal=pass=${password}`]);
    const sets = Object.entries(values).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]);
    await helm('install', release, join(repositoryRoot, 'helm/tellers'), ...sets, '--wait', '--timeout', '4m');
  }, 300_000);

  afterAll(async () => {
    await helm('uninstall', release, '--wait', '--timeout', '3m');
    await kubectl(['delete', 'secret', '--selector', selector]);
    await kubectl(['delete', 'secret', 'odd']);
  }, 240_000);

  it('opens a bank as any user, with secrets in files, a password of any characters, a prefix, and bounded egress', async () => {
    const pods = await objects<V1Pod>('pods', '--selector', selector);
    expect(pods).toHaveLength(5);
    for (const { spec } of pods) expect(spec?.securityContext).toEqual(arbitraryUser);
    expect(await helm('test', release, '--timeout', '3m')).toMatch(/Phase:\s+Succeeded/);
  }, 240_000);

  it.each([
    [`platform.${place.host}/bank`, true],
    [`any.more.${place.host}/bank`, true],
    // Another bank of the cluster may answer to any host.
    [`platform.${place.host}`, false],
  ])('answers at %s: %s', async (address, answers) => {
    const url = new URL(`http://${address}/auth/.well-known/jwks.json`);
    nameMeans(url.hostname, new URL(place.ingressUrl).hostname);
    url.port = new URL(place.ingressUrl).port;
    const servedBy = (await fetch(url)).headers.get('x-served-by') ?? '';
    expect(servedBy.startsWith(`${release}-tellers-auth-`)).toBe(answers);
  });
});
