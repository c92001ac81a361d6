import { Client } from 'undici';
import { faultCode } from '../../http/fault-code.js';
import { SocketMeter } from '../../http/socket-meter.js';
import { UserError } from '../../user-error.js';
import type { JourneyRequest } from '../journey/journey.js';
import type { Replica } from '../target/target.js';
import { readBody } from './body.js';
import type { Reply } from './reply.js';

/** One client's keep-alive connection to one address. It closes by itself when it was idle for some seconds. */
export class ServiceConnection {
  readonly #client: Client;
  readonly #meter: SocketMeter;
  readonly #pathPrefix: string;
  #last: Promise<unknown> = Promise.resolve();

  /** @param replica whose address it is; undefined at a front door */
  constructor(
    address: string,
    private readonly replica: Replica | undefined,
    private readonly timeoutMs: number,
  ) {
    const { origin, pathname } = new URL(address);
    this.#pathPrefix = pathname.replace(/\/$/, '');
    this.#meter = new SocketMeter({ timeout: timeoutMs });
    this.#client = new Client(origin, { connect: this.#meter.connect });
  }

  /**
   * Sends a request when the one before is over. No redirect is followed; no reply is a reply with a fault.
   * @throws UserError for a request that HTTP does not allow
   */
  send(request: JourneyRequest, headers: Readonly<Record<string, string>>): Promise<Reply> {
    const reply = this.#last.then(() => this.#send(request, headers));
    this.#last = reply.catch(() => {});
    return reply;
  }

  async #send(request: JourneyRequest, headers: Readonly<Record<string, string>>): Promise<Reply> {
    const bytesOf = this.#meter.start(Buffer.byteLength(request.body ?? ''));
    const startedAt = performance.now();
    const ended = (replyBody: number) => ({
      replica: this.replica?.name,
      bytes: bytesOf(replyBody),
      startedAt,
      endedAt: performance.now(),
    });
    try {
      const reply = await this.#client.request({
        method: request.method,
        path: this.#pathPrefix + request.path,
        headers,
        body: request.body ?? null,
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      const lines = linesOf(reply.headers);
      const { text, wireBytes } = await readBody(reply.body, lines);
      return { status: reply.statusCode, headers: lines, body: text, fault: undefined, ...ended(wireBytes) };
    } catch (error) {
      const code = faultCode(error);
      if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
        throw new UserError(`${request.name} cannot be sent: ${(error as Error).message}. Change it in the journey.`);
      }
      return { status: undefined, headers: {}, body: '', fault: isTimeout(error) ? 'timeout' : code, ...ended(0) };
    }
  }
}

function linesOf(headers: Record<string, string | string[] | undefined>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat()]));
}

function isTimeout(error: unknown): boolean {
  return (error as Error).name === 'TimeoutError' || faultCode(error).endsWith('_TIMEOUT');
}
