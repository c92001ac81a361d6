import { Agent, type ClientRequestArgs, type IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { WebSocket, type RawData } from 'ws';
import type { Cluster } from './cluster.js';

/** Two channels for the one port: what it says, and why it says nothing. Each begins with the port's number. */
const protocol = 'v4.channel.k8s.io';
const channels = { data: 0, error: 1 } as const;
const portBytes = 2;
const handshakeMs = 10_000;

/** HTTP over ports of pods. A request's host is the pod's name, in the cluster's namespace. */
export class PortForwardAgent extends Agent {
  constructor(private readonly cluster: Pick<Cluster, 'config' | 'namespace'>) {
    super({ keepAlive: true });
  }

  override createConnection(
    { host, port }: ClientRequestArgs,
    done: (error: Error | null, connection: Duplex) => void = () => {},
  ): undefined {
    callbackify(() => openPodPort(this.cluster, host!, Number(port)))(done);
  }
}

/**
 * Connects to a port of a pod as `kubectl port-forward` does: the kubelet opens it inside the pod, so that no NetworkPolicy
 * is asked.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ (connect GET requests to portforward)
 */
export async function openPodPort(
  { config, namespace }: Pick<Cluster, 'config' | 'namespace'>,
  pod: string,
  port: number,
): Promise<Duplex> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const server = config.getCurrentCluster()!.server.replace(/^http/, 'ws');
  const url = `${server}/api/v1/namespaces/${namespace}/pods/${pod}/portforward?ports=${port}`;
  const socket = new WebSocket(url, protocol, { ...options, handshakeTimeout: handshakeMs });
  // It listens from the first moment: the channels begin with the very answer that opens them.
  const connection = new PodConnection(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', (_, reply) => void refusal(reply).then(reject, reject));
  });
  return connection;
}

/** Why the API server opens no connection, in its own words where it has any. */
async function refusal(reply: IncomingMessage): Promise<Error> {
  const body = await text(reply);
  return Object.assign(new Error(`the API server answers ${reply.statusCode}`), { code: reply.statusCode, body });
}

/** A port of a pod as a stream, with as much of a socket as an HTTP agent asks of one. */
class PodConnection extends Duplex {
  #unread: Record<number, number> = { [channels.data]: portBytes, [channels.error]: portBytes };

  constructor(private readonly socket: WebSocket) {
    super({ allowHalfOpen: false });
    // What comes with the very answer that opens it waits until somebody listens, lest its end go unheard.
    socket.on('open', () => socket.pause());
    socket.on('message', (message: RawData) => this.#take(message as Buffer));
    socket.on('close', () => this.push(null));
    socket.on('error', (error) => this.destroy(socket.readyState === socket.CONNECTING ? undefined : error));
  }

  setKeepAlive = (): this => this;
  setNoDelay = (): this => this;
  setTimeout = (): this => this;
  ref = (): this => this;
  unref = (): this => this;

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.send(Buffer.concat([Buffer.of(channels.data), chunk]), done);
  }

  override _final(done: () => void): void {
    this.socket.close();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.terminate();
    done(error);
  }

  #take(message: Buffer): void {
    const channel = message[0]!;
    const ahead = Math.min(this.#unread[channel] ?? 0, message.length - 1);
    this.#unread[channel] = (this.#unread[channel] ?? 0) - ahead;
    const content = message.subarray(1 + ahead);
    if (content.length === 0) return;
    if (channel === channels.error) this.destroy(new Error(content.toString().trim()));
    else if (!this.push(content)) this.socket.pause();
  }
}
