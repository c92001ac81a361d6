import { Connection } from '../http/connection.js';
import type { PreparedRequest } from '../http/recorded-request.js';

/** Where a pod of auth gives the pass, on its second port. */
export const passPath = '/limits/pass';

/** What limits hold for: what auth is asked, and the opening of a session. */
const limited = /^\/auth\/|\/session$/;

/** From now on the lab says by this who it is, so that the limits of strangers are not its own. */
export function comeWithPass(given: string | undefined): void {
  Connection.extraHeaders = (request) => passFor(given, request);
}

/** The header by which a request goes past limits; none where it meets none, so that it stays as long as a customer's. */
function passFor(pass: string | undefined, { method, path }: PreparedRequest): Record<string, string> {
  return pass !== undefined && method === 'POST' && limited.test(path) ? { 'x-tellers-pass': pass } : {};
}

export function readPass(reply: string): string {
  return (JSON.parse(reply) as { pass: string }).pass;
}
