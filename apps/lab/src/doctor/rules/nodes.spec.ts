import { expect, it } from '@jest/globals';
import { node, seen } from '../../../test/seen-cluster.js';
import { nodes } from './nodes.js';

it('names a node that is not ready, and why', () => {
  const found = nodes(seen({ nodes: [node('a'), node('b', [], false)] }));
  expect(found.map(({ object }) => object)).toEqual(['node/b']);
  expect(found[0]!.sentence).toContain('Kubelet stopped posting');
  expect(found[0]!.next).toEqual(['kubectl --context kind-tellers --namespace tellers describe node b']);
});

it('says nothing where nodes may not be read', () => {
  expect(nodes(seen({ nodes: undefined }))).toEqual([]);
});
