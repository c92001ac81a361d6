import { bodyKind } from './body-kind.js';
import { changeLeaves } from './json-template.js';
import type { JourneyRequest } from './journey.js';
import { percentDecoded } from './percent-decoded.js';
import { aroundNames } from './placeholders.js';

/** A value that a request brings, decoded; `{{name}}`s stand in it as they do in the request. */
export interface BroughtValue {
  readonly kind: 'path' | 'query' | 'header' | 'form' | 'json';
  /** Its place among those of its kind: a segment's number, a name, a JSON Pointer. */
  readonly key: string;
  readonly value: string;
  /** Of JSON: without quotes. */
  readonly isNumber?: true;
}

type ChangeValue = (value: BroughtValue) => string;

const scheme = /^(?:bearer|token|jwt|dpop|basic) +/i;

/** All values that a request brings, in their order. Its cookies are the jar's, and not among them. */
export function broughtValues(request: JourneyRequest): readonly BroughtValue[] {
  const values: BroughtValue[] = [];
  changeValues(request, (value) => {
    values.push(value);
    return value.value;
  });
  return values;
}

/** Unlike that of any other value of the request. */
export function placeOf({ kind, key }: BroughtValue): string {
  return `${kind} ${key}`;
}

/** The name of a value alone: `password` of `user[password]`, of `/user/password` and of a second one. */
export function fieldOf({ kind, key }: BroughtValue): string {
  if (kind === 'json') return key.split('/').at(-1) ?? '';
  return key.replace(/#\d+$/, '').replace(/^.*\[([^\]]+)\]$/, '$1');
}

/** The request with values changed, each encoded for its place; what does not change stays as it was written. */
export function changeValues(request: JourneyRequest, change: ChangeValue): JourneyRequest {
  const [segments = '', ...query] = request.path.split('?');
  let path = changeSegments(segments, change);
  if (query.length > 0) path += `?${changePairs(query.join('?'), 'query', change)}`;
  const headers = Object.entries(request.headers).map(([key, text]): [string, string] => {
    const prefix = scheme.exec(text)?.[0] ?? '';
    return [key, prefix + change({ kind: 'header', key, value: text.slice(prefix.length) })];
  });
  return {
    ...request,
    path,
    headers: Object.fromEntries(headers),
    body: request.body === undefined ? undefined : changeBody(request.body, request.headers['content-type'], change),
  };
}

function changeBody(body: string, contentType: string | undefined, change: ChangeValue): string {
  switch (bodyKind(body, contentType)) {
    case 'form':
      return changePairs(body, 'form', change);
    case 'json':
      return changeLeaves(body, ({ pointer, value, isNumber }) =>
        change({ kind: 'json', key: pointer, value, ...(isNumber && { isNumber }) }),
      );
    case 'multipart':
      return changeParts(body, change);
    case 'text':
      return body;
  }
}

function changeSegments(path: string, change: ChangeValue): string {
  return path
    .split('/')
    .map((segment, index) => {
      const value = percentDecoded(segment);
      const after = segment === '' ? value : change({ kind: 'path', key: String(index), value });
      return after === value ? segment : aroundNames(after, encodeURIComponent);
    })
    .join('/');
}

function changePairs(text: string, kind: 'query' | 'form', change: ChangeValue): string {
  const counts = new Map<string, number>();
  return text
    .split('&')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      if (rest.length === 0) return pair;
      const value = percentDecoded(rest.join('=').replaceAll('+', ' '));
      const after = change({ kind, key: numbered(percentDecoded(name.replaceAll('+', ' ')), counts), value });
      return after === value ? pair : `${name}=${aroundNames(after, encodeURIComponent)}`;
    })
    .join('&');
}

/** Fields of a multipart form that are no files. */
function changeParts(body: string, change: ChangeValue): string {
  const counts = new Map<string, number>();
  const field = /(content-disposition: *form-data; *name="([^"]*)"\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([\s\S]*?)(?=\r?\n--)/gi;
  return body.replace(
    field,
    (_, head: string, name: string, value: string) =>
      head + change({ kind: 'form', key: numbered(name, counts), value }),
  );
}

function numbered(name: string, counts: Map<string, number>): string {
  const before = counts.get(name) ?? 0;
  counts.set(name, before + 1);
  return before === 0 ? name : `${name}#${before + 1}`;
}
