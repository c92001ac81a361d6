import type { ReplyPart } from './part.js';
import { pathOf } from './path-of.js';
import type { ReadReply } from './read-reply.js';
import { isOpaque, isWord, withoutOpaque } from './tokens.js';

/** One thing that a reply says otherwise than another did. */
export interface Difference {
  readonly kind: 'status' | 'format' | 'redirect' | 'emptied' | 'changed' | 'gone' | 'new' | 'cookie';
  /** `status`, `redirect`, `/cart/items`, `text`, `field quantity`, `cookie theme`. */
  readonly place: string;
  /** Reads on from "the reply": `/cart/items has 0 where it had 2`. Secrets are masked, long texts cut. */
  readonly words: string;
  /** Nothing but an id or a token is other than it was. */
  readonly idsAlone: boolean;
}

/** Hides secrets in text that people will read. */
export type Mask = (text: string) => string;

const secrets = /csrf|xsrf|token|nonce|secret|passw|authori[sz]ation|session_?id|\bsid$/i;

/** Whether a place is named like one that holds a secret or a token. */
export function isSecret(kind: string): boolean {
  return secrets.test(kind);
}

/** What tells two replies apart before their bodies do; undefined where nothing does. */
export function outerDifference(one: ReadReply, other: ReadReply, mask: Mask): Difference | undefined {
  if (one.status !== other.status) {
    return difference('status', 'status', `${answered(other, mask)} where it ${answered(one, mask, 'answered')}`);
  }
  if (one.format === other.format || one.location !== undefined) return undefined;
  const kind = other.format === 'nothing' ? 'emptied' : 'format';
  return difference(kind, 'format', `brings ${other.format} where it brought ${one.format}`);
}

/** `answers 302 to /login`, `gives no reply (ECONNRESET)`. */
export function answered({ status, location, fault }: ReadReply, mask: Mask, verb = 'answers'): string {
  if (status === undefined) return `${verb === 'answers' ? 'gives' : 'gave'} no reply (${fault ?? 'unknown'})`;
  return `${verb} ${status}${location === undefined ? '' : ` to ${shown(pathOf(location).replace(/\?.*/s, ''), mask, false)}`}`;
}

/** What one part says in the place of another. */
export function changed(before: ReplyPart, after: ReplyPart, mask: Mask): Difference {
  const { kind } = before;
  const hidden = isSecret(kind);
  const [was, is] = [before, after].map(({ text }) => said(kind, text, mask));
  const idsAlone = hidden || sameButForIds(before.tokens, after.tokens);
  if (kind === 'redirect') {
    const words = is === was ? `sends to ${is} with another query` : `sends to ${is} where it sent to ${was}`;
    return difference('redirect', kind, words, idsAlone);
  }
  if (kind === 'text') return difference('changed', kind, `says ${is} where it said ${was}`, idsAlone);
  if (kind === 'link') return difference('changed', kind, `links to ${is} where it linked to ${was}`, idsAlone);
  if (kind === 'form') return difference('changed', kind, `has the form ${is} where it had ${was}`, idsAlone);
  if (after.text === '') return difference('emptied', placeOf(kind), `${placeOf(kind)} is empty where it had ${was}`);
  const how = after.text === '0' || after.text === 'false' ? 'emptied' : 'changed';
  const words = hidden ? `has another value` : `has ${is} where it ${before.text === '' ? 'was empty' : `had ${was}`}`;
  return difference(how, placeOf(kind), `${placeOf(kind)} ${words}`, idsAlone);
}

/** What is no longer said. */
export function gone({ kind, text, tokens }: ReplyPart, mask: Mask): Difference {
  const was = isSecret(kind) ? 'a value' : said(kind, text, mask);
  const idsAlone = tokens.some(isOpaque) && tokens.every((token) => !isWord(token) || isOpaque(token));
  if (kind.startsWith('cookie ')) return difference('cookie', kind, `no longer sets the ${kind}`);
  if (kind === 'text') return difference('gone', kind, `no longer says ${was}`, idsAlone);
  if (kind === 'link') return difference('gone', kind, `no longer links to ${was}`, idsAlone);
  if (kind === 'form') return difference('gone', kind, `no longer has the form ${was}`, idsAlone);
  return difference('gone', placeOf(kind), `lacks ${placeOf(kind)}, which had ${was}`, idsAlone);
}

/** What was not said before, or not as often. */
export function fresh({ kind, text }: ReplyPart, mask: Mask, before: readonly ReplyPart[]): Difference {
  const is = said(kind, text, mask);
  if (kind === 'text' && before.some((part) => part.kind === kind && part.text === text)) {
    return difference('new', kind, `says ${is} once more than it did`);
  }
  if (kind.startsWith('cookie ')) return difference('cookie', kind, `sets the ${kind}, which it did not`);
  if (kind === 'text') return difference('new', kind, `says ${is}, which it did not`);
  if (kind === 'link') return difference('new', kind, `links to ${is}, which it did not`);
  if (kind === 'form') return difference('new', kind, `has the form ${is}, which it had not`);
  return difference('new', placeOf(kind), `has ${placeOf(kind)}, which it had not`);
}

/** What held something, whatever it was, and holds nothing now. */
export function emptied({ kind, at }: ReplyPart): Difference {
  const place = kind === at ? placeOf(kind) : placeInPage(at);
  return difference('emptied', place, `${place} is empty or gone where it had something`);
}

/** Where in a page, by the element alone: `text in li`. */
export function placeInPage(at: string): string {
  return at.replace(/ in .*>/, ' in ');
}

/** How a place is called: a JSON Pointer, `the field NAME`. */
export function placeOf(kind: string): string {
  if (kind === '') return 'the list';
  return kind.startsWith('field ') ? `the ${kind}` : kind;
}

/** Text for people: secrets and ids hidden, long ones cut. */
export function shown(text: string, mask: Mask, quoted = true): string {
  const safe = withoutOpaque(mask(text));
  const short = safe.length > 60 ? `${safe.slice(0, 59).trimEnd()}…` : safe;
  return !quoted || isPlain(text) ? short : `"${short}"`;
}

/** Of a path no values in its query: one may be a secret. */
function said(kind: string, text: string, mask: Mask): string {
  const isPath = kind === 'link' || kind === 'form' || kind === 'redirect';
  return isPath ? shown(text.replaceAll(/=[^&#]*/g, '=…'), mask, false) : shown(text, mask);
}

function isPlain(text: string): boolean {
  return /^(-?\d+([.,]\d+)?( items?)?|true|false)$/.test(text);
}

function sameButForIds(one: readonly string[], other: readonly string[]): boolean {
  return (
    one.length === other.length &&
    one.every((token, index) => token === other[index] || (isOpaque(token) && isOpaque(other[index]!)))
  );
}

function difference(kind: Difference['kind'], place: string, words: string, idsAlone = false): Difference {
  return { kind, place, words, idsAlone };
}
