import { isUtf8 } from 'node:buffer';
import type { FastifyBodyParser, FastifyInstance } from 'fastify';
import { CodedError } from '../coded-error.js';
import { invalidRequest } from '../problems/validation.pipe.js';

/** An escape that may stand for half a character; JSON in UTF-8 can hold one in no other way. */
const surrogateEscape = /\\u[dD][89a-fA-F]/;

/** Reads a JSON body. An empty one is as none: whoever needs one says so. */
export function parseJsonBody(server: FastifyInstance): FastifyBodyParser<Buffer> {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  return (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    if (!isUtf8(body)) return done(new CodedError('malformed-json', 'The body is not in UTF-8.'));
    const text = body.toString();
    void parseJson(request, text, (error, value: unknown) => {
      if (error) return done(new CodedError('malformed-json', error.message));
      const field = surrogateEscape.test(text) ? illFormedField(value) : undefined;
      done(field === undefined ? null : invalidRequest([{ path: [field], message: 'must be Unicode text' }]), value);
    });
  };
}

/** The field whose name or text has a surrogate without its other half (RFC 8259, section 8.2). */
function illFormedField(body: unknown): string | undefined {
  // Not by recursion, which a body could be too deep for.
  const rest: [unknown, string][] = [[body, '']];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [value, field] = next;
    if (typeof value === 'string' && !value.isWellFormed()) return field;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, part] of Object.entries(value)) {
      if (!name.isWellFormed()) return field;
      rest.push([part, field ? `${field}.${name}` : name]);
    }
  }
  return undefined;
}
