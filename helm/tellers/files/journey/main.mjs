import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Client } from './client.mjs';

// A customer's day at the bank, through the front door: `helm test` runs it in the cluster.

const targets = JSON.parse(process.env.TARGETS);
const urlOf = (name) => targets.find((target) => target.name === name)?.url;
const client = new Client(process.env.HOST_HEADER);
const say = (sentence) => console.log(sentence);

for (const { url, owner } of targets) await reached(url, owner);
const { token, accounts } = await signIn();
const [current, savings] = accounts;
if (urlOf('account')) await moveMoney(targets.find(({ name }) => name === 'account'));
for (const target of targets.filter(({ store }) => store !== 'none')) await keepSession(target);
say('The bank works.');

/** The front door learns of a new release after a moment, in which another bank that answers to any host may answer. */
async function reached(url, owner) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answered = await client.send('GET', `${url}/openapi.json`).then(
      ({ pod }) => `is answered by ${pod}`,
      ({ message }) => message,
    );
    if (answered.startsWith(`is answered by ${owner}`)) return;
    assert.ok(Date.now() < deadline, `${url} ${answered}, and not by a pod of this release`);
    await setTimeout(500);
  }
}

async function signIn() {
  const auth = urlOf('auth');
  const username = `test-${randomUUID().slice(0, 8)}`;
  const password = randomUUID();
  const { body: customer } = await client.send('POST', `${auth}/customers`, {
    body: { username, password, name: 'Helm Test' },
    status: 201,
  });
  const { body: login } = await client.send('POST', `${auth}/login`, { body: { username, password } });
  say(`auth: registered ${username} and signed in.`);
  return { token: login.access_token, accounts: customer.accounts };
}

async function moveMoney({ url, pods }) {
  const key = randomUUID();
  const transfer = { from: current.id, to: savings.id, amountMinor: 100, currency: current.currency };
  const options = { token, body: transfer, status: 201, headers: { 'idempotency-key': key } };
  const { body: first } = await client.send('POST', `${url}/transfers`, options);
  const { body: again } = await client.send('POST', `${url}/transfers`, options);
  assert.equal(again.transferId, first.transferId, 'the same key twice is the same transfer');
  const { body } = await client.send('GET', `${url}/accounts`, { token });
  const moved = body.accounts.find(({ id }) => id === savings.id).balanceMinor - savings.balanceMinor;
  assert.equal(moved, 100, 'the money moved once');
  const served = await spread(pods, () => client.send('GET', `${url}/accounts`, { token }));
  say(`account: moved money once; 20 requests were served by ${served.size} pods.`);
}

async function keepSession({ name, url, affinity, store, pods }) {
  const { pod: opener } = await client.send('POST', url, { token, status: 201 });
  if (affinity === 'none' && store === 'memory') return say(`${name}: opened a session; any request may miss it.`);
  const visit = () => client.send('GET', url);
  const served = affinity === 'cookie' ? await servedBy(visit) : await spread(pods, visit);
  if (affinity === 'cookie') assert.deepEqual([...served], [opener], `${name} keeps a client at one pod`);
  await client.send('DELETE', url, { status: 204 });
  say(`${name}: kept a session; 20 requests were served by ${served.size} ${served.size > 1 ? 'pods' : 'pod'}.`);
}

/** As `servedBy`, and fails when one of several pods answers all; a new release's second pod has a minute to come up. */
async function spread(pods, send) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const served = await servedBy(send);
    if (served.size > 1 || pods < 2) return served;
    assert.ok(Date.now() < deadline, `20 requests all reached ${[...served].join()}, and nothing binds them to it`);
    await setTimeout(1000);
  }
}

/** Names of the pods that answer twenty requests. */
async function servedBy(send) {
  const pods = new Set();
  for (let sent = 0; sent < 20; sent += 1) pods.add((await send()).pod);
  return pods;
}
