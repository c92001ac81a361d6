import { describe, expect, it } from '@jest/globals';
import { CookieJar } from './cookie-jar.js';

describe('CookieJar', () => {
  it('sends a cookie only to the paths below its own', () => {
    const jar = new CookieJar();
    jar.accept(['tellers-session-sticky=a.b=; Path=/session; HttpOnly; SameSite=Strict']);
    expect(jar.for('/session')).toEqual(['tellers-session-sticky=a.b=']);
    expect(jar.for('/session/overview')).toEqual(['tellers-session-sticky=a.b=']);
    expect(jar.for('/sessions')).toEqual([]);
    expect(jar.for('/account/accounts')).toEqual([]);
  });

  it('replaces a cookie of the same name', () => {
    const jar = new CookieJar();
    jar.accept(['a=1; Path=/']);
    jar.accept(['a=2; Path=/']);
    expect(jar.for('/')).toEqual(['a=2']);
  });

  it('drops a cookie whose time is over', () => {
    const jar = new CookieJar();
    jar.accept(['a=1', 'b=1', 'c=1']);
    jar.accept(['a=; Max-Age=0; Path=/', 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
    expect(jar.for('/')).toEqual(['c=1']);
  });
});
