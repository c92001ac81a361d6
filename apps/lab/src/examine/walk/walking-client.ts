import type { JourneyRequest } from '../journey/journey.js';
import { takeValues } from '../journey/take-values.js';
import type { Replica } from '../target/target.js';
import { BrowserCookies, type CookieRefused } from './browser-cookies.js';
import { headersFor } from './headers.js';
import { ServiceConnection } from './service-connection.js';
import type { WalkedStep } from './walker.js';

/** What all clients of a walker share. */
export interface ClientSettings {
  /** The service as its clients name it, whichever replica is asked. */
  readonly home: URL;
  readonly recordedAt: string | undefined;
  readonly timeoutMs: number;
  readonly cookieRefused: CookieRefused;
}

/** A client of the service: its cookies, the values that replies gave it, and a connection to each address. */
export class WalkingClient {
  private constructor(
    private readonly settings: ClientSettings,
    private readonly cookies: BrowserCookies,
    readonly taken: Map<string, string>,
    private readonly connections: Map<string, ServiceConnection>,
  ) {}

  static create(settings: ClientSettings): WalkingClient {
    return new WalkingClient(
      settings,
      new BrowserCookies(settings.home.origin, settings.cookieRefused),
      new Map(),
      new Map(),
    );
  }

  /** One that goes on from here by itself, over the same connections. */
  fork(): WalkingClient {
    return new WalkingClient(this.settings, this.cookies.copy(), new Map(this.taken), this.connections);
  }

  /**
   * Sends a request to a replica, or to the front door.
   * @param filled the request with its values in their places
   */
  async send(
    filled: JourneyRequest,
    replica: Replica | undefined,
    withoutCookies: readonly string[],
  ): Promise<Pick<WalkedStep, 'reply' | 'cookies'>> {
    const { home, recordedAt } = this.settings;
    const cookies = this.cookies.for(filled.path, withoutCookies);
    const headers = headersFor(filled, { recordedAt, home, replica, cookies });
    const reply = await this.#connection(replica).send(filled, headers);
    this.cookies.accept(reply.headers['set-cookie'] ?? [], filled.path);
    const taken = takeValues(filled, reply, (name) => this.cookies.value(name, filled.path));
    for (const [name, value] of taken) this.taken.set(name, value);
    return { reply, cookies };
  }

  #connection(replica: Replica | undefined): ServiceConnection {
    const address = replica?.address ?? this.settings.home.origin;
    const known = this.connections.get(address);
    if (known !== undefined) return known;
    const connection = new ServiceConnection(address, replica, this.settings.timeoutMs);
    this.connections.set(address, connection);
    return connection;
  }
}
