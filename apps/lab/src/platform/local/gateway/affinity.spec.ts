import { describe, expect, it } from '@jest/globals';
import { affinityMark, readCookie } from './affinity.js';

const name = 'tellers-affinity-sticky';

describe('the affinity cookie', () => {
  it('names one boot of a pod, always by the same value, and tells neither', () => {
    const mark = affinityMark(name, { name: 'session-sticky-0', bootId: 'b1' });
    expect(mark).toEqual(affinityMark(name, { name: 'session-sticky-0', bootId: 'b1' }));
    expect(mark.value).not.toBe(affinityMark(name, { name: 'session-sticky-0', bootId: 'b2' }).value);
    expect(mark.value).not.toContain('session');
    expect(mark.setCookie).toBe(`${name}=${mark.value}; Path=/; HttpOnly; SameSite=Strict`);
  });

  it.each([
    [`${name}=abc`, 'abc'],
    [`a=1; ${name}=abc; b=2`, 'abc'],
    [`a=1;${name}=abc`, 'abc'],
    [`${name}=`, ''],
    [`${name}=first; ${name}=second`, 'first'],
    [`x${name}=evil; ${name}=abc`, 'abc'],
    [`${name}-2=evil; ${name}=abc`, 'abc'],
    [`x${name}=evil`, undefined],
    [`a=${name}`, undefined],
    ['', undefined],
  ])('is read from "%s" as %s', (header, value) => {
    expect(readCookie(header, name)).toBe(value);
  });
});
