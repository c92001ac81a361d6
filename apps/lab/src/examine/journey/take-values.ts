import { parsedJson } from '../../http/parsed-json.js';
import type { Reply } from '../walk/reply.js';
import { htmlFields } from './html-fields.js';
import { atPointer } from './json-template.js';
import type { JourneyRequest, ValueSource } from './journey.js';
import { percentDecoded } from './percent-decoded.js';

/** What of a reply can give values. */
export type GivingReply = Pick<Reply, 'headers' | 'body'>;

/** The values that a reply to `request` gives, by their names: those alone that are there, and not empty. */
export function takeValues(
  { takes }: Pick<JourneyRequest, 'takes'>,
  reply: GivingReply,
  cookie: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  for (const { name, from } of takes) {
    const value = takeValue(from, reply, cookie);
    if (value !== undefined && value !== '') taken.set(name, value);
  }
  return taken;
}

function takeValue(
  from: ValueSource,
  { headers, body }: GivingReply,
  cookie: (name: string) => string | undefined,
): string | undefined {
  switch (from.kind) {
    case 'json':
      return scalar(atPointer(parsedJson(body), from.pointer));
    case 'field':
      return htmlFields(body).find(({ name }) => name === from.field)?.value;
    case 'header':
      return headers[from.header]
        ?.map((line) => matched(from.header, line, from.pattern))
        .find((value) => value !== undefined);
    case 'body':
      return firstGroup(body, from.pattern);
    case 'cookie': {
      const value = cookie(from.cookie);
      return value === undefined ? undefined : percentDecoded(value);
    }
  }
}

/** A part of a `location` is decoded, since it is encoded again where it is brought; a whole one is an address. */
function matched(header: string, line: string, pattern: string): string | undefined {
  const value = firstGroup(line, pattern);
  return value !== undefined && header === 'location' && value !== line ? percentDecoded(value) : value;
}

/** The first group of the first match, or all of it where the pattern has no group. */
export function firstGroup(text: string, pattern: string): string | undefined {
  const match = new RegExp(pattern).exec(text);
  return match?.[1] ?? match?.[0];
}

function scalar(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
