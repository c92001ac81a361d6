import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Dispatcher } from 'undici';
import { forwardHeaders, returnHeaders } from './headers.js';
import { type GatewayProblem, problemReply } from './problems.js';
import type { UpstreamChoice, LiveRoute, Upstream } from './routes.js';

/** Safe to ask again (RFC 9110, 9.2.2). */
const idempotent = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const unsendable = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']);

/** What an exchange needs of the gateway. */
export interface Upstreams {
  /** The connections to a pod. */
  connections(upstream: Upstream): Dispatcher;
  /** Whether a pod is still in the table and takes new clients. */
  accepts(upstream: Upstream): boolean;
  /** The route of a request target as the table is now. */
  match(target: string): LiveRoute | undefined;
}

/**
 * One request on its way to a pod and back. It is undici's raw handler: chunks go through as they come.
 * It asks a second pod only where the first cannot have acted: no connection came about, or the request is
 * idempotent, had no body, and any pod will do.
 */
export class ProxiedRequest {
  readonly #body: PassThrough | null;
  #abort: ((error?: Error) => void) | undefined;
  #resume: (() => void) | undefined;
  #bodyBytes: number | undefined;
  #retried = false;

  private constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly route: LiveRoute,
    private readonly pods: Upstreams,
    private choice: UpstreamChoice,
    private readonly headers: string[],
    hasBody: boolean,
  ) {
    // undici destroys a body whose connection broke; the request itself must live on to carry the answer.
    this.#body = hasBody ? request.pipe(new PassThrough()) : null;
  }

  /** Passes a request to a pod of its route, or answers that there is none. */
  static begin(request: IncomingMessage, response: ServerResponse, route: LiveRoute, pods: Upstreams): void {
    const remote = request.socket.remoteAddress ?? 'unknown';
    const { headers, cookie, hasBody } = forwardHeaders(request.rawHeaders, remote);
    // Only the lab comes to this front door, and says here whom it plays.
    const claimed = route.byAddress ? request.headers['x-forwarded-for'] : undefined;
    const choice = route.choose(cookie, claimed?.toString() ?? remote);
    if (choice === undefined) return answer(response, 'no-ready-pod', request.url);
    const recorded = new ProxiedRequest(request, response, route, pods, choice, headers, hasBody);
    response.on('close', () => recorded.#onClientClosed());
    recorded.#send();
  }

  #send(): void {
    this.#abort = undefined;
    this.pods.connections(this.choice.upstream).dispatch(
      {
        path: this.request.url ?? '/',
        method: this.request.method ?? 'GET',
        headers: this.headers,
        body: this.#body,
      },
      this,
    );
  }

  #onClientClosed(): void {
    if (this.response.writableFinished) return;
    this.#body?.destroy();
    this.#abort?.();
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    if (this.response.destroyed) abort();
  }

  onHeaders(status: number, rawHeaders: Buffer[], resume: () => void, statusText: string): boolean {
    if (status < 200) return true;
    this.#resume = resume;
    const { headers, bodyBytes } = returnHeaders(rawHeaders, this.choice.setCookie);
    this.#bodyBytes = bodyBytes;
    this.response.writeHead(status, statusText, headers);
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (chunk.length === this.#bodyBytes) {
      // The whole body at once, as nearly always: as a string it leaves in the same write as the head.
      this.response.end(chunk.toString('latin1'), 'latin1');
      return true;
    }
    if (this.response.write(chunk)) return true;
    this.response.once('drain', this.#resume ?? (() => {}));
    return false;
  }

  onComplete(): void {
    if (!this.response.writableEnded) this.response.end();
  }

  onError(error: Error & { code?: string }): void {
    if (this.response.destroyed) return;
    // Half a reply cannot be taken back: the client must see that it was cut off.
    if (this.response.headersSent) return void this.response.destroy();
    const other = this.#mayAskAnother(error) ? this.#otherPod() : undefined;
    if (other !== undefined) {
      this.#retried = true;
      this.choice = other;
      return this.#send();
    }
    answer(this.response, problemOf(error), this.request.url);
  }

  /** By the table as it is now: the pod that failed may have left it meanwhile, and others too. */
  #otherPod(): UpstreamChoice | undefined {
    return this.pods.match(this.request.url ?? '')?.chooseNext(this.choice.upstream);
  }

  #mayAskAnother(error: Error & { code?: string }): boolean {
    if (this.#retried || unsendable.has(error.code ?? '')) return false;
    const nothingSent = this.#abort === undefined;
    if (nothingSent) return true;
    if (this.#body !== null || timeouts.has(error.code ?? '')) return false;
    const anyPodWillDo = !this.route.pinned || !this.pods.accepts(this.choice.upstream);
    return anyPodWillDo && idempotent.has(this.request.method ?? '');
  }
}

function problemOf(error: Error & { code?: string }): GatewayProblem {
  if (timeouts.has(error.code ?? '')) return 'gateway-timeout';
  return unsendable.has(error.code ?? '') ? 'bad-request' : 'bad-gateway';
}

/** Gives a reply of the gateway's own. */
export function answer(response: ServerResponse, code: GatewayProblem, target: string | undefined): void {
  const { status, headers, body } = problemReply(code, target?.split('?', 1)[0]);
  response.writeHead(status, headers).end(body);
}
