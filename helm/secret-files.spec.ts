import { describe, expect, it } from '@jest/globals';
import { hasHelm, render, type Rendering } from './render.js';

const everything = { 'modes.shared.enabled': 'true', 'lab.enabled': 'true' };

/** Where a workload's first container finds a key of a Secret, by the Secret and the key. */
function files(chart: Rendering, kind: string, name: string): Record<string, string> {
  const { containers, volumes } = chart.one(kind, name).spec.template.spec;
  const found = volumes.flatMap((volume: { name: string; secret?: SecretVolume }) => {
    const mount = containers[0].volumeMounts.find((candidate: { name: string }) => candidate.name === volume.name);
    const { secretName, items = [] } = volume.secret ?? {};
    return items.map(({ key, path }) => [`${secretName}/${key}`, `${mount.mountPath}/${path}`]);
  });
  return Object.fromEntries(found);
}

interface SecretVolume {
  secretName: string;
  items?: { key: string; path: string }[];
}

(hasHelm ? describe : describe.skip)('secrets (skipped where there is no helm on the PATH)', () => {
  it('reach containers as files, never as variables', () => {
    const chart = render(everything);
    for (const { spec } of chart.podSpecs()) expect(JSON.stringify(spec)).not.toContain('secretKeyRef');
    const redis = { 'tellers-redis/redis-password': '/run/secrets/redis/redis-password' };
    expect(files(chart, 'StatefulSet', 'tellers-redis')).toEqual(redis);
    expect(files(chart, 'Deployment', 'tellers-auth')).toEqual(redis);
    expect(files(chart, 'StatefulSet', 'tellers-session-shared')).toEqual(redis);
    expect(files(chart, 'Deployment', 'tellers-account')).toEqual({
      ...redis,
      'tellers-account/continuation-secret': '/run/secrets/account/continuation-secret',
    });
    expect(files(chart, 'Deployment', 'tellers-lab')).toEqual({
      'tellers-lab/page-token': '/run/secrets/lab/page-token',
    });
  });

  it('are read at the paths where they are mounted', () => {
    const chart = render(everything);
    expect(chart.environment('Deployment', 'tellers-account')).toMatchObject({
      REDIS_PASSWORD_FILE: '/run/secrets/redis/redis-password',
      CONTINUATION_SECRET_FILE: '/run/secrets/account/continuation-secret',
      REDIS_URL: 'redis://tellers-redis:6379',
    });
    const { command } = chart.one('StatefulSet', 'tellers-redis').spec.template.spec.containers[0];
    expect(command.at(-1)).toContain('/run/secrets/redis/redis-password');
  });

  it("go by the keys of the user's own Secrets, which the chart's own do not", () => {
    const keys = {
      'redis.existingSecretKey': 'pass',
      'account.existingSecretKey': 'sign',
      'lab.existingSecretKey': 'token',
    };
    const own = { 'redis.existingSecret': 'r', 'account.existingSecret': 'a', 'lab.existingSecret': 'l' };
    const chart = render({ ...everything, ...keys, ...own });
    expect(Object.keys(files(chart, 'Deployment', 'tellers-account'))).toEqual(['a/sign', 'r/pass']);
    expect(Object.keys(files(chart, 'StatefulSet', 'tellers-redis'))).toEqual(['r/pass']);
    expect(Object.keys(files(chart, 'Deployment', 'tellers-lab'))).toEqual(['l/token']);
    const plain = render({ ...everything, ...keys });
    expect(Object.keys(files(plain, 'Deployment', 'tellers-lab'))).toEqual(['tellers-lab/page-token']);
  });

  it("find the authority of a Redis of the user's own by its key", () => {
    const chart = render({
      'redis.external.url': 'rediss://redis.example.com',
      'redis.external.caSecret': 'authority',
      'redis.external.caSecretKey': 'root.pem',
    });
    expect(files(chart, 'Deployment', 'tellers-auth')).toEqual({
      'authority/root.pem': '/run/secrets/redis-ca/ca.crt',
    });
    expect(chart.environment('Deployment', 'tellers-auth')).not.toHaveProperty('REDIS_PASSWORD_FILE');
  });

  it('can be read by any user that a pod may run as', () => {
    for (const { spec } of render(everything).podSpecs()) {
      const modes = (spec.volumes ?? []).flatMap(
        ({ secret }: { secret?: { defaultMode: number } }) => secret?.defaultMode ?? [],
      );
      // Octal to Kubernetes, whose YAML is 1.1.
      expect(modes.filter((mode: number) => mode !== 444)).toEqual([]);
    }
  });

  it.each(['REDIS_PASSWORD', 'REDIS_PASSWORD_FILE', 'CONTINUATION_SECRET'])(
    'are not to be set as account.env.%s',
    (name) => {
      expect(() => render({ [`account.env.${name}`]: 'x' })).toThrow(
        /would replace what the chart sets: set \w+\.existingSecret/,
      );
    },
  );

  it('are all in a render for a try, so that none has to be made by hand', () => {
    const chart = render(everything);
    const made = chart.all('Secret').map(({ metadata }) => metadata.name);
    const named = JSON.stringify(chart.podSpecs()).matchAll(/"secretName":"([^"]+)"/g);
    expect(made).toEqual(expect.arrayContaining([...named].map(([, name]) => name)));
  });
});
