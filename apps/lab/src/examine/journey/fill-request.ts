import { randomBytes, randomUUID } from 'node:crypto';
import { bodyKind } from './body-kind.js';
import { fillJson } from './json-template.js';
import type { JourneyRequest, KeptWhen } from './journey.js';
import { fillNames } from './placeholders.js';

/** Nothing was found for a `{{name}}` of a request, so that it cannot be sent. */
export interface MissingValue {
  readonly missing: string;
}

/** What `{{random}}`, `{{uuid}}` and `{{now}}` stand for: new for each request, the same within it. */
export type MadeUpValues = ReadonlyMap<string, () => string>;

/** From this machine's clock and randomness. */
export const madeUpValues: MadeUpValues = new Map([
  ['random', () => randomBytes(8).toString('hex')],
  ['uuid', () => randomUUID()],
  ['now', () => new Date().toISOString()],
]);

/**
 * The request with every `{{name}}` filled, encoded for its place; or the first name that has no value. Columns of the
 * users' file are in `values` as they are in a journey: `user.name`.
 */
export function fillRequest(
  request: JourneyRequest,
  values: ReadonlyMap<string, string>,
  madeUp: MadeUpValues = madeUpValues,
): JourneyRequest | MissingValue {
  const made = new Map<string, string>();
  let missing: string | undefined;
  const valueOf = (name: string): string => {
    const make = madeUp.get(name);
    if (make !== undefined && !made.has(name)) made.set(name, make());
    const value = made.get(name) ?? values.get(name);
    if (value === undefined) missing ??= name;
    // Half a character, which JSON can hold, has no encoding.
    return value?.toWellFormed() ?? '';
  };
  const raw = (text: string) => fillNames(text, valueOf);
  const headers = Object.entries(request.headers).map(([name, text]) => [name, raw(text).replace(/[\r\n\0]+/g, ' ')]);
  const filled: JourneyRequest = {
    ...request,
    path: fillPath(request.path, valueOf),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: request.body === undefined ? undefined : fillBody(request.body, request.headers['content-type'], valueOf),
    keeps: request.keeps === undefined ? undefined : fillKeeps(request.keeps, raw),
  };
  return missing === undefined ? filled : { missing };
}

/** A value that a path begins with is a whole address, as a redirect gives it: only its path and query are asked for. */
function fillPath(path: string, valueOf: (name: string) => string): string {
  const filled = fillNames(path, (name, offset) => (offset === 0 ? valueOf(name) : encodeURIComponent(valueOf(name))));
  if (!/^https?:\/\//i.test(filled) || !URL.canParse(filled)) return filled;
  const { pathname, search } = new URL(filled);
  return pathname + search;
}

function fillBody(body: string, contentType: string | undefined, valueOf: (name: string) => string): string {
  switch (bodyKind(body, contentType)) {
    case 'form':
      return fillNames(body, (name) => encodeURIComponent(valueOf(name)));
    case 'json':
      return fillJson(body, valueOf);
    case 'multipart':
    case 'text':
      return fillNames(body, valueOf);
  }
}

function fillKeeps(keeps: KeptWhen, raw: (text: string) => string): KeptWhen {
  return {
    ...keeps,
    ...(keeps.contains !== undefined && { contains: raw(keeps.contains) }),
    ...(keeps.lacks !== undefined && { lacks: raw(keeps.lacks) }),
  };
}
