import type { SessionEnvironment } from '../environment.js';

/** The two cookies of a mode: which session, and which pod. */
export class SessionCookies {
  readonly sessionName: string;
  readonly secure: boolean;
  readonly #attributes: string;
  readonly #affinityName: string;

  constructor({ MODE, SECURE_COOKIES, PATH_PREFIX }: SessionEnvironment) {
    // `__Host-` is for the path / alone, and a bank under a prefix shares its host with services that should see no session.
    const security = SECURE_COOKIES ? (PATH_PREFIX ? '__Secure-' : '__Host-') : '';
    this.secure = SECURE_COOKIES;
    this.sessionName = `${security}tellers-session-${MODE}`;
    this.#affinityName = `tellers-affinity-${MODE}`;
    this.#attributes = `; Path=${PATH_PREFIX || '/'}; HttpOnly; SameSite=Strict${SECURE_COOKIES ? '; Secure' : ''}`;
  }

  /** The session id in a Cookie header. */
  read(header: string | undefined): string | undefined {
    if (!header) return undefined;
    const prefix = `${this.sessionName}=`;
    for (const pair of header.split(';')) {
      const cookie = pair.trim();
      if (cookie.startsWith(prefix)) return cookie.slice(prefix.length);
    }
    return undefined;
  }

  /** Set-Cookie that binds a client to its session until the browser closes. */
  bind(sessionId: string): string {
    return `${this.sessionName}=${sessionId}${this.#attributes}`;
  }

  /** Set-Cookie that takes the session from the client. */
  release(): string {
    return `${this.sessionName}=; Max-Age=0${this.#attributes}`;
  }

  /** Set-Cookie that frees the client from the pod that the front door bound it to. */
  releaseAffinity(): string {
    return `${this.#affinityName}=; Max-Age=0${this.#attributes}`;
  }
}
