import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

// A small shop, as somebody writes it who never heard of the lab. STORE says where it keeps sessions: in memory, in
// files of FOLDER that all its processes reach, in memory until it is stopped (handoff), or signed in a cookie.
// FAULT breaks it on purpose: `twice` in all processes, others in the first alone that finds FOLDER free of it.
// SIGN_INS says how often a process lets each user in. A process takes the front door's cookie from its clients with each
// reply of LETS_GO, a path. It is ready WARM_UP_MS before it answers anything but prices. With TELLS=counter no reply
// says which process gave it, but /metrics.

const {
  PORT,
  STORE = 'memory',
  FOLDER = '.',
  FAULT,
  SIGN_INS = 'Infinity',
  LETS_GO,
  WARM_UP_MS = '0',
  TELLS = 'header',
} = process.env;
const secret = 'the same in every process';
const isFirst = FAULT !== undefined && FAULT !== 'ends' && isTheFirst();
const inMemory = new Map();
let lastAccount;
let visits = 0;
const warmAt = Date.now() + Number(WARM_UP_MS);
const signIns = new Map();

const stores = {
  memory: inMemory,
  files: { get: readSession, set: writeSession, delete: deleteSession },
  handoff: {
    get: (id) => {
      const found = inMemory.get(id) ?? readSession(id);
      if (found !== undefined) inMemory.set(id, found);
      return found;
    },
    set: (id, session) => inMemory.set(id, session),
    delete: (id) => inMemory.delete(id),
  },
};
const store = stores[STORE];

createServer((request, response) => void answer(request, response)).listen(Number(PORT), '127.0.0.1');

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://shop');
  const form = new URLSearchParams(await textOf(request));
  const cookies = Object.fromEntries((request.headers.cookie ?? '').split('; ').map((pair) => pair.split('=')));
  const id = cookies['shop.sid'];
  const session = id === undefined ? undefined : STORE === 'signed' ? verified(id) : remembered(id);
  visits++;
  if (FAULT === 'ends' && visits === 20 && isTheFirst()) process.exit(3);
  response.setHeader('x-request-id', randomUUID());
  if (TELLS === 'header') response.setHeader('x-backend', `backend-${PORT}`);
  if (pathname === LETS_GO) response.setHeader('set-cookie', 'lb=; Path=/; Max-Age=0');
  if (Date.now() < warmAt && pathname !== '/prices') return response.writeHead(503).end();

  switch (`${request.method} ${pathname}`) {
    case 'GET /prices':
      return json({ apple: 3, pear: 4, at: new Date().toISOString() });
    case 'GET /metrics':
      if (TELLS !== 'counter') return response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
      return response.end(`# TYPE shop_requests_total counter\nshop_requests_total{method="any"} ${visits}\n`);
    case 'GET /login':
      return html('<form method="post"><input name="user"><input name="password" type="password"></form>');
    case 'POST /login':
      if (!maySignIn(form.get('user'))) return response.writeHead(429).end();
      keep(STORE === 'signed' ? undefined : randomBytes(18).toString('base64url'), {
        user: form.get('user'),
        cart: [],
      });
      return redirect('/account');
    case 'POST /logout':
      if (STORE !== 'signed' && id !== undefined) store.delete(id);
      response.setHeader('set-cookie', 'shop.sid=; Path=/; Max-Age=0');
      return redirect('/login');
  }
  if (session === undefined) return redirect('/login');
  switch (`${request.method} ${pathname}`) {
    case 'GET /account':
      return html(accountPage(session));
    case 'POST /cart': {
      const item = form.get('item');
      const isThere = session.cart.includes(item) && FAULT !== 'twice';
      keep(id, { ...session, cart: isThere ? session.cart : [...session.cart, item] });
      return redirect('/cart');
    }
    case 'GET /cart':
      return json({ user: session.user, items: session.cart, visits });
  }
  response.writeHead(404).end();

  function keep(known, kept) {
    const value = STORE === 'signed' ? signed(kept) : known;
    if (STORE !== 'signed') store.set(known, kept);
    response.setHeader('set-cookie', `shop.sid=${value}; Path=/; HttpOnly; SameSite=Lax`);
  }
  function redirect(location) {
    response.writeHead(302, { location }).end();
  }
  function json(body) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
  function html(body) {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Shop</title>${body}`);
  }
}

process.on('SIGTERM', () => {
  if (STORE === 'handoff') for (const [id, session] of inMemory) writeSession(id, session);
  process.exit(0);
});

function maySignIn(user) {
  signIns.set(user, (signIns.get(user) ?? 0) + 1);
  return signIns.get(user) <= Number(SIGN_INS);
}

/** A process that keeps what it has read once does not hear of a sign-out. */
function remembered(id) {
  const session = store.get(id) ?? (FAULT === 'signed-in' && isFirst ? inMemory.get(id) : undefined);
  if (FAULT === 'signed-in' && session !== undefined) inMemory.set(id, session);
  return session;
}

function accountPage({ user, cart }) {
  const page = `<h1>Hello ${user}</h1><p>Your cart has ${cart.length} things.</p>`;
  // A page that is kept for whoever asks next.
  if (FAULT === 'others' && isFirst) return (lastAccount ??= page);
  return page;
}

async function textOf(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function signed(session) {
  const payload = Buffer.from(JSON.stringify(session)).toString('base64url');
  return `${payload}.${createHmac('sha256', secret).update(payload).digest('base64url')}`;
}

function verified(value) {
  const [payload = ''] = value.split('.');
  const session = JSON.parse(Buffer.from(payload, 'base64url').toString() || 'null');
  return session !== null && signed(session) === value ? session : undefined;
}

function fileOf(id) {
  mkdirSync(FOLDER, { recursive: true });
  return join(FOLDER, `${createHmac('sha256', secret).update(id).digest('hex')}.json`);
}

function readSession(id) {
  return existsSync(fileOf(id)) ? JSON.parse(readFileSync(fileOf(id), 'utf8')) : undefined;
}

function writeSession(id, session) {
  writeFileSync(fileOf(id), JSON.stringify(session));
}

function deleteSession(id) {
  rmSync(fileOf(id), { force: true });
}

function isTheFirst() {
  try {
    mkdirSync(FOLDER, { recursive: true });
    openSync(join(FOLDER, 'first'), 'wx');
    return true;
  } catch {
    return false;
  }
}
