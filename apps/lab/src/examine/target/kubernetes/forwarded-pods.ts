import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { whyOf } from '../../../platform/kubernetes/cluster-fault.js';
import type { Cluster } from '../../../platform/kubernetes/cluster.js';
import { openPodPort, PortForwardAgent } from '../../../platform/kubernetes/port-forward.js';
import { userAgent } from '../../walk/headers.js';

/**
 * A port of this machine for each pod, as `kubectl port-forward` has it: what goes through is not changed, as the API
 * server's own proxy (pods/proxy) changes it, which takes the Authorization header away. One that was opened stays with
 * its pod's name until the end, so that nobody reaches another pod by an address of before.
 */
export class ForwardedPods {
  readonly #opened = new Map<string, Promise<ForwardedPod>>();
  readonly #agent: PortForwardAgent;

  constructor(
    private readonly cluster: Cluster,
    private readonly port: number,
    /** Of which a pod is asked whether it answers at all. */
    private readonly readyPath: string,
  ) {
    this.#agent = new PortForwardAgent(cluster);
  }

  /** Where the pod of that name is reached from here, without a trailing slash. */
  async addressOf(pod: string): Promise<string> {
    const opened = this.#opened.get(pod) ?? ForwardedPod.open(this.cluster, pod, this.port);
    this.#opened.set(pod, opened);
    return (await opened).address;
  }

  /** Why a pod does not answer HTTP on the port, in few words; undefined when it does, whatever it answers. */
  async faultOf(pod: string, timeoutMs: number): Promise<string | undefined> {
    const signal = AbortSignal.timeout(timeoutMs);
    const to = { agent: this.#agent, host: pod, port: this.port, signal };
    try {
      // As a probe asks; the connection is not kept, for the pod may be replaced by another of its name.
      const headers = { connection: 'close', 'user-agent': userAgent };
      const asked = request({ ...to, method: 'HEAD', path: this.readyPath, headers }).end();
      const [reply] = (await once(asked, 'response')) as [IncomingMessage];
      reply.resume();
      return undefined;
    } catch (error) {
      if (signal.aborted) return `no answer within ${timeoutMs / 1_000} s`;
      const why = whyOf(error);
      return /connection refused/i.test(why) ? 'nothing listens there' : why;
    }
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    const opened = await Promise.all(this.#opened.values());
    opened.forEach((one) => one.close());
  }
}

class ForwardedPod {
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(cluster: Cluster, pod: string, port: number): Promise<ForwardedPod> {
    const server = createServer({ pauseOnConnect: true, noDelay: true });
    const forwarded = new ForwardedPod(server);
    server.on('connection', (socket) => void forwarded.#connect(socket, cluster, pod, port));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return forwarded;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.#sockets.forEach((socket) => socket.destroy());
  }

  async #connect(socket: Socket, cluster: Cluster, pod: string, port: number): Promise<void> {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // A client that goes away while its connection is opened is no fault.
    socket.on('error', () => {});
    try {
      const connection = await openPodPort(cluster, pod, port);
      await Promise.all([pipeline(socket, connection), pipeline(connection, socket)]);
    } catch {
      // A client meets what it would meet at the pod itself: a connection that is reset.
      socket.resetAndDestroy();
    }
  }
}
