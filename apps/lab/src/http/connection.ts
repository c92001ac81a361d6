import type { IncomingHttpHeaders } from 'node:http';
import { Client } from 'undici';
import { CookieJar } from './cookie-jar.js';
import { faultCode } from './fault-code.js';
import { costOf, servedByOf, type PreparedRequest, type RecordedRequest } from './recorded-request.js';
import { ingressLookup } from './ingress-lookup.js';
import { outcomeOf } from './outcome.js';
import { parsedJson } from './parsed-json.js';
import { SocketMeter } from './socket-meter.js';

/** Longer than the second within which the bank promises an answer. */
const answerTimeoutMs = 3_000;

/** One customer's way to the bank: one keep-alive connection and a cookie jar, as in a browser with one tab. */
export class Connection {
  /** What every connection's requests bear beside their own headers. */
  static extraHeaders: (request: PreparedRequest) => Record<string, string> = () => ({});
  /** Replaced when the customer goes on as someone with other cookies. */
  cookies = new CookieJar();
  /** Told to the front door as the address that it comes from (X-Forwarded-For); only one that trusts the lab heeds it. */
  address: string | undefined;
  /** Told of each request that is over, with the cookies that went with it. */
  onRecorded: (recorded: RecordedRequest, cookies: readonly string[]) => void = () => undefined;
  /** Told of each reply's headers, before the exchange is. */
  onReplyHeaders: (headers: IncomingHttpHeaders) => void = () => undefined;
  readonly #client: Client;
  /** Of the front door's address; scenarios name paths without it. */
  readonly #pathPrefix: string;
  readonly #meter: SocketMeter;

  constructor(baseUrl: string, timeoutMs = answerTimeoutMs) {
    const { origin, pathname } = new URL(baseUrl);
    this.#pathPrefix = pathname.replace(/\/$/, '');
    this.#meter = new SocketMeter({ timeout: timeoutMs, lookup: ingressLookup });
    this.#client = new Client(origin, {
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: this.#meter.connect,
    });
  }

  /** Sends one request and judges what came back. A lost connection or a time-out is the outcome `unknown`, not an error. */
  async send(request: PreparedRequest): Promise<RecordedRequest> {
    const cookies = this.cookies.for(this.#pathPrefix + request.path);
    const recorded = await this.#send(request, cookies);
    this.onRecorded(recorded, cookies);
    return recorded;
  }

  async close(): Promise<void> {
    await this.#client.destroy();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #send(request: PreparedRequest, cookies: readonly string[]): Promise<RecordedRequest> {
    const jar = this.cookies;
    const requestBody = request.body === undefined ? null : JSON.stringify(request.body);
    const bytesOf = this.#meter.start(requestBody === null ? 0 : Buffer.byteLength(requestBody));
    const started = { request, cost: costOf(request, cookies), startedAt: performance.now() };
    try {
      const reply = await this.#client.request({
        method: request.method,
        path: this.#pathPrefix + request.path,
        headers: { ...headersOf(request, cookies, this.address), ...Connection.extraHeaders(request) },
        body: requestBody,
      });
      this.onReplyHeaders(reply.headers);
      const text = await reply.body.text();
      const bytes = bytesOf(Buffer.byteLength(text));
      jar.accept([reply.headers['set-cookie'] ?? []].flat());
      const servedBy = servedByOf([reply.headers['x-served-by']].flat()[0]);
      // A gateway may answer with a page of its own, which tells a customer nothing.
      const body = parsedJson(text);
      return {
        ...started,
        outcome: outcomeOf({ path: request.path, status: reply.statusCode, body, fromPod: servedBy !== undefined }),
        status: reply.statusCode,
        body,
        retryAfterMs: retryAfterMs([reply.headers['retry-after']].flat()[0]),
        servedBy,
        bytes,
        endedAt: performance.now(),
      };
    } catch (error) {
      return {
        ...started,
        outcome: { kind: 'unknown', why: faultCode(error) },
        status: undefined,
        body: undefined,
        retryAfterMs: undefined,
        servedBy: undefined,
        bytes: bytesOf(0),
        endedAt: performance.now(),
      };
    }
  }
}

/** What goes with a request, but for what HTTP itself needs. */
export function headersOf(
  request: PreparedRequest,
  cookies: readonly string[],
  address: string | undefined,
): Record<string, string> {
  return {
    accept: 'application/json',
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
    ...(request.idempotencyKey === undefined ? {} : { 'idempotency-key': request.idempotencyKey }),
    ...(address === undefined ? {} : { 'x-forwarded-for': address }),
    ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
  };
}

function retryAfterMs(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header === undefined || !Number.isFinite(seconds) ? undefined : seconds * 1_000;
}
