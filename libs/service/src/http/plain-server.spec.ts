import { expect, it } from '@jest/globals';
import { CodedError } from '../coded-error.js';
import { createPlainServer } from './plain-server.js';

const { server, pod } = createPlainServer('things', { 'thing-missing': { status: 404, title: 'No such thing' } });
server.get('/thing', () => ({ a: 1 }));
server.get('/none', () => {
  throw new CodedError('thing-missing', 'gone');
});

it('answers as a service does, without Redis', async () => {
  const { headers, statusCode } = await server.inject('/thing');
  expect(statusCode).toBe(200);
  expect(headers['x-served-by']).toBe(pod.servedBy);
});

it.each([
  ['an unknown path', 'GET', '/nowhere', 404, 'not-found'],
  ['a wrong method', 'DELETE', '/thing', 405, 'method-not-allowed'],
  ['a domain error', 'GET', '/none', 404, 'thing-missing'],
] as const)('answers %s with a problem document', async (_what, method, url, status, code) => {
  const reply = await server.inject({ method, url });
  expect(reply.statusCode).toBe(status);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(reply.json()).toMatchObject({ type: `urn:tellers:problem:${code}`, status, instance: url });
});
