import { describe, expect, it } from '@jest/globals';
import { affinityMark, byAddress, readCookie } from './affinity.js';

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

describe('by address', () => {
  const pods = ['a', 'b', 'c'].map((pod) => ({ name: pod }));
  const addresses = Array.from({ length: 300 }, (_, index) => `198.51.100.${index}`);
  const chosen = (those: { name: string }[]) => addresses.map((address) => byAddress(address, those)?.name);

  it('gives an address always the same pod, and each pod its part of the addresses', () => {
    expect(chosen(pods)).toEqual(chosen(pods.toReversed()));
    for (const { name: pod } of pods) {
      expect(chosen(pods).filter((one) => one === pod).length).toBeGreaterThan(70);
    }
  });

  it('moves only the addresses of a pod that goes', () => {
    const before = chosen(pods);
    const after = chosen(pods.slice(1));
    expect(after.filter((pod, index) => before[index] !== 'a' && pod !== before[index])).toEqual([]);
  });

  it('gives none where there is no pod', () => {
    expect(byAddress('x', [])).toBeUndefined();
  });
});
