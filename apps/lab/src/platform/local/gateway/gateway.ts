import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { hasValidHost, readOn, refuseUnreadable } from '#libs/http';
import { Pool } from 'undici';
import { answer, ProxiedRequest, type Upstreams } from './exchange.js';
import { inTurn } from './in-turn.js';
import { type GatewayProblem, problemReply } from './problems.js';
import { type LiveRoute, type Route, RoutingTable, type Upstream } from './routes.js';

const maxHeaderBytes = 16 * 1024;
/** How long a pod may take to answer, and how long a client may take to send. */
const answerTimeoutMs = 30_000;
/** Shorter than the pods' 100 s, so that a connection is never used just as its pod closes it. */
const podKeepAliveMs = 60_000;

interface Connections {
  readonly upstream: Upstream;
  readonly pool: Pool;
}

/** The front door: routes by path, round robin or by affinity cookie, over the pods that it was told of. */
export class Gateway implements Upstreams {
  readonly #table = new RoutingTable();
  readonly #pods = new Map<string, Connections>();
  readonly #server: Server;
  readonly #answerTimeoutMs: number;

  constructor(options: { answerTimeoutMs?: number } = {}) {
    this.#answerTimeoutMs = options.answerTimeoutMs ?? answerTimeoutMs;
    this.#server = createServer(
      {
        maxHeaderSize: maxHeaderBytes,
        requestTimeout: 30_000,
        headersTimeout: 10_000,
        keepAliveTimeout: 75_000,
        // Node would answer without a problem document.
        requireHostHeader: false,
      },
      inTurn((request, response) => {
        // It was told that the request before this one was its last (RFC 9112, 9.6).
        if (request.socket.writableEnded) return;
        readOn(request, response);
        if (!hasValidHost(request)) return answer(response, 'bad-request', request.url);
        const route = this.match(request.url ?? '');
        if (route === undefined) answer(response, 'no-route', request.url);
        else ProxiedRequest.begin(request, response, route, this);
      }),
    );
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      refuseUnreadable(socket as Socket, problemReply(problemOf(error.code)));
    });
  }

  /** Listens on the loopback address; 0 is any free port. Returns the port; rejects with the system's error (EADDRINUSE). */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes a new table. Requests under way go on where they are. */
  route(routes: readonly Route[]): void {
    const upstreams = new Map(routes.flatMap((route) => route.upstreams).map((pod) => [keyOf(pod), pod]));
    for (const [key, { upstream, pool }] of this.#pods) {
      const now = upstreams.get(key);
      if (now?.accepting === upstream.accepting) continue;
      this.#pods.delete(key);
      // Waits for the replies under way; a pod that is gone has ended them already.
      void pool.close();
    }
    for (const [key, upstream] of upstreams) {
      if (!this.#pods.has(key)) this.#pods.set(key, { upstream, pool: this.#connect(upstream) });
    }
    this.#table.replace(routes);
  }

  /** Takes no new clients, lets the requests under way finish, at most for that long, and closes every connection. */
  async close(graceMs = 5_000): Promise<void> {
    const cut = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    clearTimeout(cut);
    await Promise.all([...this.#pods.values()].map(({ pool }) => pool.destroy()));
  }

  match(target: string): LiveRoute | undefined {
    return this.#table.match(target);
  }

  connections(upstream: Upstream): Pool {
    const known = this.#pods.get(keyOf(upstream));
    if (known === undefined) throw new Error(`${upstream.name} is not in the table`);
    return known.pool;
  }

  accepts(upstream: Upstream): boolean {
    return this.#pods.get(keyOf(upstream))?.upstream.accepting === true;
  }

  #connect(upstream: Upstream): Pool {
    return new Pool(`http://127.0.0.1:${upstream.port}`, {
      connections: 512,
      // A stopping pod may close an idle connection at any moment: each request gets one of its own.
      pipelining: upstream.accepting ? 1 : 0,
      keepAliveTimeout: podKeepAliveMs,
      keepAliveMaxTimeout: podKeepAliveMs,
      headersTimeout: this.#answerTimeoutMs,
      bodyTimeout: this.#answerTimeoutMs,
      maxHeaderSize: maxHeaderBytes,
      connect: { timeout: 2_000 },
    });
  }
}

function keyOf(upstream: Upstream): string {
  return `${upstream.name}/${upstream.bootId}`;
}

function problemOf(code: string | undefined): GatewayProblem {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request-timeout' : 'bad-request';
}
