import { escapeKey } from '../journey/json-template.js';
import { isOpaque, time } from './tokens.js';
import { placedPart, type ReplyPart } from './part.js';

/** Numbers whose names say that they count time: they change with the clock, as written times do. */
const countsTime =
  /([Uu]ptime|[Ee]lapsed|[Dd]uration|[Ll]atency|[Tt]ook|[Mm]ax_?[Aa]ge|[Tt]tl|TTL|[Ee]xpires(_?([Ii]n|[Aa]t))?|[Tt]imestamp|[a-z]Ms|_ms|[Mm]illis|[Ss]econds)$/;

/** Deeper than any service's replies, and no danger to the stack. */
const deepest = 100;

/** The leaves of a JSON value by pointer, its lists by their length. `*` stands for a place in a list and for an id. */
export function jsonParts(value: unknown, pointer = ''): ReplyPart[] {
  const parts: ReplyPart[] = [];
  addParts(parts, value, pointer, 0);
  return parts;
}

function addParts(parts: ReplyPart[], value: unknown, pointer: string, depth: number): void {
  const isNothing = value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  if (isNothing) parts.push(placedPart(pointer, ''));
  else if (depth > deepest) parts.push(placedPart(pointer, 'more'));
  else if (Array.isArray(value)) {
    const { length } = value;
    parts.push(placedPart(pointer, length === 1 ? '1 item' : `${length} items`, [String(length), 'items']));
    for (const item of value) addParts(parts, item, `${pointer}/*`, depth + 1);
  } else if (typeof value === 'object') {
    for (const [key, entry] of Object.entries(value)) {
      addParts(parts, entry, `${pointer}/${isId(key) ? '*' : escapeKey(key)}`, depth + 1);
    }
  } else if (typeof value === 'number' && countsTime.test(pointer)) {
    parts.push(placedPart(pointer, String(value), [time]));
  } else parts.push(placedPart(pointer, typeof value === 'string' ? value : JSON.stringify(value)));
}

function isId(key: string): boolean {
  return /^\d+$/.test(key) || isOpaque(key);
}
