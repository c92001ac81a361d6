import { expect, it } from '@jest/globals';
import { labels, node, snapshot, systemPod } from '../../../test/cluster-snapshot.js';
import type { NetworkPolicy, Peer } from '../kube-objects.js';
import { networkPolicies } from './network-policies.js';

const policy = (...from: Peer[]): NetworkPolicy => ({
  kind: 'NetworkPolicy',
  metadata: { name: 'tellers-account', namespace: 'tellers', labels: labels('account') },
  spec: {
    podSelector: { matchLabels: labels('account') },
    ingress: [{ ports: [{ port: 'http' }], from }, { ports: [{ port: 'admin' }] }],
  },
});
const at = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const traefik = { matchLabels: { 'app.kubernetes.io/name': 'traefik' } };
const found = (peers: Peer[], pod = systemPod('traefik')) =>
  networkPolicies(snapshot({ policies: [policy(...peers)], systemPods: [pod], nodes: [] }));

it('lets the controller in by its labels and its namespace', () => {
  expect(found([{ namespaceSelector: at('kube-system'), podSelector: traefik }])).toEqual([]);
  expect(found([{ namespaceSelector: {} }])).toEqual([]);
  expect(found([])).toEqual([]);
});

it('knows that one policy is enough, and that namespaces have labels of their own', () => {
  const none = { ...policy(), spec: { podSelector: {}, ingress: [] } };
  const own: Peer = { namespaceSelector: { matchLabels: { team: 'edge' } } };
  const namespaces = [{ kind: 'Namespace' as const, metadata: { name: 'kube-system', labels: { team: 'edge' } } }];
  const parts = { policies: [none, policy(own)], systemPods: [systemPod('traefik')] };
  expect(networkPolicies(snapshot({ ...parts, namespaces }))).toEqual([]);
  expect(networkPolicies(snapshot(parts))).toHaveLength(1);
});

it.each<[string, Peer]>([
  ['other labels', { namespaceSelector: {}, podSelector: { matchLabels: { app: 'edge' } } }],
  ['another namespace', { namespaceSelector: at('edge'), podSelector: traefik }],
  ['its own namespace alone', { podSelector: traefik }],
  ['another address', { ipBlock: { cidr: '10.0.0.0/8' } }],
])('tells a policy that is for %s', (_, peer) => {
  const [finding] = found([peer]);
  expect(finding!.sentence).toContain('keep the ingress controller out');
  const set = /--set-json 'networkPolicy\.ingressFrom=(.*)'$/.exec(finding!.next[0]!)![1]!;
  expect(found(JSON.parse(set) as Peer[])).toEqual([]);
});

it('knows a controller on the network of its node by its address alone', () => {
  const pod = systemPod('traefik');
  const onNode = { ...pod, spec: { ...pod.spec, hostNetwork: true }, status: { ...pod.status, podIP: '172.18.0.2' } };
  const [finding] = found([{ namespaceSelector: {} }], onNode);
  expect(finding!.sentence).toContain("on its node's own network (172.18.0.2)");
  expect(found([{ ipBlock: { cidr: '172.18.0.0/16' } }], onNode)).toEqual([]);
  const second = { ...node('b'), status: { addresses: [{ type: 'InternalIP', address: '172.18.0.3' }] } };
  const several = { policies: [policy({ namespaceSelector: {} })], systemPods: [onNode], nodes: [second] };
  expect(networkPolicies(snapshot(several))[0]!.next[0]).toContain('172.18.0.3/32');
});
