import type { Replica } from '../target/target.js';
import type { JourneyRequest } from '../journey/journey.js';
import { acceptEncoding } from './body.js';

/** By which the owner of a service finds the lab's requests in its logs. */
export const userAgent = 'tellers-lab';

/** What a recording's browser said of its own connection, cache and name, which are not the lab's. */
const notOurs = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'if-modified-since',
  'if-none-match',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);

/** Where a request was recorded and where it goes now, as far as its headers say so. */
export interface Headed {
  readonly recordedAt: string | undefined;
  /** The service as its clients name it, whichever replica is asked. */
  readonly home: URL;
  readonly replica: Replica | undefined;
  readonly cookies: readonly string[];
}

/** What goes with a request: its own headers, moved from the recorded service to the examined one. */
export function headersFor(request: JourneyRequest, { recordedAt, home, replica, cookies }: Headed) {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    // Recordings of HTTP/2 hold `:authority` and its like.
    if (!notOurs.has(name) && !name.startsWith(':')) headers[name] = value;
  }
  for (const name of ['origin', 'referer']) {
    if (headers[name] !== undefined) headers[name] = moved(headers[name], recordedAt, home);
  }
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
  // A replica behind a front door that speaks TLS hears this from it, and may set no Secure cookie without.
  if (replica !== undefined && home.protocol === 'https:') headers['x-forwarded-proto'] = 'https';
  return {
    ...headers,
    host: home.host,
    'user-agent': userAgent,
    'accept-encoding': acceptEncoding,
    ...replica?.headers,
  };
}

/** An `Origin` or `Referer` of the recorded service becomes one of the examined one; another site's stays. */
function moved(url: string, from: string | undefined, home: URL): string {
  if (!URL.canParse(url)) return url;
  const { origin } = new URL(url);
  if (from !== undefined && new URL(from).origin !== origin) return url;
  return home.origin + url.slice(origin.length);
}
