import { UserError } from '../../user-error.js';
import { fillRequest } from '../journey/fill-request.js';
import { isSafe } from '../journey/is-safe.js';
import type { Journey, JourneyRequest } from '../journey/journey.js';
import type { JourneyUser } from '../journey/users.js';
import type { Replica } from '../target/target.js';
import { Pace } from './pace.js';
import type { Reply } from './reply.js';
import type { JourneyWalk, WalkedStep, Walker, WalkOptions } from './walker.js';
import { WalkingClient } from './walking-client.js';

export interface WalkerSettings {
  readonly journey: Journey;
  /** More walks than users take them in turn; none where the journey needs none. */
  readonly users: readonly JourneyUser[];
  readonly frontDoor: string | undefined;
  /** Whether anything but GET and HEAD may be sent. */
  readonly allowWrites: boolean;
  /** Over all walks; 20 if not given. */
  readonly ratePerSecond?: number;
  /** For a whole reply; 10 s if not given. */
  readonly timeoutMs?: number;
  /** Is told of each request that was sent, as soon as it is over. */
  readonly onReply?: (step: WalkedStep) => void;
  /** Gets a sentence about a cookie that a browser would not keep either. */
  readonly say?: (sentence: string) => void;
  /** From then on nothing is sent, and walks reject. */
  readonly stopping?: AbortSignal;
}

/** A walker of one journey. */
export function createWalker(settings: WalkerSettings): Walker {
  return new JourneyWalker(settings);
}

class JourneyWalker implements Walker {
  readonly #pace: Pace;
  readonly #clients = new WeakMap<JourneyWalk, WalkingClient>();
  readonly #refusedCookies = new Set<string>();
  /** The service as its clients name it: where no front door is known, as the replica that is asked first. */
  #home: URL | undefined;

  constructor(private readonly settings: WalkerSettings) {
    this.#pace = new Pace(settings.ratePerSecond ?? 20);
    this.#home = settings.frontDoor === undefined ? undefined : new URL(settings.frontDoor);
  }

  async walk(options: WalkOptions): Promise<JourneyWalk> {
    const { only, user } = options;
    const requests = [...this.settings.journey.requests.entries()];
    const chosen = only === undefined ? requests : only.map((index) => requests[index]!);
    for (const [, request] of chosen) this.#refuseWrite(request);
    const client = this.#client(options);
    const steps: WalkedStep[] = [];
    for (const [index, request] of chosen) steps.push(...(await this.#step(index, request, client, options)));
    const walk = { user, steps };
    this.#clients.set(walk, client);
    return walk;
  }

  async #step(
    index: number,
    request: JourneyRequest,
    client: WalkingClient,
    { user, times = 1, to, before, withoutCookies = [] }: WalkOptions,
  ): Promise<WalkedStep[]> {
    const { users, onReply, stopping } = this.settings;
    await before?.(index);
    const columns = users[user % users.length] ?? [];
    const filled = fillRequest(request, new Map([...client.taken, ...columns]));
    if ('missing' in filled) {
      return [{ index, request, reply: unsent(), cookies: [], missing: filled.missing }];
    }
    const steps: WalkedStep[] = [];
    for (let sent = 0; sent < times; sent += 1) {
      await this.#pace.turn(stopping);
      const step = {
        index,
        request: filled,
        ...(await client.send(filled, this.#replica(to(index)), withoutCookies)),
        missing: undefined,
      };
      onReply?.(step);
      steps.push(step);
    }
    return steps;
  }

  /** @throws UserError for a request that may change something, unless it may */
  #refuseWrite({ name, method }: JourneyRequest): void {
    if (this.settings.allowWrites || isSafe(method)) return;
    throw new UserError(`${name} may change something: it is sent only with --allow-writes.`);
  }

  #client({ as, to, only = [] }: WalkOptions): WalkingClient {
    if (as !== undefined) {
      const client = this.#clients.get(as);
      if (client === undefined) throw new Error('A walk goes on as one of the same walker.');
      return client.fork();
    }
    const { journey, timeoutMs = 10_000 } = this.settings;
    const home = (this.#home ??= new URL(this.#replica(to(only[0] ?? 0))!.address));
    return WalkingClient.create({
      home,
      recordedAt: journey.origin,
      timeoutMs,
      cookieRefused: (name, why) => this.#cookieRefused(name, why),
    });
  }

  /** Undefined for the front door. */
  #replica(to: Replica | 'front door'): Replica | undefined {
    if (to !== 'front door') return to;
    if (this.settings.frontDoor === undefined) throw new Error('There is no front door to send requests to.');
    return undefined;
  }

  #cookieRefused(name: string, why: string): void {
    if (this.#refusedCookies.has(name)) return;
    this.#refusedCookies.add(name);
    this.settings.say?.(
      `The cookie ${name} is not kept, as a browser would not keep it from ${this.#home?.origin}: ${why}.`,
    );
  }
}

/** The reply to a request that was not sent, since a value of it was missing. */
function unsent(): Reply {
  const now = performance.now();
  return {
    status: undefined,
    headers: {},
    body: '',
    fault: 'missing-value',
    replica: undefined,
    bytes: { requestHeader: 0, requestBody: 0, replyHeader: 0, replyBody: 0 },
    startedAt: now,
    endedAt: now,
  };
}
