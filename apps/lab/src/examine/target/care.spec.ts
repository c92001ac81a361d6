import { describe, expect, it } from '@jest/globals';
import { isPrivate, refusePublic } from './care.js';

describe('isPrivate', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.1.1',
    '0.0.0.0',
  ])('holds for %s', (address) => expect(isPrivate(address)).toBe(true));
  it.each(['::1', '::', 'fd12:3456::1', 'fe80::1', '::ffff:10.0.0.1'])('holds for %s', (address) =>
    expect(isPrivate(address)).toBe(true),
  );
  it.each([
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '126.0.0.1',
    '2001:db8::1',
    '::ffff:8.8.8.8',
    'fec0::1',
  ])('does not hold for %s', (address) => expect(isPrivate(address)).toBe(false));
});

describe('refusePublic', () => {
  const names = new Map([
    ['shop.example', ['10.0.0.7']],
    ['half.example', ['10.0.0.7', '2001:db8::7']],
  ]);
  const resolve = async (name: string) =>
    names.get(name) ?? Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
  const refused = (...urls: string[]) => refusePublic(urls, resolve);

  it('lets addresses and names of this machine and private networks be', async () => {
    const own = ['http://127.0.0.1:3000', 'http://[::1]:3000', 'http://localhost:3000', 'https://shop.localhost'];
    const ownNames = ['http://shop.local', 'http://shop.svc.cluster.local:8080', 'http://host.docker.internal'];
    await expect(refused(...own, ...ownNames, 'https://shop.example')).resolves.toBeUndefined();
  });

  it('refuses a public address, and says with what its owner lets it be', async () => {
    await expect(refused('http://127.0.0.1', 'http://8.8.8.8:80')).rejects.toThrow(
      /^8\.8\.8\.8 is outside .* --i-own-this-service\.$/,
    );
  });

  it('refuses a name of which one address is public', async () => {
    await expect(refused('https://half.example')).rejects.toThrow('half.example is at 2001:db8::7, outside');
  });

  it('takes no name for private that only looks like one', async () => {
    await expect(refused('http://localhost.example.com')).rejects.toThrow(
      'No address is found for localhost.example.com',
    );
    await expect(refused('http://notlocal')).rejects.toThrow('(ENOTFOUND)');
  });

  it('takes an address in another spelling for what it is', async () => {
    await expect(refused('http://134744072')).rejects.toThrow('8.8.8.8 is outside');
    await expect(refused('http://2130706433')).resolves.toBeUndefined();
  });
});
