import { describe, expect, it } from '@jest/globals';
import { trustProxy } from './trust-proxy.js';

describe('TRUST_PROXY', () => {
  it('is nobody unless it is set', () => {
    const trusts = trustProxy.parse(undefined) as (address: string, hop: number) => boolean;
    expect(trusts('192.0.2.1', 0)).toBe(false);
  });

  it('is so many in a row', () => {
    const trusts = trustProxy.parse('2') as (address: string, hop: number) => boolean;
    expect([0, 1, 2].map((hop) => trusts('192.0.2.1', hop))).toEqual([true, true, false]);
  });

  it('is networks', () => {
    expect(trustProxy.parse('10.0.0.0/8, fd00::/8,192.0.2.1')).toEqual(['10.0.0.0/8', 'fd00::/8', '192.0.2.1']);
  });

  it.each(['', 'yes', '100', '-1', '1.5', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', 'fd00::/129', '10.0.0.0/8,,'])(
    'is not %s',
    (value) => {
      expect(trustProxy.safeParse(value).success).toBe(false);
    },
  );
});
