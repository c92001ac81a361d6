import dns from 'node:dns';
import type { LookupFunction } from 'node:net';

let ingress: string | undefined;

/** From now on the bank's host name is reached at this host: a pod of a cluster does not find it by DNS. */
export function reachIngressAt(host: string | undefined): void {
  ingress = host;
}

/** Looks up the host name of the bank, and of nothing else. */
export const ingressLookup: LookupFunction = (hostname, options, callback) =>
  dns.lookup(ingress ?? hostname, options, callback);
