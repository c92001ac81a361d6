import { NetworkingV1Api, type V1Ingress, type V1IngressSpec } from '@kubernetes/client-node';
import { Agent, fetch } from 'undici';
import { setTimeout as sleep } from 'node:timers/promises';
import { ingressLookup } from '../../http/ingress-lookup.js';
import { modes } from '../modes.js';
import { kubectl, type Cluster } from '../../platform/kubernetes/cluster.js';
import { ClusterFault, whyOf } from '../../platform/kubernetes/cluster-fault.js';
import type { KubernetesTarget } from '../../platform/kubernetes/target.js';

/** The names of a workload's pods. */
type PodsOf = (workload: string) => readonly string[];

const answersWithinMs = 5_000;
/**
 * An ingress controller follows the Ingress some time later, path by path, and meanwhile another bank may answer that takes
 * any host; Traefik waits for 2 s (providersThrottleDuration, https://doc.traefik.io/traefik/providers/overview/).
 */
const followsWithinMs = 5_000;
const pauseMs = 500;
const dispatcher = new Agent({ connect: { lookup: ingressLookup } });
/** The port of this machine that k8s/kind.yaml maps to the ingress controller. */
const kindsAddresses = { http: 'http://127.0.0.1:8080', https: 'https://127.0.0.1:8443' } as const;

/** Where the bank may answer, by its Ingress; the likeliest first. */
export function addressesOf(ingresses: readonly V1Ingress[]): string[] {
  const addresses = ingresses.flatMap(({ spec, status }) => {
    const scheme = spec?.tls === undefined ? ('http' as const) : ('https' as const);
    const hosts = (spec?.rules ?? []).flatMap(({ host }) => (host === undefined || host.startsWith('*') ? [] : [host]));
    const balancers = (status?.loadBalancer?.ingress ?? []).flatMap(({ hostname, ip }) => hostname ?? ip ?? []);
    // A controller that serves several hosts knows this one by its name alone.
    const named = hosts.length > 0 ? hosts : balancers;
    return [...named.map((host) => `${scheme}://${host}`), kindsAddresses[scheme]].map(
      (address) => address + pathPrefixOf(spec),
    );
  });
  return [...new Set(addresses)];
}

/** What stands before the paths of the bank, by the one that every bank has. */
function pathPrefixOf(spec: V1IngressSpec | undefined): string {
  const paths = (spec?.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ path = '' }) => path));
  return paths.find((path) => path.endsWith('/auth'))?.slice(0, -'/auth'.length) ?? '';
}

/**
 * The front door of a bank, without a trailing slash: the one that is wished for, else the first address of its Ingress
 * where this bank answers under each of its paths, and no other one.
 * @param podsOf names of a workload's pods, one of which must answer there
 * @throws ClusterFault
 */
export async function findIngress(
  cluster: Cluster,
  bank: KubernetesTarget,
  podsOf: PodsOf,
  desired?: string,
): Promise<string> {
  const addresses =
    desired === undefined ? addressesOf(await ingressesOf(cluster, bank)) : [desired.replace(/\/+$/, '')];
  if (addresses.length === 0) {
    throw new ClusterFault(
      `The bank ${bank.release} has no Ingress. Install it with ingress.controller=traefik or haproxy, or give its address by --url.`,
    );
  }
  const workloads = [...bank.workloads.keys()];
  const until = Date.now() + followsWithinMs;
  for (;;) {
    const tried: string[] = [];
    for (const address of addresses) {
      const fault = await faultOf(address, workloads, podsOf);
      if (fault === undefined) return address;
      tried.push(`${address} ${fault}`);
    }
    if (Date.now() > until) {
      throw new ClusterFault(
        `The bank ${bank.release} is not reached from here: ${tried.join('; ')}. Give its address by --url, or look at ` +
          `the Ingress: ${kubectl(cluster)} describe ingress`,
      );
    }
    await sleep(pauseMs);
  }
}

async function ingressesOf(cluster: Cluster, { selector }: KubernetesTarget): Promise<V1Ingress[]> {
  const { config, namespace } = cluster;
  const api = config.makeApiClient(NetworkingV1Api);
  try {
    return (await api.listNamespacedIngress({ namespace, labelSelector: selector })).items;
  } catch (error) {
    throw new ClusterFault(`The Ingress may not be read: ${whyOf(error)}. Give the bank's address by --url.`);
  }
}

/** What is wrong with an address, to be read after it; undefined when this bank answers there. */
async function faultOf(address: string, workloads: readonly string[], podsOf: PodsOf): Promise<string | undefined> {
  for (const workload of workloads) {
    const fault = await faultAt(address, workload, podsOf(workload));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

async function faultAt(address: string, workload: string, pods: readonly string[]): Promise<string | undefined> {
  const path = pathOf(workload);
  try {
    const reply = await fetch(`${address}${path}`, { signal: AbortSignal.timeout(answersWithinMs), dispatcher });
    await reply.body?.cancel();
    const pod = reply.headers.get('x-served-by')?.split('/')[0];
    if (pod === undefined) return `answers ${reply.status} at ${path}, and not from a pod of a bank`;
    return pods.includes(pod) ? undefined : `is another bank at ${path} (its pod ${pod} answers)`;
  } catch (error) {
    const { cause = error } = error as Error;
    const why = whyOf(cause);
    if (!isDistrust(cause)) return `does not answer (${why})`;
    return `is not trusted (${why}): name the file of the authority that signed its certificate in NODE_EXTRA_CA_CERTS`;
  }
}

/** A path that tells whose pods answer, without a token. */
function pathOf(workload: string): string {
  const mode = Object.values(modes).find((one) => one.workload === workload);
  return mode?.path ?? '/auth/.well-known/jwks.json';
}

/** Whether a certificate was refused: by codes of OpenSSL, and Node's own for a name that is not in it. */
function isDistrust(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return (
    typeof code === 'string' &&
    /^(?:SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_|ERR_TLS_CERT)/.test(code)
  );
}
