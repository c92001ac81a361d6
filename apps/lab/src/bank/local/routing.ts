import { modes, type WorkloadName } from '../modes.js';
import type { Affinity } from '../../platform/platform.js';
import type { Route, Upstream } from '../../platform/local/gateway/routes.js';
import type { LocalPod } from '../../platform/local/local-pod.js';

/** The front door's table for these pods: the paths and affinity cookies of the modes, and `/auth`. */
export function routesTo(pods: readonly LocalPod[], affinities: ReadonlyMap<string, Affinity> = new Map()): Route[] {
  const upstreamsOf = (workload: WorkloadName) => pods.filter((pod) => pod.workload === workload).flatMap(upstream);
  const bank = Object.values(modes).map((mode) => {
    const by = affinities.get(mode.workload) ?? mode.affinity;
    return {
      path: mode.path,
      upstreams: upstreamsOf(mode.workload),
      ...(by === 'cookie' ? { affinityCookie: `tellers-affinity-${mode.name}` } : {}),
      ...(by === 'address' ? { byAddress: true as const } : {}),
    };
  });
  return [{ path: '/auth', upstreams: upstreamsOf('auth') }, ...bank];
}

/** A pod that was ready once serves until it is gone; only a ready one takes new clients. */
function upstream(pod: LocalPod): Upstream[] {
  const { address, name } = pod;
  if (address === undefined) return [];
  return [{ name, bootId: address.bootId, port: address.port, accepting: pod.phase === 'ready' }];
}
