import { describe, expect, it } from '@jest/globals';
import { publishedKeysAt, signingKeyAt } from './key-schedule.js';
import { generateSigningKey } from './signing-keys.js';

const start = Date.UTC(2026, 0, 1);
const schedule = { leadSeconds: 300, tokenLifetimeSeconds: 300 };
const at = (seconds: number) => start + seconds * 1000;
const old = generateSigningKey(at(0));
const next = generateSigningKey(at(1000));
const keys = [next, old];
const signer = (seconds: number) => signingKeyAt(keys, at(seconds), schedule).kid;
const published = (seconds: number) => publishedKeysAt(keys, at(seconds), schedule).map(({ kid }) => kid);

describe('the key schedule', () => {
  it('lets a sole key sign at once', () => {
    expect(signingKeyAt([old], at(0), schedule)).toBe(old);
  });

  it('lets the oldest sign while none has been published for the lead', () => {
    expect(signer(1)).toBe(old.kid);
  });

  it('publishes a new key at once and signs with it after the lead', () => {
    expect(published(1000)).toContain(next.kid);
    expect(signer(1299)).toBe(old.kid);
    expect(signer(1300)).toBe(next.kid);
  });

  it('publishes an old key until its last token has expired', () => {
    expect(published(1600)).toEqual([old.kid, next.kid]);
    expect(published(1601)).toEqual([next.kid]);
  });

  it('publishes public members only', () => {
    expect(Object.keys(publishedKeysAt(keys, at(1000), schedule)[0] ?? {})).not.toContain('d');
  });

  it('never refuses a living token over two rotations, to a verifier whose set is a minute old', () => {
    const third = generateSigningKey(at(1400));
    const all = [old, next, third];
    for (let signedAt = 60; signedAt < 2400; signedAt += 1) {
      // The new keys get into the file when they are made.
      const known = all.filter(({ createdAt }) => createdAt * 1000 <= at(signedAt));
      const { kid } = signingKeyAt(known, at(signedAt), schedule);
      for (const seenAt of [signedAt, signedAt + 60, signedAt + 299]) {
        const fetchedAt = at(seenAt - 60);
        const inFile = all.filter(({ createdAt }) => createdAt * 1000 <= fetchedAt);
        expect(publishedKeysAt(inFile, fetchedAt, schedule).map((key) => key.kid)).toContain(kid);
      }
    }
  });
});
