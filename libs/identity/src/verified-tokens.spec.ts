import { describe, expect, it } from '@jest/globals';
import { VerifiedTokens } from './verified-tokens.js';

const identity = { customerId: 'c1', name: 'Ada', tokenExpiresAt: 1000 };

describe('VerifiedTokens', () => {
  it('knows a token until the moment it expires, and then forgets it', () => {
    const tokens = new VerifiedTokens();
    tokens.remember('a', identity, tokens.generation);
    expect(tokens.get('a', 999)).toBe(identity);
    expect(tokens.get('a', 1000)).toBeUndefined();
    expect(tokens.size).toBe(0);
  });

  it('knows the whole token only', () => {
    const tokens = new VerifiedTokens();
    tokens.remember('a.b.c', identity, tokens.generation);
    expect(tokens.get('a.b.d', 0)).toBeUndefined();
  });

  it('holds no more than it may, and lets the oldest go', () => {
    const tokens = new VerifiedTokens(2);
    for (const token of ['a', 'b', 'c']) tokens.remember(token, identity, tokens.generation);
    expect(['a', 'b', 'c'].map((token) => tokens.get(token, 0) !== undefined)).toEqual([false, true, true]);
  });

  it('is empty after the keys changed', () => {
    const tokens = new VerifiedTokens();
    tokens.remember('a', identity, tokens.generation);
    tokens.clear();
    expect(tokens.get('a', 0)).toBeUndefined();
  });

  it('does not remember what was verified with the keys from before', () => {
    const tokens = new VerifiedTokens();
    const { generation } = tokens;
    tokens.clear();
    tokens.remember('a', identity, generation);
    expect(tokens.size).toBe(0);
  });
});
