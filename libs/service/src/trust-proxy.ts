import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** As Fastify takes it. */
export type TrustProxy = string[] | ((address: string, hop: number) => boolean);

/**
 * Whose word on a client's address (X-Forwarded-For) is taken: nobody's, that of so many proxies in a row, or that of
 * proxies in these networks.
 */
export const trustProxy = z
  .string()
  .transform((value, context): TrustProxy => {
    if (/^\d{1,2}$/.test(value)) return (_address, hop) => hop < Number(value);
    const networks = value.split(',').map((network) => network.trim());
    if (networks.every(isNetwork)) return networks;
    context.addIssue('the number of proxies before this pod is required, or their networks as 10.0.0.0/8,fd00::/8');
    return z.NEVER;
  })
  .prefault('0');

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  if (!/^\d+$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
    return true;
  } catch {
    return false;
  }
}
