import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a request says of where it comes from and of what it may do. */
export interface ActionCredentials {
  readonly authorization: string | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site. */
  readonly fetchSite: string | undefined;
}

export type Refusal = 'cross-origin-refused' | 'token-missing' | 'token-wrong';

/** A token that nobody guesses, and that needs no escape in a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Why a request may not act; undefined when it may. A request without a browser's headers is no browser's. */
export function refusalOf(
  { authorization, host, origin, fetchSite }: ActionCredentials,
  token: string,
): Refusal | undefined {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return 'cross-origin-refused';
  if (origin !== undefined && hostOf(origin) !== host?.toLowerCase()) return 'cross-origin-refused';
  const reported = /^Bearer +([\w~+/.=-]+)$/i.exec(authorization ?? '')?.[1];
  if (reported === undefined) return 'token-missing';
  // Digests are of the same length, so that the time tells nothing of the token.
  return timingSafeEqual(digest(reported), digest(token)) ? undefined : 'token-wrong';
}

/**
 * Whether a Host header names this machine. Any other name that leads here is a trick of a page elsewhere, which would
 * read as if it were of our own origin (DNS rebinding).
 */
export function isThisMachine(host: string | undefined): boolean {
  const name = hostNameOf(`http://${host ?? ''}`);
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name ?? '');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function hostNameOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).hostname : undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
