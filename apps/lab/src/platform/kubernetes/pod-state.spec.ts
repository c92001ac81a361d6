import { describe, expect, it } from '@jest/globals';
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { lastExitOf, mainContainer, phaseOf, portOf, restartsOf, troubleOf } from './pod-state.js';

const ready = { type: 'Ready', status: 'True' };
const metadata = { name: 'p', labels: { 'app.kubernetes.io/component': 'session-sticky' } };
const proxy = { name: 'aproxy', restartCount: 9, ports: [{ name: 'admin', containerPort: 15_000 }] };
/** A pod whose first container is a mesh's. */
const container = (status: object): V1Pod => ({
  metadata,
  status: { containerStatuses: [proxy, { name: 'session', ...status }] as unknown as V1ContainerStatus[] },
});

describe('phaseOf', () => {
  it.each([
    ['starting', { status: { phase: 'Pending' } }],
    ['starting', { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } }],
    ['ready', { status: { phase: 'Running', conditions: [{ type: 'PodScheduled', status: 'True' }, ready] } }],
    [
      'terminating',
      { metadata: { deletionTimestamp: new Date(0) }, status: { phase: 'Running', conditions: [ready] } },
    ],
    ['gone', { metadata: { deletionTimestamp: new Date(0) }, status: { phase: 'Failed' } }],
  ] as [string, V1Pod][])('is %s for %j', (phase, pod) => {
    expect(phaseOf(pod)).toBe(phase);
  });
});

describe('a pod that is not well', () => {
  it('tells how often and how its process ended', () => {
    expect(restartsOf(container({ restartCount: 3 }))).toBe(3);
    expect(restartsOf({})).toBe(0);
    expect(lastExitOf(container({ lastState: { terminated: { exitCode: 78, reason: 'Error' } } }))).toBe('code 78');
    expect(lastExitOf(container({ lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }))).toContain(
      'memory',
    );
  });

  it('tells why it is not ready: the image, or that no node has room', () => {
    const waiting = { reason: 'ErrImageNeverPull', message: 'Container image is not present' };
    expect(troubleOf(container({ state: { waiting } }))).toBe('ErrImageNeverPull: Container image is not present');
    const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available' }];
    expect(troubleOf({ status: { phase: 'Pending', conditions } })).toBe('0/1 nodes are available');
    expect(troubleOf({})).toBe('starting');
  });
});

describe('portOf', () => {
  it("finds a port of the bank's own container by its name, and says which pod has none", () => {
    const containers = [proxy, { name: 'session', ports: [{ name: 'admin', containerPort: 3001 }] }];
    expect(portOf({ metadata, spec: { containers } }, 'admin')).toBe(3001);
    expect(() => portOf({ metadata, spec: { containers } }, 'http')).toThrow('p has no port called http');
  });
});

describe('the container that serves', () => {
  it('is the one that the chart names, else the one that kubectl takes, else the first', () => {
    const spec = { containers: [{ name: 'aproxy' }, { name: 'web' }, { name: 'session' }] };
    const takes = { 'kubectl.kubernetes.io/default-container': 'web' };
    expect(mainContainer({ metadata: { ...metadata, annotations: takes }, spec })?.name).toBe('session');
    expect(mainContainer({ metadata: { annotations: takes }, spec })?.name).toBe('web');
    expect(mainContainer({ spec })?.name).toBe('aproxy');
  });
});
