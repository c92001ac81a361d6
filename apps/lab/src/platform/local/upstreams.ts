import type { Upstream } from './gateway/routes.js';
import type { LocalPod } from './local-pod.js';

/** These pods as the gateway sees them: one that was ready once serves until it is gone; only a ready one takes new clients. */
export function upstreamsOf(pods: readonly LocalPod[]): Upstream[] {
  return pods.flatMap(({ name, phase, address }) =>
    address === undefined ? [] : [{ name, bootId: address.bootId, port: address.port, accepting: phase === 'ready' }],
  );
}
