import { describe, expect, it } from '@jest/globals';
import { addressesOf } from './front-door.js';

const balancer = { loadBalancer: { ingress: [{ ip: '10.0.0.7' }] } };

describe('addressesOf', () => {
  it('begins with the host that the Ingress has, by TLS where it has a certificate', () => {
    const rules = [{ host: 'bank.example.com' }];
    expect(addressesOf([{ spec: { rules }, status: balancer }])[0]).toBe('http://bank.example.com');
    expect(addressesOf([{ spec: { rules, tls: [{}] } }])).toEqual([
      'https://bank.example.com',
      'https://127.0.0.1:8443',
    ]);
  });

  it('takes the address of the load balancer where any host is served, and where kind maps it at last', () => {
    expect(addressesOf([{ spec: { rules: [{}] }, status: balancer }])).toEqual([
      'http://10.0.0.7',
      'http://127.0.0.1:8080',
    ]);
    expect(addressesOf([{ spec: { rules: [{ host: '*.example.com' }] } }])).toEqual(['http://127.0.0.1:8080']);
  });

  it('takes the path prefix that the Ingress has before every path, on each of its hosts', () => {
    const paths = ['/lab', '/bank/auth', '/bank/session'].map((path) => ({ path, pathType: 'Prefix', backend: {} }));
    const rules = ['a.example.com', 'b.example.com'].map((host) => ({ host, http: { paths } }));
    expect(addressesOf([{ spec: { rules } }])).toEqual([
      'http://a.example.com/bank',
      'http://b.example.com/bank',
      'http://127.0.0.1:8080/bank',
    ]);
  });

  it('has none where there is no Ingress', () => {
    expect(addressesOf([])).toEqual([]);
  });
});
