import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { lingerAndClose, lingering } from './lingering.js';
import { isAnsweredEarly } from './read-on.js';

export interface LastReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers what never became a request (too large a head, no HTTP, too slow), unless an answer went out already, and closes. */
export function refuseUnreadable(socket: Socket, reply: LastReply, { maxBytes, maxMs } = lingering): void {
  // It is gone, or has its last answer and is still sending.
  if (!socket.writable) return;
  if (!isAnsweredEarly(socket)) socket.write(written(reply));
  const readBefore = socket.bytesRead;
  socket.on('data', () => {
    if (socket.bytesRead - readBefore > maxBytes) socket.pause();
  });
  lingerAndClose(socket, maxMs);
}

function written({ status, headers, body }: LastReply): string {
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
