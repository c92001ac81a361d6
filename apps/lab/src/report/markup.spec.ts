import { describe, expect, it } from '@jest/globals';
import { markup } from './markup.js';

describe('markup', () => {
  it('escapes what is put into it, also in attributes', () => {
    expect(markup`<b title="${'"><script>'}">${'a & <b>'}</b>`.text).toBe(
      '<b title="&#34;&#62;&#60;script&#62;">a &#38; &#60;b&#62;</b>',
    );
  });

  it('leaves markup as it is, joins lists, and writes nothing for undefined', () => {
    expect(markup`${[markup`<i>${1}</i>`, '&']}${undefined}`.text).toBe('<i>1</i>&#38;');
  });
});
