import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Serves the requests of one connection one after another, as their replies leave anyway (RFC 9112, 9.3.2). Node hands
 * over at once all that a client sends without waiting, and thousands of them would go before everybody else's.
 */
export function inTurn(serve: RequestListener): RequestListener {
  const latest = new WeakMap<Socket, ServerResponse>();
  return (request, response) => {
    const { socket } = request;
    const before = latest.get(socket);
    latest.set(socket, response);
    if (before === undefined || before.closed) return serve(request, response);
    before.once('close', () => {
      if (!socket.destroyed) serve(request, response);
    });
  };
}
