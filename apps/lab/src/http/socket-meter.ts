import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { WireBytes } from './recorded-request.js';

/** Opens the sockets of one client, one after the other, and counts what goes over them. */
export class SocketMeter {
  /** For the client's option of that name. */
  readonly connect: buildConnector.connector;
  #socket: Socket | undefined;

  constructor(options: buildConnector.BuildOptions) {
    const connect = buildConnector(options);
    this.connect = (to, callback) =>
      connect(to, (...result: [Error, null] | [null, Socket]) => {
        this.#socket = result[1] ?? undefined;
        callback(...(result as [null, Socket]));
      });
  }

  /**
   * Counts one exchange from now on; a socket opened meanwhile counts from its start. What is returned tells the bytes
   * so far, of a request with a body of `requestBody` bytes and a reply with one of `replyBody`.
   */
  start(requestBody: number): (replyBody: number) => WireBytes {
    const before = this.#socket;
    const { bytesRead, bytesWritten } = before ?? { bytesRead: 0, bytesWritten: 0 };
    return (replyBody) => {
      const now = this.#socket;
      const same = now === before;
      const read = (now?.bytesRead ?? 0) - (same ? bytesRead : 0);
      const written = (now?.bytesWritten ?? 0) - (same ? bytesWritten : 0);
      const sent = Math.min(written, requestBody);
      return {
        requestHeader: written - sent,
        requestBody: sent,
        replyHeader: Math.max(0, read - replyBody),
        replyBody,
      };
    };
  }
}
