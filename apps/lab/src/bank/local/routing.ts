import { modes, type WorkloadName } from '../modes.js';
import type { Affinity } from '../../platform/platform.js';
import type { Route } from '../../platform/local/gateway/routes.js';
import type { LocalPod } from '../../platform/local/local-pod.js';
import { upstreamsOf } from '../../platform/local/upstreams.js';

/** The front door's table for these pods: the paths and affinity cookies of the modes, and `/auth`. */
export function routesTo(pods: readonly LocalPod[], affinities: ReadonlyMap<string, Affinity> = new Map()): Route[] {
  const upstreams = (workload: WorkloadName) => upstreamsOf(pods.filter((pod) => pod.workload === workload));
  const bank = Object.values(modes).map((mode) => {
    const by = affinities.get(mode.workload) ?? mode.affinity;
    return {
      path: mode.path,
      upstreams: upstreams(mode.workload),
      ...(by === 'cookie' ? { affinityCookie: `tellers-affinity-${mode.name}` } : {}),
      ...(by === 'address' ? { byAddress: true as const } : {}),
    };
  });
  return [{ path: '/auth', upstreams: upstreams('auth') }, ...bank];
}
