import { describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { BrowserCookies } from './browser-cookies.js';

const refused: string[] = [];
const at = (origin: string) => new BrowserCookies(origin, (name, why) => refused.push(`${name}: ${why}`));

describe('BrowserCookies', () => {
  it('sends a cookie to its path and below', () => {
    const cookies = at('http://127.0.0.1:3000');
    cookies.accept(['a=1; Path=/cart', 'b=2'], '/login/form');
    expect(cookies.for('/cart/1?x=1')).toEqual(['a=1']);
    expect(cookies.for('/carts')).toEqual([]);
    expect(cookies.for('/login')).toEqual(['b=2']);
    expect(cookies.value('b', '/login')).toBe('2');
  });

  it('keeps a cookie whose Domain is the very host, also where that is an address', () => {
    for (const host of ['127.0.0.1', 'localhost', 'shop.example']) {
      const cookies = at(`http://${host}:3000`);
      cookies.accept([`sid=1; Domain=${host}`], '/');
      expect(cookies.for('/')).toEqual(['sid=1']);
    }
    const cookies = at('http://127.0.0.1');
    cookies.accept(['sid=1; Domain=127.0.0.2', 'not a cookie', ''], '/');
    expect(cookies.for('/').join()).not.toContain('sid');
  });

  it('keeps Secure cookies over plain HTTP on loopback alone', () => {
    for (const origin of [
      'http://127.0.0.1:3000',
      'http://localhost:3000',
      'http://shop.localhost',
      'https://10.0.0.1',
    ]) {
      const cookies = at(origin);
      cookies.accept(['__Host-sid=1; Path=/; Secure'], '/');
      expect(cookies.for('/')).toEqual(['__Host-sid=1']);
    }
    const cookies = at('http://10.0.0.1');
    cookies.accept(['sid=1; Secure'], '/');
    expect(cookies.for('/')).toEqual([]);
    expect(refused.at(-1)).toMatch(/^sid: .*secure/i);
  });

  it('forgets a cookie when its time is over, however often it was sent', async () => {
    const cookies = at('http://127.0.0.1');
    cookies.accept(
      ['sid=1; Max-Age=1', 'long=1; Max-Age=99999999999999', 'date=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
      '/',
    );
    for (let times = 0; times < 3; times += 1) {
      expect(cookies.for('/')).toEqual(['sid=1', 'long=1']);
      await wait(250);
    }
    await wait(350);
    expect(cookies.for('/')).toEqual(['long=1']);
    cookies.accept(['long=; Max-Age=0'], '/');
    expect(cookies.for('/')).toEqual([]);
  });

  it('makes a copy that goes its own way', () => {
    const cookies = at('http://127.0.0.1');
    cookies.accept(['a=1', 'b=2'], '/');
    const copy = cookies.copy();
    copy.accept(['a=; Max-Age=0', 'c=3'], '/');
    expect([cookies.for('/'), copy.for('/')]).toEqual([
      ['a=1', 'b=2'],
      ['b=2', 'c=3'],
    ]);
  });
});
