import { PassThrough, Readable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { maxBodyBytes, readBody } from './body.js';

const encoded = (body: Buffer, encoding: string) => readBody(Readable.from([body]), { 'content-encoding': [encoding] });

describe('readBody', () => {
  it('decodes what it said it can, and counts what went over the wire', async () => {
    const text = 'grüße '.repeat(100);
    const [zipped, brotli] = [gzipSync(text), brotliCompressSync(text)];
    expect(await encoded(zipped, 'gzip')).toEqual({ text, wireBytes: zipped.length });
    expect(await encoded(brotli, 'br')).toEqual({ text, wireBytes: brotli.length });
  });

  it('takes the empty body of a reply to HEAD, although its headers tell an encoding', async () => {
    expect(await readBody(Readable.from([]), { 'content-encoding': ['gzip'] })).toEqual({ text: '', wireBytes: 0 });
  });

  it('keeps no more than four megabytes, of a body that never ends, too', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(100_000, 'a');
      })(),
    );
    expect((await readBody(endless, {})).text).toHaveLength(maxBodyBytes);
    expect(endless.destroyed).toBe(true);
    // Four kilobytes that become much more.
    const bomb = gzipSync(Buffer.alloc(2 * maxBodyBytes));
    expect((await encoded(bomb, 'gzip')).text).toHaveLength(maxBodyBytes);
  });

  it('makes what it can of a zipped body that is cut', async () => {
    const zipped = gzipSync('abc'.repeat(10));
    expect((await encoded(zipped.subarray(0, -10), 'gzip')).text).toMatch(/^abc/);
  });

  it('follows no stream of events', async () => {
    const events = new PassThrough();
    expect((await readBody(events, { 'content-type': ['text/event-stream; charset=utf-8'] })).text).toBe('');
    expect(events.destroyed).toBe(true);
  });
});
