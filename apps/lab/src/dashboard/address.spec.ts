import { describe, expect, it } from '@jest/globals';
import { readAddress, writeAddress } from '../page/url-state.js';

describe('a link to what is on the screen', () => {
  it('shows the same again', () => {
    const displayed = { panel: 'scaling', mode: 'stateless', tour: 3 } as const;
    expect(readAddress(writeAddress(displayed))).toEqual({ ...displayed, token: null });
  });

  it('falls back to how the page is at first, whatever it says', () => {
    const first = { panel: 'crowd', mode: 'sticky', tour: 0, token: null };
    for (const hash of ['', '#', '#panel=nonsense&tour=6', '#tour=-1', '#%']) expect(readAddress(hash)).toEqual(first);
  });

  it('may bear the token, and is never written with it', () => {
    const { token, ...displayed } = readAddress('#token=secret&panel=session');
    expect(token).toBe('secret');
    expect(writeAddress(displayed)).toBe('#panel=session&mode=sticky');
  });
});
