import { Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip } from 'node:zlib';

/** Of a longer body the rest is neither kept nor waited for. */
export const maxBodyBytes = 4 * 1024 * 1024;

/** What {@link readBody} can decode, for the header of that name. */
export const acceptEncoding = 'gzip, br';

/** A reply's body as text, and how many bytes of it went over the wire. */
export interface ReadBody {
  readonly text: string;
  readonly wireBytes: number;
}

/** Reads and decodes a body, at most {@link maxBodyBytes} of it. A stream of events has no end, and is not followed. */
export async function readBody(
  body: Readable,
  headers: Readonly<Record<string, readonly string[]>>,
): Promise<ReadBody> {
  // One that is not read to its end tells so by an event, which would end the process.
  body.on('error', () => {});
  if (headers['content-type']?.[0]?.startsWith('text/event-stream')) {
    body.destroy();
    return { text: '', wireBytes: 0 };
  }
  const wire = await collect(body);
  const decoder = wire.length === 0 ? undefined : decoderOf(headers['content-encoding']?.[0]);
  const plain = decoder === undefined ? wire : await collect(Readable.from([wire]).pipe(decoder));
  return { text: plain.toString(), wireBytes: wire.length };
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBodyBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBodyBytes);
}

/** Ones that make what they can of a body that was cut. */
function decoderOf(encoding: string | undefined): Transform | undefined {
  if (encoding === 'gzip') return createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  if (encoding === 'br') return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
  return undefined;
}
