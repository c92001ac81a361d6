import { networkInterfaces } from 'node:os';

/**
 * The address to listen on: `::`, which takes IPv4 too, is 0.0.0.0 on a machine that has no IPv6.
 * @param addresses those of this machine
 */
export function listenAddress(host: string, addresses = Object.values(networkInterfaces()).flat()): string {
  return host === '::' && !addresses.some((address) => address?.family === 'IPv6') ? '0.0.0.0' : host;
}
