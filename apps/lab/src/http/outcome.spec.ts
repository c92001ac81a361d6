import { describe, expect, it } from '@jest/globals';
import { outcomeOf, saidIn } from './outcome.js';

const problem = (code: string) => ({ type: `urn:tellers:problem:${code}` });

describe('outcomeOf', () => {
  it('takes any reply below 400 as done', () => {
    expect(outcomeOf({ path: '/account/transfers', status: 201, body: {}, fromPod: true })).toEqual({ kind: 'ok' });
  });

  it('reads the cause of a lost session from the problem type', () => {
    const answer = { path: '/session/overview', status: 401, body: problem('session-owner-gone'), fromPod: true };
    expect(outcomeOf(answer)).toEqual({ kind: 'session-lost', cause: 'session-owner-gone' });
  });

  it('counts a stateless customer that is turned away as lost too, so that the claim can fail', () => {
    const answer = { path: '/account/accounts', status: 401, body: problem('token-invalid'), fromPod: true };
    expect(outcomeOf(answer)).toEqual({ kind: 'session-lost', cause: 'token-invalid' });
  });

  it('does not take a wrong password for a lost session', () => {
    const answer = { path: '/auth/login', status: 401, body: problem('credentials-wrong'), fromPod: true };
    expect(outcomeOf(answer)).toEqual({ kind: 'refused', problem: 'credentials-wrong', again: false });
  });

  it('calls a gateway error that no pod made unknown, because a pod may have done the work', () => {
    expect(outcomeOf({ path: '/account/transfers', status: 502, body: undefined, fromPod: false })).toEqual({
      kind: 'unknown',
      why: 'http-502',
    });
  });

  it('calls outcome-unknown unknown, and any other 503 refused but worth asking again', () => {
    const path = '/account/transfers';
    expect(outcomeOf({ path, status: 503, body: problem('outcome-unknown'), fromPod: true }).kind).toBe('unknown');
    expect(outcomeOf({ path, status: 503, body: problem('pod-draining'), fromPod: true })).toEqual({
      kind: 'refused',
      problem: 'pod-draining',
      again: true,
    });
  });

  it('does not ask again for what would be refused again', () => {
    const answer = { path: '/account/transfers', status: 422, body: problem('insufficient-funds'), fromPod: true };
    expect(outcomeOf(answer)).toMatchObject({ kind: 'refused', again: false });
  });
});

describe('saidIn', () => {
  it.each([
    ['{"type":"urn:tellers:problem:store-unavailable","title":"The store","detail":"It is slow."}', 'It is slow.'],
    ['{"type":"about:blank","title":"Not Found"}', 'Not Found'],
    ['{"clean":true}', '{"clean":true}'],
    ['null', 'null'],
    ['no JSON', 'no JSON'],
  ])('tells a person what %s says', (text, said) => expect(saidIn(text)).toBe(said));
});
