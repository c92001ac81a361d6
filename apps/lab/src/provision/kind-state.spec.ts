import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '../repository.js';
import { nodesIn, plainLine, stateOf, withPorts, type ClusterSigns } from './kind-state.js';

const yes = { ready: true };
const whole: ClusterSigns = { containers: 3, configured: true, nodes: [yes, yes, yes], hasStorageClass: true };

describe('stateOf', () => {
  it.each<[string, Partial<ClusterSigns>, string]>([
    ['made to its end', {}, 'whole'],
    ['ended before kubeadm began', { configured: false, nodes: undefined }, 'half-made'],
    ['ended before its workers joined', { nodes: [yes] }, 'half-made'],
    ['ended before it had a storage class', { hasStorageClass: false }, 'half-made'],
    ['whose API does not answer', { nodes: undefined }, 'silent'],
    ['with a node that is not ready', { nodes: [yes, yes, { ready: false }] }, 'not ready'],
  ])('a cluster %s is known', (_, change, state) => {
    expect(stateOf({ ...whole, ...change })).toBe(state);
  });
});

it('reads readiness from the node objects', () => {
  const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
  const unknown = { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } };
  expect(nodesIn(JSON.stringify({ items: [ready, unknown, { status: {} }] }))).toEqual([
    yes,
    { ready: false },
    { ready: false },
  ]);
});

it('moves the ports of our own configuration', () => {
  const moved = withPorts(readFileSync(join(repositoryRoot, 'k8s/kind.yaml'), 'utf8'), 9080, 9443);
  expect(moved).toContain('containerPort: 80, hostPort: 9080');
  expect(moved).toContain('containerPort: 443, hostPort: 9443');
});

it('shows the begin and the end of a step alike', () => {
  expect(plainLine(' • Preparing nodes 📦 📦 📦   ...')).toBe('Preparing nodes');
  expect(plainLine('\u001B[32m ✓\u001B[0m Preparing nodes 📦 📦 📦 ')).toBe('Preparing nodes');
});
