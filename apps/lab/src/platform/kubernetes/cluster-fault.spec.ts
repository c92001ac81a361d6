import { describe, expect, it } from '@jest/globals';
import { whyOf } from './cluster-fault.js';

describe('whyOf', () => {
  it.each([
    [
      'what the API server says in its Status',
      Object.assign(new Error('long'), { code: 403, body: '{"message":"no"}' }),
      'no',
    ],
    ['the same when the library has parsed it', Object.assign(new Error('long'), { body: { message: 'no' } }), 'no'],
    [
      'the code when a proxy answered',
      Object.assign(new Error('long'), { code: 502, body: '<html>' }),
      'it answers 502',
    ],
    ['the message of anything else', new Error('refused'), 'refused'],
    [
      'the first of several attempts',
      Object.assign(new Error(''), { errors: [new Error('one'), new Error('two')] }),
      'one',
    ],
    ['the code where there is no message', Object.assign(new Error(''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['what is no error at all', 'odd', 'odd'],
  ])('gives %s', (_, error, words) => {
    expect(whyOf(error)).toBe(words);
  });
});
