import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { listenAddress } from './listen-address.js';

const ofFamily = (family: string): NetworkInterfaceInfo => ({ family }) as NetworkInterfaceInfo;
const addresses = Object.values(networkInterfaces()).flat();

describe('the address to listen on', () => {
  it('is IPv4 where a machine has no IPv6, and as it was said otherwise', () => {
    expect(listenAddress('::', [ofFamily('IPv4')])).toBe('0.0.0.0');
    expect(listenAddress('::', [ofFamily('IPv4'), ofFamily('IPv6')])).toBe('::');
    expect(listenAddress('127.0.0.1', [ofFamily('IPv6')])).toBe('127.0.0.1');
  });

  it.each(['127.0.0.1', ...(addresses.some((address) => address?.address === '::1') ? ['[::1]'] : [])])(
    'answers %s where it is ::',
    async (host) => {
      const server = createServer((_, reply) => void reply.end('here'));
      await new Promise<void>((resolve) => void server.listen(0, listenAddress('::'), resolve));
      const { port } = server.address() as AddressInfo;
      expect(await (await fetch(`http://${host}:${port}`)).text()).toBe('here');
      await new Promise((resolve) => void server.close(resolve));
    },
  );
});
