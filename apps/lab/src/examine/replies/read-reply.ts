import { parsedJson } from '../../http/parsed-json.js';
import { createHash } from 'node:crypto';
import type { Reply } from '../walk/reply.js';
import { readPage, type ReadPage } from './html-parts.js';
import { jsonParts } from './json-parts.js';
import { placedPart, type ReplyPart } from './part.js';
import { pathOf } from './path-of.js';
import { tokensOf } from './tokens.js';

/** A reply taken apart, so that what it says can be compared with what another says. */
export interface ReadReply {
  /** Undefined when no reply came. */
  readonly status: number | undefined;
  readonly fault: string | undefined;
  /** As the header has it; of a redirect alone. */
  readonly location: string | undefined;
  readonly format: Format;
  /** Names of the cookies that it sets; not of those that it clears. */
  readonly cookies: readonly string[];
  /** Whether it is a page with a field for a password. */
  readonly asksPassword: boolean;
  readonly body: string;
  readonly parts: readonly ReplyPart[];
}

export type Format = 'json' | 'html' | 'xml' | 'text' | 'other' | 'nothing';

/** Takes a reply apart: JSON by its leaves, a page by what it says, links to and asks, text by its lines. */
export function readReply({ status, headers, body, fault }: Reply): ReadReply {
  const location = status !== undefined && status >= 300 && status < 400 ? headers['location']?.[0] : undefined;
  const cookies = cookiesSet(headers['set-cookie'] ?? []);
  const { format, parts, asksPassword } = readBody(
    headers['content-type']?.[0] ?? '',
    location === undefined ? body : '',
  );
  return {
    status,
    fault,
    location,
    format,
    cookies,
    asksPassword,
    body,
    parts: [
      ...(location === undefined ? [] : [placedPart('redirect', pathOf(location))]),
      ...cookies.map((name) => placedPart(`cookie ${name}`, 'set')),
      ...parts,
    ],
  };
}

/** The body of a redirect is never seen, so it is not read. */
function readBody(type: string, body: string): ReadPage & { readonly format: Format } {
  if (body === '') return { format: 'nothing', parts: [], asksPassword: false };
  if (/json/i.test(type) || (/^\s*[[{]/.test(body) && !/html|xml/i.test(type))) {
    const json = parsedJson(body);
    if (json !== undefined) return { format: 'json', parts: jsonParts(json), asksPassword: false };
  }
  if (/html/i.test(type) || /^\s*<(!doctype|html)\b/i.test(body)) return { format: 'html', ...readPage(body) };
  if (/\bxml|\+xml/i.test(type)) return { format: 'xml', ...readPage(body, true) };
  if (type === '' || /^text\/|json|javascript|x-www-form-urlencoded|yaml|graphql/i.test(type)) {
    return { format: 'text', parts: lines(body), asksPassword: false };
  }
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 8);
  const said = `${body.length} characters of ${type.split(';')[0]}, ${digest}`;
  return { format: 'other', parts: [placedPart('content', said)], asksPassword: false };
}

function lines(body: string): ReplyPart[] {
  return body.split(/\r?\n/).flatMap((line, index) => {
    const text = line.trim();
    return text === ''
      ? []
      : [{ kind: 'text', at: `line ${index + 1}`, text, tokens: tokensOf(text), repeated: false }];
  });
}

function cookiesSet(setCookies: readonly string[]): string[] {
  const kept = setCookies.filter((line) => !takesCookieAway(line));
  return [...new Set(kept.map((line) => line.split('=')[0]!.trim()))];
}

/** Whether a Set-Cookie header ends a cookie, as servers do: an empty value, or a time that is over. */
export function takesCookieAway(setCookie: string): boolean {
  return /;\s*max-age=(0|-\d+)\b|;\s*expires=[^;]*\b19[67]\d\b|^[^=]*=("")?\s*(;|$)/i.test(setCookie);
}
