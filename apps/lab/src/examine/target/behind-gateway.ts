import { OwnGateway } from './own-gateway.js';
import { endpointOf } from './service-address.js';
import { takesConnections } from './takes-connections.js';
import type { Target } from './target.js';

/**
 * The same replicas behind the lab's own gateway, where no front door is known and all are on this machine's loopback
 * address; else the target as it is.
 */
export async function behindGateway(target: Target, say: (sentence: string) => void = () => {}): Promise<Target> {
  if (target.frontDoor !== undefined) return target;
  const replicas = await target.replicas();
  const upstreams = replicas.map(({ name, address }) => {
    return { name, bootId: name, port: endpointOf(address).port, accepting: true };
  });
  const reached = await Promise.all(replicas.map(({ address }) => onLoopback(address)));
  if (reached.includes(false)) return target;
  const gateway = await OwnGateway.start('none', say);
  await gateway.route(upstreams);
  const { frontDoor: _, ...cannot } = target.cannot;
  let closed: Promise<void> | undefined;
  return {
    ...target,
    cannot,
    frontDoor: gateway.address,
    affinity: (by) => gateway.leadBack(by),
    close: () => (closed ??= gateway.close()),
  };
}

/** The gateway speaks plain HTTP to 127.0.0.1, and what is at localhost may be at ::1 alone. */
async function onLoopback(address: string): Promise<boolean> {
  const { host, port } = endpointOf(address);
  const isLoopback = address.startsWith('http:') && (host === '127.0.0.1' || host === 'localhost');
  return isLoopback && (await takesConnections(`http://127.0.0.1:${port}`));
}
