import { UserError } from '../../user-error.js';
import { isSafe } from './is-safe.js';
import { linesOf, type HarEntry } from './har-file.js';
import type { RecordedExchange, RecordedReply } from './recording.js';
import { requestName } from './request-name.js';

/** What a browser or its instruments add to a request of their own accord, or what would make a reply empty (304). */
const browsersOwn =
  /^(:.*|accept-encoding|accept-language|baggage|cache-control|connection|content-length|cookie|dnt|host|if-modified-since|if-none-match|keep-alive|pragma|priority|proxy-.*|save-data|sec-.*|sentry-trace|te|traceparent|tracestate|transfer-encoding|upgrade|upgrade-insecure-requests|user-agent|x-datadog-.*)$/;

/** An entry as a request of a journey and its reply. @throws UserError where the browser left the body out */
export function recordedExchange(entry: HarEntry, index: number): RecordedExchange {
  const { request } = entry;
  const { pathname, search } = new URL(request.url);
  // A Java server's, until it knows that its cookie comes back; the cookie is the jar's.
  const path = pathname.replace(/;jsessionid=[^/]*/i, '') + search;
  const method = request.method.toUpperCase();
  const named = { method, path };
  const body = bodyOf(entry, requestName(index, named));
  const name = requestName(index, { ...named, body });
  const headers = headersOf(entry, method);
  const contentType = request.postData?.mimeType;
  if (body !== undefined && contentType && headers['content-type'] === undefined) headers['content-type'] = contentType;
  return { request: { name, ...named, headers, body, takes: [], keeps: undefined }, reply: replyOf(entry) };
}

function headersOf({ request }: HarEntry, method: string): Record<string, string> {
  const reads = isSafe(method);
  const kept = request.headers
    .map(({ name, value }): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !browsersOwn.test(name) && !(reads && /^(origin|referer|content-type)$/.test(name)))
    .map(([name, value]): [string, string] => [name, shortened(name, value)])
    .filter(([name, value]) => !(name === 'accept' && value === '*/*'));
  return Object.fromEntries(kept);
}

/** A browser lists all that it can show, where HTML is meant, and says in which page it is, which may hold a secret. */
function shortened(name: string, value: string): string {
  if (name === 'accept' && value.startsWith('text/html')) return 'text/html';
  return name === 'referer' && URL.canParse(value) ? `${new URL(value).origin}/` : value;
}

function bodyOf({ request }: HarEntry, name: string): string | undefined {
  const { text, params } = request.postData ?? {};
  if (text) return text;
  const isMultipart = /^multipart\//i.test(request.postData?.mimeType ?? '');
  if (params?.length && !isMultipart) {
    return new URLSearchParams(params.map(({ name: key, value }): [string, string] => [key, value ?? ''])).toString();
  }
  const bytes = Number(linesOf(request.headers, 'content-length')[0] ?? 0) || (request.bodySize ?? 0);
  if (bytes <= 0) return undefined;
  throw new UserError(
    `${name} sent ${bytes} bytes, and the recording does not have them: the browser left them out. Export it once more ` +
      'from another browser (docs/journey.md), or write this request in YAML with its body.',
  );
}

function replyOf({ response }: HarEntry): RecordedReply {
  const headers: Record<string, string[]> = {};
  for (const { name, value } of response.headers) {
    // Chrome gives several cookies as lines of one header.
    (headers[name.toLowerCase()] ??= []).push(...value.split('\n'));
  }
  const { text, encoding } = response.content ?? {};
  const body = encoding === 'base64' ? Buffer.from(text ?? '', 'base64').toString('utf8') : (text ?? '');
  return { status: response.status, headers, body };
}
