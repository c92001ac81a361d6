import { expect, it } from '@jest/globals';
import { idAlone } from './client-carries.js';

it.each([
  ['a long random token', 186, 0, 'holds'],
  ['the longest id, with its name', 270, 0, 'holds'],
  ['many small ones', 400, 0, 'does not hold'],
  ['one that holds content', 60, 1, 'does not hold'],
])(
  'a client that carries %s brings no more than an id: %s bytes, %s with content, %s',
  (_, carried, content, ruling) => {
    const figures = { carried, content, cookies: 1, unguarded: 0, header: 300, repeated: 100 };
    expect(idAlone({ service: figures }).ruling).toBe(ruling);
  },
);
