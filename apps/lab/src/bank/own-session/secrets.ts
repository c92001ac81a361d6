const keptCharacters = 16;
const secretFields = new Set(['password', 'access_token', 'refresh_token', 'continuation']);

/** As much of a secret as tells it from another one. */
export function cut(secret: string): string {
  return secret.length <= keptCharacters ? secret : `${secret.slice(0, keptCharacters)}…`;
}

/** A header's value as it may be shown. */
export function abbreviatedHeader(name: string, value: string): string {
  if (name === 'authorization') return value.replace(/^(Bearer )(.*)$/, (_all, scheme, token) => scheme + cut(token));
  if (name === 'cookie') return value.split('; ').map(abbreviatedPair).join('; ');
  if (name === 'set-cookie') return value.replace(/^[^;]*/, abbreviatedPair);
  return value;
}

/** A body as it may be shown. */
export function abbreviatedBody(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body ?? null;
  const fields = Object.entries(body).map(([name, value]) => [
    name,
    secretFields.has(name) && typeof value === 'string' ? cut(value) : value,
  ]);
  return Object.fromEntries(fields);
}

/** What a signed token says, which its signature does not hide; null for what is none. */
export function readToken(token: string): { header: object; claims: object } | null {
  const [header, claims] = token.split('.').map(decoded);
  return header == null || claims == null ? null : { header, claims };
}

/** `name=value` with the value cut. */
export function abbreviatedPair(pair: string): string {
  const at = pair.indexOf('=');
  return `${pair.slice(0, at + 1)}${cut(pair.slice(at + 1))}`;
}

function decoded(part: string): object | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' ? value : null;
  } catch {
    // Something else with a dot in it.
    return null;
  }
}
