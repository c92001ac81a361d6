import { expect, it } from '@jest/globals';
import { opaqueString } from './opaque-string.js';

// The cases are those of RFC 8265, section 4.3.
it.each([
  ['correct horse battery staple', 'correct horse battery staple'],
  ['Correct Horse Battery Staple', 'Correct Horse Battery Staple'],
  ['\u03c0\u00df\u00e5', '\u03c0\u00df\u00e5'],
  ['Jack of \u2666s', 'Jack of \u2666s'],
  ['foo\u1680bar', 'foo bar'],
  ['e\u0301', '\u00e9'],
  ['\uff41', '\uff41'],
])('prepares %j', (password, prepared) => expect(opaqueString(password)).toBe(prepared));
