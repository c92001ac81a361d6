import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { UserError } from '../../user-error.js';

const privateRanges = new BlockList();
// RFC 1122 (this host, as servers tell it; loopback), RFC 1918, RFC 3927, RFC 4193, RFC 4291.
privateRanges.addAddress('0.0.0.0');
privateRanges.addSubnet('127.0.0.0', 8);
privateRanges.addSubnet('10.0.0.0', 8);
privateRanges.addSubnet('172.16.0.0', 12);
privateRanges.addSubnet('192.168.0.0', 16);
privateRanges.addSubnet('169.254.0.0', 16);
privateRanges.addAddress('::', 'ipv6');
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

/** Names that no public DNS has: RFC 6761, RFC 6762, and what ICANN reserved for private use in 2024. */
const privateName = /(^|\.)(localhost|local|internal)\.?$/i;

/** Whether an address (IPv4 or IPv6) is on loopback or a private network. */
export function isPrivate(address: string): boolean {
  return privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** All addresses of a name, as the system finds them. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

/**
 * Keeps requests to loopback and private networks.
 * @throws UserError for a service elsewhere, which only its owner may have examined, and for one that no DNS knows
 */
export async function refusePublic(urls: readonly string[], resolve: ResolveName = resolveBySystem): Promise<void> {
  for (const url of urls) {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    const open = (await addressesOf(host, resolve)).find((address) => !isPrivate(address));
    if (open === undefined) continue;
    const where = open === host ? `${host} is` : `${host} is at ${open},`;
    throw new UserError(
      `${where} outside this machine and private networks. An examination sends a service many requests and may break it: ` +
        'if it is yours, say so with --i-own-this-service.',
    );
  }
}

async function addressesOf(host: string, resolve: ResolveName): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  if (privateName.test(host)) return [];
  try {
    return await resolve(host);
  } catch (error) {
    throw new UserError(
      `No address is found for ${host} (${(error as NodeJS.ErrnoException).code}). Is it written right?`,
    );
  }
}

async function resolveBySystem(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}
