import { isIPv6 } from 'node:net';

/** Who sends a request, as limits see it. */
export interface Client {
  /** An IPv4 address, or the /64 network of an IPv6 address: whoever has one of its addresses has them all. */
  readonly address: string;
  /** Whether it has the pass that the second port gives, which no stranger reaches. */
  readonly isExempt: boolean;
  /** Among whom it takes turns: all that are exempt are one. */
  readonly turnsAs: string;
}

const mapped = /^::ffff:(?=\d+\.)/i;

/** What an address counts as. */
export function networkOf(address: string): string {
  const plain = address.replace(mapped, '');
  if (!isIPv6(plain)) return plain;
  const [front = [], back] = plain.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = back === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0');
  const groups = [...front, ...zeros, ...(back ?? [])].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
