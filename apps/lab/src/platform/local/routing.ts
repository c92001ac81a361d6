import { modes, type WorkloadName } from '../../modes.js';
import type { Route, Upstream } from './gateway/routes.js';
import type { LocalPod } from './local-pod.js';

/** The front door's table for these pods: the paths and affinity cookies of the modes, and `/auth`. */
export function routesTo(pods: readonly LocalPod[]): Route[] {
  const upstreamsOf = (workload: WorkloadName) => pods.filter((pod) => pod.workload === workload).flatMap(upstream);
  const bank = Object.values(modes).map((mode) => ({
    path: mode.path,
    upstreams: upstreamsOf(mode.workload),
    ...(mode.affinity === 'cookie' ? { affinityCookie: `tellers-affinity-${mode.name}` } : {}),
  }));
  return [{ path: '/auth', upstreams: upstreamsOf('auth') }, ...bank];
}

/** A pod that was ready once serves until it is gone; only a ready one takes new clients. */
function upstream(pod: LocalPod): Upstream[] {
  const { address, name } = pod;
  if (address === undefined) return [];
  return [{ name, bootId: address.bootId, port: address.port, accepting: pod.phase === 'ready' }];
}
