import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SmallTransfer {
  transferId: string;
  from: string;
  to: string;
  amountMinor: number;
}
interface Remembered {
  owner: string;
  transfer: Partial<SmallTransfer> & { next?: string };
  visits: number;
}
interface SmallReply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}
interface Request {
  method: string;
  path: string;
  body: Record<string, string & number>;
  cookie: string;
  bearer: string;
  pod: SmallPod;
}
interface SmallPod {
  name: string;
  boot: string;
  sessions: Map<string, Remembered>;
}

const problem = (status: number, code: string): SmallReply => ({
  status,
  body: { type: `urn:tellers:problem:${code}`, status },
});

/**
 * The bank's HTTP interface in one process and one map, with two pods behind it, to try customers against. Its money is
 * right unless it is told to be wrong.
 */
export class SmallBank {
  readonly pods: SmallPod[] = ['pod-0', 'pod-1'].map((name) => ({ name, boot: `${name}-boot1`, sessions: new Map() }));
  readonly transfers: SmallTransfer[] = [];
  /** Path and method of each request, in order. */
  readonly log: string[] = [];
  baseUrl = '';
  /** Whether a client goes back to the pod that its session lives in. */
  pinned = true;
  /** Called before a request is done; its answer replaces or, as `after`, loses the true one. */
  fault: (request: Request) => SmallReply | 'lost-before' | 'lost-after' | undefined = () => undefined;
  #server: Server | undefined;
  #customers = 0;
  #turn = 0;
  readonly #confirmed = new Map<string, SmallTransfer>();

  async open(): Promise<this> {
    this.#server = createServer((message, response) => {
      void this.#serve(message).then(({ status, body, headers }) => {
        if (status === 0) return message.socket.destroy();
        return response.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.baseUrl = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** What a SIGKILL does: the memory is gone, and the pod is back as another boot. */
  crash(pod: SmallPod): void {
    pod.sessions.clear();
    pod.boot = `${pod.boot.slice(0, -1)}${Number(pod.boot.at(-1)) + 1}`;
  }

  async #serve(message: IncomingMessage): Promise<SmallReply> {
    let text = '';
    for await (const chunk of message) text += String(chunk);
    const cookie = /tellers-session-\w+=([^;]*)/.exec(message.headers.cookie ?? '')?.[1] ?? '';
    const owner = this.pods.find(({ boot }) => cookie.startsWith(`${boot}.`));
    // In turn, auth aside: else the turns of auth could send every session to the same pod.
    const next = (): SmallPod => this.pods[message.url?.startsWith('/auth') ? 0 : this.#turn++ % 2]!;
    const pod = (this.pinned ? owner : undefined) ?? next();
    const request: Request = {
      method: message.method ?? '',
      path: (message.url ?? '').split('?')[0] ?? '',
      body: text === '' ? {} : JSON.parse(text),
      cookie,
      bearer: message.headers.authorization?.slice('Bearer '.length) ?? '',
      pod,
    };
    this.log.push(`${request.method} ${request.path}`);
    const fault = this.fault(request);
    if (fault === 'lost-before') return { status: 0 };
    const reply = typeof fault === 'object' ? fault : this.#answer(request);
    if (fault === 'lost-after') return { status: 0 };
    return { ...reply, headers: { 'x-served-by': `${pod.name}/${pod.boot}`, ...reply.headers } };
  }

  #answer(request: Request): SmallReply {
    if (request.path.startsWith('/auth')) return this.#auth(request);
    if (request.path.startsWith('/account')) return this.#account(request);
    return this.#session(request);
  }

  #auth({ path, body }: Request): SmallReply {
    if (path === '/auth/customers') {
      const accounts = [{ id: `a-${body['username']}`, kind: 'current', currency: 'EUR', balanceMinor: 100_000 }];
      return { status: 201, body: { customerId: `c${this.#customers++}`, accounts } };
    }
    if (path === '/auth/logout') return { status: 204 };
    const user = body['username'] ?? String(body['refresh_token']).slice(2);
    return { status: 200, body: { access_token: `t-${user}`, refresh_token: `r-${user}`, expires_in: 300 } };
  }

  #account({ path, body, bearer }: Request): SmallReply {
    if (!bearer.startsWith('t-')) return problem(401, 'token-invalid');
    const own = `a-${bearer.slice(2)}`;
    if (path === '/account/accounts') return { status: 200, body: { accounts: [{ id: own }] } };
    if (path.endsWith('/entries')) return { status: 200, body: { entries: this.#entries(own), next: null } };
    const continuation = JSON.parse(body['continuation'] ?? '{}') as Partial<SmallTransfer>;
    if (body['step'] === 'confirm') return this.#confirm(JSON.stringify(continuation), continuation);
    const { from = continuation.from, to = continuation.to, amountMinor } = body;
    if (from !== own) return problem(404, 'account-not-found');
    return { status: 200, body: { continuation: JSON.stringify({ from, to, amountMinor }) } };
  }

  #session({ method, path, body, bearer, cookie, pod }: Request): SmallReply {
    const [, prefix = '', rest = ''] = /^(.*\/session)(.*)$/.exec(path) ?? [];
    if (method === 'POST' && rest === '') {
      const id = `${pod.boot}.${this.log.length}`;
      pod.sessions.set(id, { owner: `a-${bearer.slice(2)}`, transfer: {}, visits: 0 });
      const mode = prefix.split('/').at(-2) || 'sticky';
      return { status: 201, body: {}, headers: { 'set-cookie': `tellers-session-${mode}=${id}; Path=/` } };
    }
    const session = pod.sessions.get(cookie);
    if (session === undefined) {
      if (cookie === '') return problem(401, 'session-missing');
      const owner = this.pods.find(({ boot }) => cookie.startsWith(`${boot}.`));
      if (owner === undefined) return problem(401, 'session-owner-gone');
      return problem(401, owner === pod ? 'session-signed-out' : 'session-misrouted');
    }
    if (method === 'DELETE') {
      pod.sessions.delete(cookie);
      return { status: 204 };
    }
    if (rest === '/overview') return { status: 200, body: { visits: ++session.visits } };
    if (rest === '/transfer/confirm') return this.#confirm(cookie + JSON.stringify(session.transfer), session.transfer);
    if (rest === '/transfer' && method === 'GET') return { status: 200, body: session.transfer };
    if (rest === '/transfer') session.transfer = {};
    Object.assign(session.transfer, body);
    return { status: method === 'POST' ? 201 : 200, body: session.transfer };
  }

  /** The same key moves money once. */
  #confirm(key: string, asked: Partial<SmallTransfer>): SmallReply {
    const done = this.#confirmed.get(key);
    if (done !== undefined) return { status: 201, body: done, headers: { 'idempotent-replayed': 'true' } };
    const { from, to, amountMinor } = asked;
    if (!from || !to || !amountMinor) return problem(409, 'step-out-of-order');
    const transfer = { transferId: `x${this.transfers.length}`, from, to, amountMinor };
    this.transfers.push(transfer);
    this.#confirmed.set(key, transfer);
    return { status: 201, body: transfer };
  }

  #entries(account: string): unknown[] {
    return this.transfers
      .filter(({ from, to }) => from === account || to === account)
      .map(({ transferId, from, to, amountMinor }) => ({
        id: transferId,
        transferId,
        amountMinor: from === account ? -amountMinor : amountMinor,
        counterparty: from === account ? to : from,
      }));
  }
}
