import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

const number = (port: number): Buffer => Buffer.of(port & 0xff, port >> 8);

/** An API server as far as it forwards ports of pods: two channels a port, each begun with the port's number. */
export class PortForwarder {
  readonly asked: string[] = [];
  readonly open = new Set<WebSocket>();
  refuses = false;
  /** What the kubelet says at once, with the very answer that opens a connection. */
  faultAtOnce: string | undefined;
  readonly server = createServer();

  /** @param portOf where on this machine the port of a pod is; the same port if not given */
  constructor(portOf: (pod: string, port: number) => number = (_, port) => port) {
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0]! });
    this.server.on('upgrade', (request, socket: Socket, head) => {
      this.asked.push(request.url!);
      if (this.refuses) {
        const body = JSON.stringify({ message: 'User "eve" cannot get resource "pods/portforward"' });
        return void socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      }
      const [, pod = '', port = ''] = /\/pods\/([^/]+)\/portforward\?ports=(\d+)$/.exec(request.url!) ?? [];
      socket.cork();
      sockets.handleUpgrade(request, socket, head, (one) => this.#forward(one, portOf(pod, Number(port))));
      socket.uncork();
    });
  }

  #forward(one: WebSocket, port: number): void {
    this.open.add(one);
    const pod = connect(port, '127.0.0.1');
    for (const channel of [0, 1]) one.send(Buffer.concat([Buffer.of(channel), number(port)]));
    if (this.faultAtOnce !== undefined) one.send(Buffer.concat([Buffer.of(1), Buffer.from(this.faultAtOnce)]));
    pod.on('data', (data) => one.send(Buffer.concat([Buffer.of(0), data])));
    // As containerd says it.
    pod.on('error', (error) => one.send(Buffer.concat([Buffer.of(1), Buffer.from(faultOf(error))])));
    pod.on('close', () => one.close());
    one.on('message', (message: Buffer) => pod.write(message.subarray(1)));
    one.on('close', () => {
      this.open.delete(one);
      pod.destroy();
    });
  }
}

function faultOf({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ECONNREFUSED' ? `${message}: connect: connection refused` : message;
}
