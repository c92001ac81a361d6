import { describe, expect, it } from '@jest/globals';
import { hasHelm, render } from './render.js';

const trusted = (values: Record<string, string>): unknown =>
  render(values).environment('Deployment', 'tellers-auth')['TRUST_PROXY'];

(hasHelm ? describe : describe.skip)('limits', () => {
  it('are what the values say, and left to the service where one is unset', () => {
    const chart = render({
      'auth.registrationsPerHour': '7',
      'auth.wrongPasswords': '0',
      'auth.signInsPerMinute': 'null',
    });
    const auth = chart.environment('Deployment', 'tellers-auth');
    expect(auth).toMatchObject({ REGISTRATIONS_PER_HOUR: '7', WRONG_PASSWORDS: '0', REFRESHES_PER_MINUTE: '600' });
    expect(auth).not.toHaveProperty('SIGN_INS_PER_MINUTE');
    const session = render({ 'session.sessionsPerMinute': '9' }).environment('StatefulSet', 'tellers-session-sticky');
    expect(session).toMatchObject({ SESSIONS_PER_MINUTE: '9', SESSIONS_PER_MINUTE_OF_ADDRESS: '1200' });
  });

  it('hold for the address that the controller tells, where nobody else reaches the pods', () => {
    expect(trusted({})).toBe('1');
    expect(trusted({ 'networkPolicy.enabled': 'false' })).toBe('0');
    expect(trusted({ 'ingress.controller': 'none', 'modes.sticky.enabled': 'false' })).toBe('0');
  });

  it('hold for the address that the proxies tell whom the user trusts, were it none', () => {
    expect(trusted({ 'ingress.trustedProxies': '0' })).toBe('0');
    expect(trusted({ 'ingress.trustedProxies': '2' })).toBe('2');
    expect(trusted({ 'ingress.trustedProxies': '10.0.0.0/8\\,fd00::/8' })).toBe('10.0.0.0/8,fd00::/8');
    expect(() => trusted({ 'ingress.trustedProxies': 'anyone' })).toThrow('trustedProxies');
  });
});
