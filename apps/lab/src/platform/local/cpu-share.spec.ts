import { expect, it } from '@jest/globals';
import { Share } from './cpu-share.js';

it('holds a process that has used its quota until the next period', () => {
  const share = new Share(100, 500, 0);
  expect(share.look(505, 6)).toBeUndefined();
  expect(share.look(510, 12)).toBe('stop');
  expect(share.look(510, 60)).toBeUndefined();
  expect(share.look(510, 100)).toBe('go on');
});

it('takes what was used beyond from the periods that follow', () => {
  const share = new Share(100, 0, 0);
  expect(share.look(25, 30)).toBe('stop');
  expect(share.look(25, 100)).toBeUndefined();
  expect(share.look(25, 200)).toBe('go on');
  expect(share.look(30, 210)).toBe('stop');
});

it('keeps nothing of what was not used', () => {
  const share = new Share(100, 0, 0);
  expect(share.look(0, 1_000)).toBeUndefined();
  expect(share.look(10, 1_010)).toBe('stop');
});
