import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { lingerAndClose, lingering } from './lingering.js';

/** Connections whose last request has its answer, and is still coming in. */
const answeredEarly = new WeakSet<Socket>();

/** Whether the last request of a connection has its answer already. */
export function isAnsweredEarly(socket: Socket): boolean {
  return answeredEarly.has(socket);
}

/**
 * Reads a request to its end also when its answer went out before, so that the client hears it and the connection can go
 * on. Past the bound of bytes nothing more is read, past that of time the connection is cut.
 */
export function readOn(request: IncomingMessage, response: ServerResponse, { maxBytes, maxMs } = lingering): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  // Only these announce a body (RFC 9112, 6.3).
  if (length === undefined && encoding === undefined) return;
  // Before Node's own listener, which may close.
  response.prependOnceListener('finish', () => {
    if (request.readableEnded) return;
    request.unpipe().resume();
    if (request.complete) return;
    const { socket } = request;
    answeredEarly.add(socket);
    // How Node closes after a last answer: whatever is unread.
    socket.destroySoon = () => lingerAndClose(socket, maxMs);
    const cut = setTimeout(() => socket.destroy(), maxMs).unref();
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) request.pause();
    });
    request.once('end', () => {
      clearTimeout(cut);
      answeredEarly.delete(socket);
    });
  });
}
