import dns from 'node:dns';
import { connect } from 'node:net';

// One client that asks as fast as a core can for all that costs a bank something. Its arguments are the front door, whose
// password it guesses, and where the front door's name leads to. It sends what it was answered, by status and kind of
// request, and ends with its parent.
const [base, guessed, address] = process.argv.slice(2);
const { hostname, host, port } = new URL(base);
if (address)
  dns.lookup = (_name, { all }, found) => (all ? found(null, [{ address, family: 4 }]) : found(null, address, 4));
const answers = {};
let count = 0;

process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send(answers));

async function send(kind, path, body, headers = {}) {
  const reply = await fetch(base + path, { method: 'POST', headers, body });
  const key = `${kind} ${reply.status}`;
  answers[key] = (answers[key] ?? 0) + 1;
  return reply;
}

const sendJson = (kind, path, body) => send(kind, path, JSON.stringify(body), { 'content-type': 'application/json' });

const name = () => `mallory-${process.pid}-${(count += 1)}`;
const password = 'correct horse battery staple';
const own = { username: name(), password };
await sendJson('register', '/auth/customers', { ...own, name: 'Mallory' });
const { access_token: token } = await (await sendJson('login', '/auth/login', own)).json();
const bearer = { authorization: `Bearer ${token}` };
const stateful = ['/session', '/shared/session'];

const deeds = {
  guess: () => sendJson('guess', '/auth/login', { username: guessed, password: name() }),
  spray: () => sendJson('spray', '/auth/login', { username: name(), password }),
  register: () => sendJson('register', '/auth/customers', { username: name(), password, name: 'Mallory' }),
  open: () => send('open', stateful[(count += 1) % 2], undefined, bearer),
  oversized: () => send('oversized', '/account/transfers', 'x'.repeat(200_000), bearer),
};

async function again(deed) {
  for (;;) {
    try {
      await (await deed()).arrayBuffer();
    } catch {
      // Cut off: the next one.
    }
  }
}

/** Asks for much, reads nothing of it, and comes back when it is cut off. */
function readSlowly() {
  const socket = connect(Number(port), address ?? hostname, () => {
    socket.write(`GET /account/openapi.json HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(200));
  });
  socket
    .pause()
    .on('error', () => {})
    .on('close', () => setTimeout(readSlowly, 50));
}

for (let one = 0; one < 64; one += 1) readSlowly();
for (const [deed, atOnce] of [
  [deeds.guess, 64],
  [deeds.spray, 64],
  [deeds.register, 32],
  [deeds.open, 64],
  [deeds.oversized, 16],
]) {
  for (let one = 0; one < atOnce; one += 1) void again(deed);
}
process.send('begun');
