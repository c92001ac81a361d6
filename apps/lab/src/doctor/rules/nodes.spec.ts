import { expect, it } from '@jest/globals';
import { node, snapshot } from '../../../test/cluster-snapshot.js';
import { nodes } from './nodes.js';

it('names a node that is not ready, and why', () => {
  const found = nodes(snapshot({ nodes: [node('a'), node('b', [], false)] }));
  expect(found.map(({ object }) => object)).toEqual(['node/b']);
  expect(found[0]!.sentence).toContain('Kubelet stopped posting');
  expect(found[0]!.next).toEqual(['docker restart b']);
  expect(found[0]!.look).toEqual(['kubectl --context kind-tellers --namespace tellers describe node b']);
});

it('says nothing where nodes may not be read', () => {
  expect(nodes(snapshot({ nodes: undefined }))).toEqual([]);
});
