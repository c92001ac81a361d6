import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

// `npm run fuzz` sends what Schemathesis makes up from the three OpenAPI documents to a bank of its own: no reply is a 5xx,
// and each is one that its document names. Further options are Schemathesis': `npm run fuzz -- --seed 7 --max-time 600`.

prepare();
const { startLocalPlatform } = await import('../dist/apps/lab/src/bank/local/start-local-platform.js');
const { passPath, readPass } = await import('../dist/apps/lab/src/bank/limits-pass.js');

const checks = `
warnings = false
max-time = 25
request-timeout = 5.0
# What is well-formed may still be more than the account holds, in another currency, or out of order.
checks.positive_data_acceptance.enabled = false
`;

const say = (sentence) => process.stderr.write(`${sentence}\n`);
const folder = mkdtempSync(join(tmpdir(), 'tellers-fuzz-'));
const workloads = { auth: 1, account: 1, 'session-sticky': 1 };
const platform = await startLocalPlatform({ port: 0, workloads, say });
const { baseUrl } = platform;
// Else most of what it sends would be answered 429.
const pass = readPass(await platform.ask('auth', passPath, 5_000));
try {
  const bearer = await signIn();
  const cookie = await openSession(bearer);
  const failed = [];
  for (const [service, credentials, ...options] of [
    ['auth', {}],
    ['account', { bearer }],
    // The session is needed to the end, and only then ended.
    ['session', { bearer, cookie }, '--exclude-operation-id', 'endSession'],
    ['session', { bearer, cookie }, '--include-operation-id', 'endSession', '--max-time', '5'],
  ]) {
    if ((await fuzz(service, credentials, options)) !== 0) failed.push(service);
  }
  if (failed.length > 0) say(`Schemathesis found something in: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  say(error.code === 'ENOENT' ? 'Schemathesis is needed on the PATH: pipx install schemathesis' : error.stack);
  process.exitCode = 1;
} finally {
  await platform.close();
  rmSync(folder, { recursive: true, force: true });
}

async function fuzz(service, { bearer, cookie }, options) {
  const config = join(folder, `${service}.toml`);
  const credentials = [
    bearer && `auth.openapi.bearer.bearer = "${bearer}"`,
    cookie && `auth.openapi.cookie.api_key = "${cookie}"`,
  ];
  writeFileSync(config, [checks, `headers.x-tellers-pass = "${pass}"`, ...credentials.filter(Boolean)].join('\n'));
  const args = ['--config-file', config, 'run', `${baseUrl}/${service}/openapi.json`, ...options];
  const child = spawn('schemathesis', [...args, ...process.argv.slice(2)], { stdio: 'inherit', cwd: folder });
  const [code] = await once(child, 'exit');
  return code;
}

async function signIn() {
  const credentials = { username: 'fuzzed', password: 'correct horse' };
  await post('/auth/customers', { ...credentials, name: 'Fuzzed' });
  return (await (await post('/auth/login', credentials)).json()).access_token;
}

async function openSession(bearer) {
  const { headers } = await post('/session', undefined, { authorization: `Bearer ${bearer}` });
  return /tellers-session-sticky=([^;]+)/.exec(headers.get('set-cookie'))[1];
}

function post(path, body, headers) {
  const type = { 'content-type': 'application/json' };
  return fetch(`${baseUrl}${path}`, { method: 'POST', headers: { ...type, ...headers }, body: JSON.stringify(body) });
}
