import { once } from 'node:events';
import { Agent, request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { text } from 'node:stream/consumers';
import type { V1Pod } from '@kubernetes/client-node';
import { saidIn } from '../../http/outcome.js';
import type { Cluster } from './cluster.js';
import { whyOf } from './cluster-fault.js';
import { portOf } from './pod-state.js';
import { PortForwardAgent } from './port-forward.js';

export interface PodReply {
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Asks single pods on their second port, which no ingress does: directly from inside the cluster, where a policy lets the
 * lab in, and from elsewhere by port-forwards, with the rights of the kubeconfig's user (`get` and `create` on
 * `pods/portforward`).
 */
export class PodAccess {
  readonly #agent: Agent;
  readonly #metrics = new Map<string, Promise<string>>();

  constructor(private readonly cluster: Cluster) {
    this.#agent = cluster.inCluster ? new Agent({ keepAlive: true }) : new PortForwardAgent(cluster);
  }

  /** @throws an error that names the pod and the path, also for any status but 2xx */
  async get(pod: V1Pod, path: string, timeoutMs: number): Promise<PodReply> {
    const name = pod.metadata!.name!;
    try {
      const { podIP = '' } = pod.status ?? {};
      const host = !this.cluster.inCluster ? name : isIPv6(podIP) ? `[${podIP}]` : podIP;
      return await this.#get(new URL(`http://${host}:${portOf(pod, 'admin')}${path}`), timeoutMs);
    } catch (error) {
      throw new Error(`${name} cannot be asked for ${path}: ${whyOf(error)}`, { cause: error });
    }
  }

  /** A pod's metrics as text; who asks while an answer is under way gets the same. */
  metrics(pod: V1Pod): Promise<string> {
    const key = pod.metadata!.uid!;
    const asked = this.#metrics.get(key);
    if (asked !== undefined) return asked;
    const reply = this.get(pod, '/metrics', 5_000)
      .then((one) => one.text)
      .finally(() => this.#metrics.delete(key));
    this.#metrics.set(key, reply);
    return reply;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #get(url: URL, timeoutMs: number): Promise<PodReply> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const { statusCode = 0, headers, body } = await this.#send(url, signal);
      if (statusCode >= 200 && statusCode < 300) return { text: body, headers };
      throw Object.assign(new Error(`it answers ${statusCode}: ${saidIn(body)}`), { body });
    } catch (error) {
      throw signal.aborted ? new Error(`no answer within ${timeoutMs / 1_000} s`) : error;
    }
  }

  async #send(
    url: URL,
    signal: AbortSignal,
  ): Promise<Pick<IncomingMessage, 'statusCode' | 'headers'> & { body: string }> {
    const asked = request(url, { agent: this.#agent, signal }).end();
    try {
      const [reply] = (await once(asked, 'response')) as [IncomingMessage];
      return { statusCode: reply.statusCode, headers: reply.headers, body: await text(reply) };
    } catch (error) {
      // The pod closed a kept connection just as it was used again: nobody has heard the question.
      if (wasClosed(asked, error) && !signal.aborted) return this.#send(url, signal);
      throw error;
    }
  }
}

function wasClosed({ reusedSocket }: ClientRequest, error: unknown): boolean {
  return reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
}
