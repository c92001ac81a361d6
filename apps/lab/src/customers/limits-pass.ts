import type { Ask } from './exchange.js';

/** Where a pod of auth gives the pass, on its second port. */
export const passPath = '/limits/pass';

/** What limits hold for: what auth is asked, and the opening of a session. */
const limited = /^\/auth\/|\/session$/;

let pass: string | undefined;

/** From now on the lab says by this who it is, so that the limits of strangers are not its own. */
export function comeWithPass(given: string | undefined): void {
  pass = given;
}

/** The header by which a request goes past limits; none where it meets none, so that it stays as long as a customer's. */
export function passFor({ method, path }: Ask): Record<string, string> {
  return pass !== undefined && method === 'POST' && limited.test(path) ? { 'x-tellers-pass': pass } : {};
}

export function readPass(reply: string): string {
  return (JSON.parse(reply) as { pass: string }).pass;
}
