import { htmlFields } from './html-fields.js';
import { changeLeaves } from './json-template.js';
import type { ValueSource } from './journey.js';
import { percentDecoded } from './percent-decoded.js';
import type { GivingReply } from './take-values.js';

/** A value that a reply gives, and where it stands. */
export interface GivenValue {
  readonly value: string;
  readonly from: ValueSource;
  /** Where it stands, for people: `the form`. */
  readonly where: string;
  /** What it may be called. */
  readonly name: string;
}

/** Headers that tell of the reply itself; no client brings them back. */
const ofTheReply =
  /^(accept-ranges|age|alt-svc|cache-control|connection|content-(?!location).*|cross-origin-.*|date|expires|keep-alive|last-modified|location|nel|permissions-policy|pragma|referrer-policy|report-to|server|server-timing|set-cookie|strict-transport-security|transfer-encoding|vary|via|x-(?:cache|content-type-options|frame-options|powered-by|xss-protection).*|access-control-.*)$/;

/** All values of a reply that stand by themselves, where a client would look first: form, JSON, headers, cookies. */
export function givenValues(reply: GivingReply): readonly GivenValue[] {
  return [...ofForm(reply.body), ...ofJson(reply.body), ...ofHeaders(reply), ...ofCookies(reply)].filter(
    ({ value }) => value !== '',
  );
}

function ofForm(body: string): GivenValue[] {
  return htmlFields(body)
    .filter(({ isHidden }) => isHidden)
    .map(({ element, name, value }) => ({
      value,
      from: { kind: 'field', field: name },
      where: element === 'input' ? 'the form' : 'a <meta>',
      name,
    }));
}

function ofJson(body: string): GivenValue[] {
  const values: GivenValue[] = [];
  if (!/^\s*[{[]/.test(body)) return values;
  changeLeaves(body, ({ pointer, value }) => {
    values.push({ value, from: { kind: 'json', pointer }, where: 'the JSON', name: nameOfPointer(pointer) });
    return value;
  });
  return values;
}

/** `/orders/0/id` is the `order_id`. */
function nameOfPointer(pointer: string): string {
  const keys = pointer.split('/').filter((key) => key !== '' && !/^\d+$/.test(key));
  const last = keys.at(-1) ?? 'value';
  const owner = keys.at(-2);
  return /^(id|key|value|token|code|name|ref)$/i.test(last) && owner ? `${owner.replace(/s$/, '')}_${last}` : last;
}

function ofHeaders({ headers }: GivingReply): GivenValue[] {
  const values: GivenValue[] = [];
  for (const [header, [line = '']] of Object.entries(headers)) {
    if (header === 'location') values.push(...ofLocation(line));
    if (ofTheReply.test(header)) continue;
    const [, scheme, value = ''] = /^(bearer +)?(.*)$/i.exec(line) ?? [];
    const pattern = scheme === undefined ? '.+' : '^[Bb]earer +(.+)';
    values.push({ value, from: { kind: 'header', header, pattern }, where: `the header ${header}`, name: header });
  }
  return values;
}

/** The segments of a redirect's path and the values of its query. */
function ofLocation(line: string): GivenValue[] {
  const [path = '', query = ''] = line
    .split('#')[0]!
    .replace(/^https?:\/\/[^/?]*/i, '')
    .split('?');
  const give = (raw: string, pattern: string, name: string): GivenValue => ({
    value: percentDecoded(raw),
    from: { kind: 'header', header: 'location', pattern },
    where: 'the redirect',
    name,
  });
  const segments = path.split('/');
  const ofPath = segments.slice(1).map((raw, index) => {
    const before = segments[index]!;
    return give(raw, `^(?:https?://[^/?]*)?${'/[^/?#]*'.repeat(index)}/([^/?#]+)`, before.replace(/s$/, '') || 'part');
  });
  const ofQuery = query.split('&').map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    return give(rest.join('='), `[?&]${literally(name)}=([^&#]+)`, percentDecoded(name));
  });
  return [...ofPath, ...ofQuery];
}

function ofCookies({ headers }: GivingReply): GivenValue[] {
  return (headers['set-cookie'] ?? []).map((line) => {
    const [, cookie = '', raw = ''] = /^\s*([^=;]*)=([^;]*)/.exec(line) ?? [];
    const value = percentDecoded(raw.trim());
    return { value, from: { kind: 'cookie', cookie }, where: `the cookie ${cookie}`, name: cookie };
  });
}

/** A regular expression that means just this text. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
