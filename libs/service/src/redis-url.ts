import { isPercentEncoded } from './percent-encoding.js';

/**
 * Why a REDIS_URL cannot be honoured as it is written; undefined where it can. What the client library would leave out or
 * take for something else, a fragment, a query or a database that is no number, is refused.
 */
export function faultOfRedisUrl(text: string): string | undefined {
  if (!/^rediss?:\/\/\S*$/.test(text) || !URL.canParse(text)) {
    return 'a redis:// or rediss:// URL is required, with what is special in a password escaped (/ as %2F, # as %23)';
  }
  const { hostname, port, pathname, search, hash, username, password } = new URL(text);
  if (hostname === '') return 'it names no host';
  if (port === '0') return 'its port is 0';
  if (!/^\/?$|^\/\d{1,9}$/.test(pathname)) return 'what follows the host is the number of a database, as in /2';
  if (search !== '' || text.includes('?')) return 'it has a query (?), which is not used: leave it out';
  if (hash !== '' || text.includes('#'))
    return 'it has a fragment (#), which is not used: leave it out, or escape it as %23';
  if (![username, password].every(isPercentEncoded))
    return 'its user or password has a % that escapes nothing: write it as %25';
  return undefined;
}

/** Whether a URL names a user and no password: the client library signs nobody in then. */
export function isUserAlone(url: string, username = new URL(url).username): boolean {
  return username !== '' && new URL(url).password === '';
}
