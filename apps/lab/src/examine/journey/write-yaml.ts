import { parsedJson } from '../../http/parsed-json.js';
import { stringify } from 'yaml';
import { bodyKind } from './body-kind.js';
import type { Journey, JourneyRequest, TakenValue } from './journey.js';
import { requestName } from './request-name.js';
import { percentDecoded } from './percent-decoded.js';

const byForm = 'application/x-www-form-urlencoded';
const byJson = 'application/json';

/** A journey as YAML that `readYaml` reads: short, in the order in which a person would write it. */
export function writeYaml({ origin, requests }: Journey): string {
  const written = { ...(origin !== undefined && { origin }), requests: requests.map(writeRequest) };
  return stringify(written, { lineWidth: 0, singleQuote: true });
}

function writeRequest(request: JourneyRequest, index: number): Record<string, unknown> {
  const { name, method, path, keeps, reads, signsOut } = request;
  const { headers, ...body } = writeBody(request);
  return {
    ...(name !== requestName(index, request) && { name }),
    [method.toLowerCase()]: path,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...body,
    ...(request.takes.length > 0 && { takes: Object.fromEntries(request.takes.map(writeTaken)) }),
    ...(keeps !== undefined && { keeps }),
    ...(reads !== undefined && { reads }),
    ...(signsOut !== undefined && { signsOut }),
  };
}

function writeBody({
  body,
  headers,
}: JourneyRequest): Record<string, unknown> & { headers: Readonly<Record<string, string>> } {
  if (body === undefined) return { headers };
  const { 'content-type': contentType = '', ...others } = headers;
  const kind = bodyKind(body, contentType);
  const isUsual = (usual: string) => contentType.replace(/; *charset=utf-8$/i, '') === usual;
  const form = kind === 'form' ? formOf(body) : undefined;
  // Whoever reads a record by its schema passes over this name.
  if (form !== undefined && !Object.hasOwn(form, '__proto__')) {
    return { headers: isUsual(byForm) ? others : headers, form };
  }
  const json = kind === 'json' ? plainJson(body) : undefined;
  // Without a content type of its own the body would be given one when it is read.
  if (json !== undefined && contentType !== '') return { headers: isUsual(byJson) ? others : headers, json };
  return { headers, body };
}

function formOf(body: string): Record<string, string | string[]> {
  const form = new Map<string, string[]>();
  for (const pair of body.split('&').filter((part) => part !== '')) {
    const [name = '', ...rest] = pair.split('=').map((part) => percentDecoded(part.replaceAll('+', ' ')));
    form.set(name, [...(form.get(name) ?? []), rest.join('=')]);
  }
  return Object.fromEntries([...form].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

/** Undefined where a `{{name}}` stands without quotes, which YAML would give some, and for a name that no record keeps. */
function plainJson(body: string): unknown {
  const json = parsedJson(body);
  return json !== undefined && JSON.stringify(json).includes('"__proto__":') ? undefined : json;
}

function writeTaken({ name, from }: TakenValue): [string, Record<string, string>] {
  switch (from.kind) {
    case 'json':
      return [name, { json: from.pointer }];
    case 'field':
      return [name, { field: from.field }];
    case 'cookie':
      return [name, { cookie: from.cookie }];
    case 'body':
      return [name, { body: from.pattern }];
    case 'header':
      return [name, { header: from.header, pattern: from.pattern }];
  }
}
