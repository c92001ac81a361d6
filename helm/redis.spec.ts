import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

(hasHelm ? describe : describe.skip)('the Redis of the release', () => {
  it.each([
    [{ 'redis.maxmemory': '2gb' }, 'set redis.maxmemory=256mb or less, or the limit to 4096Mi or more'],
    [{ 'redis.resources.limits.memory': '511Mi' }, 'set redis.maxmemory=255mb or less, or the limit to 512Mi or more'],
    [{ 'redis.resources.limits.memory': '500M' }, 'is above half of redis.resources.limits.memory=500M'],
  ])('is refused more memory for data than half of its limit: %j', (values, sentence) => {
    expect(() => render(values)).toThrow(sentence);
  });

  it.each(['512Mi', '0.5Gi', '1e9', '600000000', '536870912000m', '.5Gi', '1T', 'null'])(
    'has room for its data in a limit of %s',
    (limit) => {
      expect(render({ 'redis.resources.limits.memory': limit }).names()).toContain('StatefulSet tellers-redis');
    },
  );

  it('replaces a pod that never gets ready, once its template is mended', () => {
    expect(render().one('StatefulSet', 'tellers-redis').spec.podManagementPolicy).toBe('Parallel');
  });

  it('runs whichever of the two the image has', () => {
    const [{ command }] = render().one('StatefulSet', 'tellers-redis').spec.template.spec.containers;
    expect(command.at(-1)).toContain('command -v valkey-server || command -v redis-server');
  });
});
