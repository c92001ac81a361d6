import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const digest = `sha256:${'a1'.repeat(32)}`;
const everything = { 'lab.enabled': 'true' };

function images(values: Record<string, string>): Record<string, string> {
  const specs = render({ ...everything, ...values }).podSpecs();
  return Object.fromEntries(specs.map(({ name, spec }) => [name.replace('tellers-', ''), spec.containers[0].image]));
}

(hasHelm ? describe : describe.skip)('images (skipped where there is no helm on the PATH)', () => {
  it.each([
    [{ 'image.digest': digest }, `tellers@${digest}`],
    [{ 'image.tag': '1.2.3', 'image.digest': digest }, `tellers@${digest}`],
    [{ 'image.tag': `1.2.3@${digest}` }, `tellers:1.2.3@${digest}`],
    [{ 'image.repository': 'localhost:5000/bank/tellers' }, 'localhost:5000/bank/tellers:0.1.0'],
  ])('are pinned by %j', (values, image) => {
    const { redis, ...ours } = images(values);
    expect(redis).toMatch(/^valkey\/valkey:/);
    expect([...new Set(Object.values(ours))]).toEqual([image]);
    expect(Object.keys(ours)).toContain('test');
  });

  it('of Redis may be pinned too', () => {
    const image = `valkey/valkey:9.1.2@${digest}`;
    expect(images({ 'redis.image': image })['redis']).toBe(image);
  });

  it.each([
    ['tellers', 'mirror.example.com/hub/tellers:0.1.0'],
    ['docker.io/bank/tellers', 'mirror.example.com/hub/bank/tellers:0.1.0'],
    ['localhost:5000/tellers', 'mirror.example.com/hub/tellers:0.1.0'],
  ])('named %s come from the registry that an umbrella chart has for all', (repository, image) => {
    const registry = { 'global.imageRegistry': 'mirror.example.com/hub' };
    const { redis, account } = images({ ...registry, 'image.repository': repository });
    expect(account).toBe(image);
    expect(redis).toBe('mirror.example.com/hub/valkey/valkey:9.1.2');
  });

  it("are pulled with the chart's and an umbrella chart's credentials, each once", () => {
    const yaml = `
      global: { imagePullSecrets: [shared, { name: other }] }
      image: { pullSecrets: [{ name: mine }, { name: shared }] }`;
    for (const { spec } of render(everything, [], { yaml }).podSpecs()) {
      expect(spec.imagePullSecrets).toEqual([{ name: 'shared' }, { name: 'other' }, { name: 'mine' }]);
    }
    for (const { spec } of render(everything).podSpecs()) expect(spec).not.toHaveProperty('imagePullSecrets');
  });

  it.each([
    [{ 'image.repository': `tellers@${digest}` }, 'set image.digest to it'],
    [{ 'image.digest': 'a1a1' }, 'does not match pattern'],
    [{ 'image.tag': '@sha256:1' }, 'does not match pattern'],
  ])('are refused for %j', (values, words) => {
    expect(() => render(values)).toThrow(words);
  });
});
