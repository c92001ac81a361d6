import { BlockList, isIP } from 'node:net';
import { componentOf, helmUpgradeJson, nameOf, type ClusterSnapshot, type Rule } from '../cluster-snapshot.js';
import { controllerOf, podsOf } from '../ingress-controllers.js';
import type { NetworkPolicy, Peer, KubePod, Selector, KubeWorkload } from '../kube-objects.js';

/** What changes with each pod, and so can be in no policy. */
const ofOnePod = [
  'pod-template-hash',
  'controller-revision-hash',
  'apps.kubernetes.io/pod-index',
  'statefulset.kubernetes.io/pod-name',
];

/** Policies that keep the ingress controller out: it has other labels, is in another namespace, or on the node's own network. */
export const networkPolicies: Rule = (snapshot) => {
  const classes = snapshot.ingresses.map(({ spec }) => spec.ingressClassName);
  const pods = (snapshot.ingressClasses ?? [])
    .filter(({ metadata }) => classes.includes(metadata.name))
    .flatMap((ingressClass) => {
      const known = controllerOf(ingressClass);
      return known === undefined ? [] : (podsOf(snapshot, known) ?? []);
    });
  const served = snapshot.workloads.filter((workload) => /^(auth|account|session-)/.test(componentOf(workload)));
  const shut = pods.flatMap((pod) => {
    const closed = served.filter((workload) => !isReached(snapshot, workload, pod));
    return closed.length === 0 ? [] : [{ pod, closed }];
  });
  const [first] = shut;
  if (first === undefined) return [];
  const { pod, closed } = first;
  const { name, namespace } = pod.metadata;
  const why = pod.spec.hostNetwork
    ? `is on its node's own network (${addressOf(pod)}), which no label tells`
    : 'is none of those whom they let in, by its labels and its namespace';
  return [
    {
      object: 'networkpolicies',
      sentence:
        `The NetworkPolicies of ${closed.map(nameOf).join(', ')} keep the ingress controller out: its pod ${name} of the ` +
        `namespace ${namespace} ${why}. Where policies are enforced, nobody gets in.`,
      next: [helmUpgradeJson(snapshot, 'networkPolicy.ingressFrom', peersFor(snapshot, pods))],
    },
  ];
};

function peersFor({ nodes }: ClusterSnapshot, pods: readonly KubePod[]): Peer[] {
  const hosts = pods.filter(({ spec }) => spec.hostNetwork).map(addressOf);
  const all = (nodes ?? []).flatMap(({ status }) => status.addresses ?? []).filter(({ type }) => type === 'InternalIP');
  const addresses = hosts.length === 0 ? [] : new Set([...hosts, ...all.map(({ address }) => address)]);
  const blocks = [...addresses].filter((address) => isIP(address) !== 0);
  const peers = pods
    .filter(({ spec }) => !spec.hostNetwork)
    .map(({ metadata: { labels = {}, namespace = '' } }) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      podSelector: {
        matchLabels: Object.fromEntries(Object.entries(labels).filter(([key]) => !ofOnePod.includes(key))),
      },
    }));
  const cidrs = blocks.map((address) => ({ ipBlock: { cidr: `${address}/${isIP(address) === 4 ? 32 : 128}` } }));
  return [...new Map([...peers, ...cidrs].map((peer) => [JSON.stringify(peer), peer])).values()];
}

/** Whether a pod reaches the port that clients come through: one policy that lets it in is enough, and so is none at all. */
function isReached(snapshot: ClusterSnapshot, { metadata: { labels = {} } }: KubeWorkload, pod: KubePod): boolean {
  const holding = snapshot.policies.filter(({ spec }) => matches(spec.podSelector ?? {}, labels));
  return holding.length === 0 || holding.some((policy) => admits(snapshot, policy, pod));
}

function admits(snapshot: ClusterSnapshot, { spec }: NetworkPolicy, pod: KubePod): boolean {
  return (spec.ingress ?? [])
    .filter(({ ports }) => ports === undefined || ports.some(({ port }) => port === 'http'))
    .some(({ from }) => from === undefined || from.length === 0 || from.some((peer) => isPeer(snapshot, peer, pod)));
}

function isPeer(snapshot: ClusterSnapshot, { ipBlock, podSelector, namespaceSelector }: Peer, pod: KubePod): boolean {
  if (ipBlock !== undefined) return isWithin(addressOf(pod), ipBlock.cidr);
  if (pod.spec.hostNetwork) return false;
  const { namespace = '', labels = {} } = pod.metadata;
  const isThere =
    namespaceSelector === undefined
      ? namespace === snapshot.namespace
      : matches(namespaceSelector, labelsOf(snapshot, namespace));
  return isThere && (podSelector === undefined || matches(podSelector, labels));
}

function labelsOf({ namespaces }: ClusterSnapshot, name: string): Readonly<Record<string, string>> {
  const found = namespaces?.find(({ metadata }) => metadata.name === name);
  return found?.metadata.labels ?? { 'kubernetes.io/metadata.name': name };
}

function matches(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  const isOneOf = ({ key, operator, values = [] }: (typeof matchExpressions)[number]): boolean => {
    if (operator === 'Exists' || operator === 'DoesNotExist') return key in labels === (operator === 'Exists');
    return values.includes(labels[key] ?? '') === (operator === 'In');
  };
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every(isOneOf);
}

function isWithin(address: string, cidr: string): boolean {
  const [net = '', prefix = ''] = cidr.split('/');
  const kinds = { 4: 'ipv4', 6: 'ipv6' } as const;
  const [mine, theirs] = [isIP(address), isIP(net)] as (0 | 4 | 6)[];
  if (mine === undefined || theirs === undefined || mine !== theirs || mine === 0) return false;
  const list = new BlockList();
  list.addSubnet(net, Number(prefix), kinds[mine]);
  return list.check(address, kinds[mine]);
}

function addressOf({ status }: KubePod): string {
  return status.podIP ?? '';
}
