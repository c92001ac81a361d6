import type { WalkedStep } from '../walk/walker.js';
import { contentIn, nameOf, valueOf } from './cookies.js';

/** A cookie or a token by which a client is known. */
export interface Credential {
  readonly name: string;
  /** For counting, never for printing. */
  readonly value: string;
  readonly kind: 'cookie' | 'token';
}

/** What a step brought to tell who asks; the name of a token is its header's. */
export function credentialsOf({ cookies, request }: Pick<WalkedStep, 'cookies' | 'request'>): Credential[] {
  const token = request.headers['authorization'];
  return [
    ...cookies.map((cookie) => ({ name: nameOf(cookie), value: valueOf(cookie), kind: 'cookie' as const })),
    ...(token === undefined
      ? []
      : [{ name: 'authorization', value: token.split(' ').at(-1) ?? '', kind: 'token' as const }]),
  ];
}

/** What they take in a request. */
export function bytesOf(credentials: readonly Credential[]): number {
  return credentials.reduce((sum, { name, value }) => sum + Buffer.byteLength(name + value) + 1, 0);
}

/** Those that count as content, each with why in a sentence, without its value. */
export function contentAmong(credentials: readonly Credential[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, value, kind } of credentials) {
    const why = contentIn(value);
    const what = kind === 'cookie' ? `The cookie ${name}` : `The token of the header ${name}`;
    if (why !== undefined) found.set(`${kind} ${name}`, `${what} counts as content: it ${why}.`);
  }
  return found;
}
