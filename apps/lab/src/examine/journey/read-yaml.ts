import { parseDocument } from 'yaml';
import { z } from 'zod';
import { UserError } from '../../user-error.js';
import { madeUpValues } from './fill-request.js';
import type { Journey, JourneyRequest, ValueSource } from './journey.js';
import { journeySchema, methodKeys, type WrittenRequest, type WrittenSource } from './journey-schema.js';
import { aroundNames, namesOf } from './placeholders.js';
import { requestName } from './request-name.js';

const howToWrite = 'docs/journey.md has every key, and an example.';
const clientsOwn = ['connection', 'content-length', 'cookie', 'host', 'transfer-encoding'];

/** Reads a journey written by hand, or by `examine --record`. @throws UserError, which tells the place */
export function readYaml(text: string): Journey {
  const document = parseDocument(text, { stringKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const line = fault.linePos?.[0].line ?? 1;
    const why = fault.code === 'NON_STRING_KEY' ? "'{{name}}' needs quotes around it" : fault.message.split('\n')[0]!;
    throw new UserError(`Line ${line}: ${why.replace(/ at line .*/, '')}. ${howToWrite}`);
  }
  const { data, error } = journeySchema.safeParse(document.toJS());
  if (error !== undefined) {
    const issue = error.issues[0]!;
    const place = z.core.toDotPath(issue.path);
    const why = issue.code === 'invalid_key' ? issue.issues[0]!.message : issue.message;
    throw new UserError(`This is no journey: ${place === '' ? '' : `${place}: `}${why}. ${howToWrite}`);
  }
  const requests = data.requests.map(readRequest);
  requests.forEach((request, index) => {
    checkNames(request, requests.slice(0, index));
  });
  return { origin: data.origin === undefined ? undefined : new URL(data.origin).origin, requests };
}

function readRequest(written: WrittenRequest, index: number): JourneyRequest {
  const methods = methodKeys.filter((key) => written[key] !== undefined);
  const [method] = methods;
  if (method === undefined || methods.length > 1) {
    throw new UserError(`requests[${index}] needs one method with its path, such as get: /cart. ${howToWrite}`);
  }
  const named = { method: method.toUpperCase(), path: written[method]! };
  const nameWithoutBody = written.name ?? requestName(index, named);
  const headers = Object.fromEntries(Object.entries(written.headers).map(([key, value]) => [key.toLowerCase(), value]));
  const own = Object.keys(headers).find((key) => clientsOwn.includes(key));
  if (own !== undefined) {
    const why =
      own === 'cookie' ? 'cookies come from the replies, into a jar of each client' : 'each client writes its own';
    throw new UserError(`${nameWithoutBody}: leave the header ${own} out; ${why}. ${howToWrite}`);
  }
  const { body, contentType } = readBody(written, nameWithoutBody);
  const name = written.name ?? requestName(index, { ...named, body });
  if (contentType !== undefined) headers['content-type'] ??= contentType;
  const takes = Object.entries(written.takes).map(([taken, source]) => ({ name: taken, from: readSource(source) }));
  const keeps = written.keeps && withoutUndefined(written.keeps);
  const { reads, signsOut } = written;
  return { name, ...named, headers, body, takes, keeps, ...withoutUndefined({ reads, signsOut }) };
}

function readBody(written: WrittenRequest, name: string): { body: string | undefined; contentType?: string } {
  const { form, json, body } = written;
  if ([form, json, body].filter((given) => given !== undefined).length > 1) {
    throw new UserError(`${name} has more than one of form, json and body. Leave one of them. ${howToWrite}`);
  }
  if (json !== undefined) return { body: JSON.stringify(json), contentType: 'application/json' };
  if (form === undefined) return { body };
  const pairs = Object.entries(form).flatMap(([key, values]) => [values].flat().map((value) => [key, value] as const));
  const encoded = pairs.map(([key, value]) => `${encodeURIComponent(key)}=${aroundNames(value, encodeURIComponent)}`);
  return { body: encoded.join('&'), contentType: 'application/x-www-form-urlencoded' };
}

function readSource(written: WrittenSource): ValueSource {
  if ('json' in written) return { kind: 'json', pointer: written.json };
  if ('field' in written) return { kind: 'field', field: written.field };
  if ('cookie' in written) return { kind: 'cookie', cookie: written.cookie };
  if ('body' in written) return { kind: 'body', pattern: written.body };
  return { kind: 'header', header: written.header.toLowerCase(), pattern: written.pattern };
}

/** @throws UserError where a request brings what no request before it takes, and nobody else gives */
function checkNames(request: JourneyRequest, before: readonly JourneyRequest[]): void {
  const { name } = request;
  const given = new Set([...madeUpValues.keys(), ...before.flatMap(({ takes }) => takes.map((taken) => taken.name))]);
  const lacking = namesOf(request).find((one) => !one.startsWith('user.') && !given.has(one));
  if (lacking === undefined) return;
  throw new UserError(
    `${name} brings {{${lacking}}}, and no request before it takes that: add it to their takes. ${howToWrite}`,
  );
}

function withoutUndefined<Given extends object>(
  given: Given,
): { [Key in keyof Given]?: Exclude<Given[Key], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Given]?: Exclude<Given[Key], undefined> };
}
