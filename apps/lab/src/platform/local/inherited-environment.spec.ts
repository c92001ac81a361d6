import { expect, it } from '@jest/globals';
import { inheritedEnvironment } from './inherited-environment.js';

const bare = { no_proxy: '127.0.0.1,localhost,::1', NO_PROXY: '127.0.0.1,localhost,::1' };

it('hands on whom TLS trusts and which proxies there are, and never anything else', () => {
  const trust = {
    PATH: '/bin',
    NODE_EXTRA_CA_CERTS: '/ca.pem',
    SSL_CERT_DIR: '/certs',
    HTTPS_PROXY: 'http://proxy:3128',
  };
  expect(inheritedEnvironment({ ...trust, AWS_SECRET_ACCESS_KEY: 'x', NODE_ENV: 'test', PORT: '1', HOME: '' })).toEqual(
    {
      ...trust,
      ...bare,
    },
  );
});

it.each([
  [{}, bare.NO_PROXY],
  [{ NO_PROXY: 'a.example' }, 'a.example,127.0.0.1,localhost,::1'],
  [{ NO_PROXY: 'a', no_proxy: 'b 127.0.0.1' }, 'b,127.0.0.1,localhost,::1'],
  [{ NO_PROXY: '*' }, '*'],
])('asks no proxy for this machine: %j', (environment, hosts) => {
  expect(inheritedEnvironment(environment)).toEqual({ NO_PROXY: hosts, no_proxy: hosts });
});

it('hands on of NODE_OPTIONS what says the same', () => {
  const NODE_OPTIONS = '--inspect  --use-openssl-ca --max-old-space-size=99 --use-system-ca --require ./x.js';
  expect(inheritedEnvironment({ NODE_OPTIONS })).toEqual({ ...bare, NODE_OPTIONS: '--use-openssl-ca --use-system-ca' });
});
