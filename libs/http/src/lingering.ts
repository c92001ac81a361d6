import type { Socket } from 'node:net';

/** What is still taken from a client that has its answer. */
export interface Lingering {
  readonly maxBytes: number;
  readonly maxMs: number;
}

export const lingering: Lingering = { maxBytes: 16 * 1024 * 1024, maxMs: 10_000 };

/**
 * Closes our half of a connection, and the other after a while, unless the client does (RFC 9112, 9.6): closed with bytes
 * unread, a connection is reset, and the answer lost before the client, or a proxy, has read it.
 */
export function lingerAndClose(socket: Socket, maxMs: number): void {
  socket.end();
  setTimeout(() => socket.destroy(), maxMs).unref();
}
