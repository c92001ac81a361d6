import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut, so that nothing comes through, and mended again. */
export class BreakableProxy {
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  /** The last id that a client has said it had seen of a stream. */
  resumedAfter: string | undefined;
  readonly #server = createServer((client) => {
    if (this.#isCut) return client.destroy();
    const server = connect(this.port, '127.0.0.1');
    client.on('data', (text: Buffer) => {
      this.resumedAfter = /^last-event-id: (.*?)\r?$/im.exec(text.toString('latin1'))?.[1] ?? this.resumedAfter;
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });

  /** @param port of the server, which may come to be another one's */
  constructor(public port: number) {}

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
