import type { KubeWorkload } from './kube-objects.js';
import type { ClusterSelection } from '../platform/kubernetes/cluster.js';
import type { Ask } from './ask.js';

/** One release of the chart. */
export interface ReleaseAt {
  readonly namespace: string;
  readonly release: string;
}

/** Every object of the chart carries it, whatever the release. */
export const chart = 'app.kubernetes.io/name=tellers';
const instance = 'app.kubernetes.io/instance';

/**
 * The releases on a cluster; where namespaces cannot be looked through, those in the context's own. Or why nobody knows.
 */
export async function findReleases(
  ask: Ask,
  given: Omit<ClusterSelection, 'context'>,
): Promise<{ readonly releases: ReleaseAt[]; readonly namespace: string | undefined } | { readonly failed: string }> {
  const { namespace, release } = given;
  const selector = ['--selector', release === undefined ? chart : `${chart},${instance}=${release}`];
  const get = async (...where: string[]) =>
    ask('get', 'deployments,statefulsets', ...where, ...selector, '--output', 'json');
  if (namespace !== undefined) return releasesIn(await get('--namespace', namespace), namespace);
  const everywhere = await get('--all-namespaces');
  if (everywhere.failed === undefined) return releasesIn(everywhere, undefined);
  const own = await ask('config', 'view', '--minify', '--output', 'jsonpath={..namespace}');
  const here = own.out.trim() || 'default';
  return releasesIn(await get('--namespace', here), here);
}

function releasesIn(
  { out, failed }: Awaited<ReturnType<Ask>>,
  namespace: string | undefined,
): { releases: ReleaseAt[]; namespace: string | undefined } | { failed: string } {
  if (failed !== undefined) return { failed };
  const { items } = JSON.parse(out) as { items: KubeWorkload[] };
  const all = items.map(({ metadata: { namespace: at = '', labels } }): [string, ReleaseAt] => {
    const release = labels?.[instance] ?? '';
    return [`${at}/${release}`, { namespace: at, release }];
  });
  return { releases: [...new Map(all).values()], namespace };
}
