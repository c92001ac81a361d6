import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** An address that leads to one server or another, as a name that moves at a failover: connections that live are left. */
export class Endpoint {
  /** Where new connections go. */
  target: number;
  readonly #server = createServer((client) => this.#forward(client));
  readonly #sockets = new Set<Socket>();

  constructor(port: number) {
    this.target = port;
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection that lives. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }

  #forward(client: Socket): void {
    const upstream = connect(this.target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          this.#sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
    }
    client.pipe(upstream).pipe(client);
  }
}
