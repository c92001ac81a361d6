import { NetworkingV1Api, type V1Ingress, type V1IngressSpec } from '@kubernetes/client-node';
import { Agent, fetch } from 'undici';
import { ingressLookup } from '../../customers/ingress-lookup.js';
import type { Bank } from './bank.js';
import { kubectl, type Cluster } from './cluster.js';
import { ClusterFault, whyOf } from './cluster-fault.js';

const answersWithinMs = 5_000;
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
 * where this bank answers, and no other one.
 * @param authPods names of the bank's auth pods, one of which must answer there
 * @throws ClusterFault
 */
export async function findFrontDoor(
  cluster: Cluster,
  bank: Bank,
  authPods: () => readonly string[],
  wished?: string,
): Promise<string> {
  const addresses = wished === undefined ? addressesOf(await ingressesOf(cluster, bank)) : [wished.replace(/\/+$/, '')];
  const tried: string[] = [];
  for (const address of addresses) {
    const fault = await faultOf(address, authPods);
    if (fault === undefined) return address;
    tried.push(`${address} ${fault}`);
  }
  throw new ClusterFault(
    tried.length === 0
      ? `The bank ${bank.release} has no Ingress. Install it with ingress.controller=traefik or haproxy, or give its address by --url.`
      : `The bank ${bank.release} is not reached from here: ${tried.join('; ')}. Give its address by --url, or look at ` +
          `the Ingress: ${kubectl(cluster)} describe ingress`,
  );
}

async function ingressesOf(cluster: Cluster, { selector }: Bank): Promise<V1Ingress[]> {
  const { config, namespace } = cluster;
  const api = config.makeApiClient(NetworkingV1Api);
  try {
    return (await api.listNamespacedIngress({ namespace, labelSelector: selector })).items;
  } catch (error) {
    throw new ClusterFault(`The Ingress may not be read: ${whyOf(error)}. Give the bank's address by --url.`);
  }
}

/** What is wrong with an address, to be read after it; undefined when this bank answers there. */
async function faultOf(address: string, authPods: () => readonly string[]): Promise<string | undefined> {
  try {
    const reply = await fetch(`${address}/auth/.well-known/jwks.json`, {
      signal: AbortSignal.timeout(answersWithinMs),
      dispatcher,
    });
    const pod = reply.headers.get('x-served-by')?.split('/')[0];
    if (pod === undefined) return `answers ${reply.status}, and not from a pod of a bank`;
    return authPods().includes(pod) ? undefined : `is another bank (its pod ${pod} answers)`;
  } catch (error) {
    const { cause = error } = error as Error;
    const why = whyOf(cause);
    if (!isDistrust(cause)) return `does not answer (${why})`;
    return `is not trusted (${why}): name the file of the authority that signed its certificate in NODE_EXTRA_CA_CERTS`;
  }
}

/** Whether a certificate was refused: by codes of OpenSSL, and Node's own for a name that is not in it. */
function isDistrust(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return (
    typeof code === 'string' &&
    /^(?:SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_|ERR_TLS_CERT)/.test(code)
  );
}
