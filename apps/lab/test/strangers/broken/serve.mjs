import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

// What the services that are broken on purpose share, which is sound.

/**
 * Serves routes such as `GET /orders`. Each gets the form that was sent, the headers and who is signed in, and returns
 * a body, with a status and headers of its own if they are not the usual ones. All but `POST /login` want a session.
 */
export function serve(routes, isSignedOut = () => false) {
  const all = { 'POST /login': signIn, ...routes };
  const answer = async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const name = `${request.method} ${request.url}`;
    const session = sessionOf(request.headers.cookie);
    const known = session !== undefined && !isSignedOut(session.id);
    const route = !known && name !== 'POST /login' ? () => ({ status: 401 }) : (all[name] ?? (() => ({ status: 404 })));
    const { status = 200, headers, body } = route({ form, headers: request.headers, ...session });
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body ?? {}));
  };
  createServer((request, response) => void answer(request, response)).listen(process.env.PORT, '127.0.0.1');
}

/** What replicas share: a folder. */
export const shared = (name) => join(process.env.DATA, name);

/** Whether this replica is the broken one, as one is at any time: the first that starts, and when it ends the next. */
export function isTheBrokenOne() {
  const file = shared('broken');
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch {
    rmSync(file, { force: true });
  }
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function signIn({ form }) {
  const claims = `${Buffer.from(form.get('username')).toString('base64url')}.${randomUUID()}`;
  const cookie = `session=${claims}.${sign(claims)}; Path=/; HttpOnly`;
  return { headers: { 'set-cookie': cookie }, body: { username: form.get('username') } };
}

function sessionOf(cookies = '') {
  const [, claims, user, id, signature] = /(?:^|; )session=(([^.;]+)\.([^.;]+))\.([^;]+)/.exec(cookies) ?? [];
  const known = claims !== undefined && signature === sign(claims);
  return known ? { user: Buffer.from(user, 'base64url').toString(), id } : undefined;
}

const sign = (claims) => createHmac('sha256', 'shared by all replicas').update(claims).digest('base64url');
