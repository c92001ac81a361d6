import { describe, expect, it } from '@jest/globals';
import { autoscaler, container, labels, pod, snapshot, unwell, workload } from '../../test/cluster-snapshot.js';
import { examine } from './examine.js';
import { isFault, render } from './render.js';

const unbound = {
  kind: 'PersistentVolumeClaim' as const,
  metadata: { name: 'data-tellers-redis-0', labels: labels('redis') },
  spec: {},
};
const short = [workload('account', 1), workload('redis', 1, 1)];

describe('examine', () => {
  it('finds nothing on a healthy cluster, and says so', () => {
    expect(examine(snapshot())).toEqual([]);
    expect(render(snapshot(), [])).toEqual([
      'kind-tellers, namespace tellers, release tellers: 2 of 2 pods ready. Nothing is wrong.',
    ]);
  });

  it('tells of a workload that is short of pods when no rule knows why, with the last warning', () => {
    const slow = pod('account', { status: { phase: 'Running' } });
    const event = (name: string, message: string) => ({
      kind: 'Event' as const,
      metadata: { name: 'e' },
      type: 'Warning',
      message,
      involvedObject: { kind: 'Pod', name },
    });
    const events = [event(slow.metadata.name, 'Readiness probe failed: 503'), event('another', 'else')];
    const found = examine(snapshot({ workloads: short, pods: [slow], events }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      sentence: 'deployment/tellers-account has 1 of 2 pods ready.',
      evidence: ['Readiness probe failed: 503'],
    });
  });

  it('tells a cause and not its effect again', () => {
    const waiting = { reason: 'ErrImagePull', message: 'not found' };
    expect(examine(snapshot({ workloads: short, pods: [unwell('account', { state: { waiting } })] }))).toHaveLength(1);
    const env = [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'my-secret', key: 'key' } } }];
    const containers = [{ ...container('account'), env }];
    const workloads = [workload('account', 1, 2, { containers }), workload('redis', 1, 1)];
    const found = examine(snapshot({ workloads, pods: [pod('account', { status: {}, containers })] }));
    expect(found.map(({ object }) => object)).toEqual(['secret/my-secret']);
    const claim = { ...unbound, status: { phase: 'Pending' } };
    const noRedis = [workload('account'), workload('redis', 0, 0)];
    const [first, ...rest] = examine(snapshot({ workloads: noRedis, claims: [claim] }));
    expect(first!.object).toBe('persistentvolumeclaim/data-tellers-redis-0');
    expect(rest).toEqual([]);
  });

  it('tells what is to be mended first, first', () => {
    const found = examine(
      snapshot({
        workloads: [workload('account', 0), workload('redis', 0, 0)],
        autoscalers: [autoscaler('account', 'unready')],
      }),
    );
    expect(found.map(({ object }) => object)).toEqual([
      'statefulset/tellers-redis',
      'deployment/tellers-account',
      'hpa/tellers-account',
    ]);
  });
});

describe('what is not there yet', () => {
  const at = snapshot().at;
  const before = (seconds: number): string => new Date(at - seconds * 1_000).toISOString();
  const starting = (seconds: number) => {
    const fresh = {
      ...workload('account', 1),
      metadata: { ...workload('account').metadata, creationTimestamp: before(seconds) },
    };
    return examine(snapshot({ workloads: [fresh, workload('redis', 1, 1)] }));
  };

  it('is no fault in its first minute, and is one after that', () => {
    expect(starting(30).map(({ level }) => level)).toEqual(['not yet']);
    expect(render(snapshot(), starting(30))[0]).toContain('Nothing is wrong, and not everything is there yet:');
    expect(starting(90).filter(isFault)).toHaveLength(1);
  });

  it('is told also of an update that stands still while old pods serve', () => {
    const half = workload('account');
    const stalled = { ...half, status: { ...half.status, updatedReplicas: 1 } };
    const [found] = examine(snapshot({ workloads: [stalled, workload('redis', 1, 1)] }));
    expect(found!.sentence).toBe('deployment/tellers-account has 2 of 2 pods ready, and 1 of 2 as they should be.');
  });
});

describe('render', () => {
  it('says where no command mends, and what tells more', () => {
    const lines = render(undefined, [{ object: 'x', sentence: 'Bad.', next: [], look: ['see'] }]);
    expect(lines).toEqual(['1. Bad.', '   No command mends this. To see more:', '   $ see']);
  });

  it('numbers findings, wraps sentences and leaves commands whole', () => {
    const finding = {
      object: 'x',
      sentence: 'word '.repeat(30).trim(),
      evidence: ['proof'],
      next: ['a '.repeat(60).trim(), 'b'],
    };
    const lines = render(snapshot({ unread: ['nodes: forbidden'] }), [finding]);
    expect(lines[0]).toContain('1 thing is wrong:');
    expect(lines[1]).toBe('Could not be looked at: nodes: forbidden');
    expect(lines.slice(2).filter((line) => line.length > 80)).toEqual([`   $ ${'a '.repeat(60).trim()}`]);
    expect(render(undefined, [finding])[0]).toMatch(/^1\. word/);
    expect(lines.slice(-3)).toEqual(['   > proof', expect.stringMatching(/^ {3}\$ a a/), '   or $ b']);
  });
});
