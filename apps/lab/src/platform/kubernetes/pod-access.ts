import { once } from 'node:events';
import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestTls, type Agent, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import type { V1Pod } from '@kubernetes/client-node';
import type { Cluster } from './cluster.js';
import { whyOf } from './cluster-fault.js';
import { portOf } from './pod-state.js';

export interface PodReply {
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Asks single pods on their second port, which no ingress does: directly from inside the cluster, and from elsewhere through the API server's
 * proxy, with the rights of the kubeconfig's user (`pods/proxy`).
 */
export class PodAccess {
  #tls: Agent | undefined;
  readonly #metrics = new Map<string, Promise<string>>();

  constructor(private readonly cluster: Cluster) {}

  /** @throws an error that names the pod and the path, also for any status but 2xx */
  async get(pod: V1Pod, path: string, timeoutMs: number): Promise<PodReply> {
    const name = pod.metadata!.name!;
    const { inside, config, namespace } = this.cluster;
    try {
      const port = portOf(pod, 'admin');
      if (inside) return await get(new URL(`http://${pod.status?.podIP}:${port}${path}`), {}, timeoutMs);
      const proxy = `/api/v1/namespaces/${namespace}/pods/${name}:${port}/proxy${path}`;
      return await get(new URL(config.getCurrentCluster()!.server + proxy), await this.#rights(), timeoutMs);
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

  async #rights(): Promise<RequestOptions> {
    const options: RequestOptions = {};
    await this.cluster.config.applyToHTTPSOptions(options);
    // The library makes an agent for each call, which would mean a handshake for each.
    this.#tls ??= Object.assign(options.agent as Agent, { keepAlive: true });
    return { ...options, agent: this.#tls };
  }
}

async function get(url: URL, options: RequestOptions, timeoutMs: number): Promise<PodReply> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { statusCode = 0, headers, body } = await send(url, { ...options, signal });
    if (statusCode >= 200 && statusCode < 300) return { text: body, headers };
    throw Object.assign(new Error(`it answers ${statusCode}: ${body}`), { body });
  } catch (error) {
    throw signal.aborted ? new Error(`no answer within ${timeoutMs / 1_000} s`) : error;
  }
}

async function send(
  url: URL,
  options: RequestOptions,
): Promise<Pick<IncomingMessage, 'statusCode' | 'headers'> & { body: string }> {
  const request = (url.protocol === 'https:' ? requestTls : requestPlain)(url, options).end();
  const [reply] = (await once(request, 'response')) as [IncomingMessage];
  return { statusCode: reply.statusCode, headers: reply.headers, body: await text(reply) };
}
