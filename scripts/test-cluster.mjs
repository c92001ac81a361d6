import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { jest } from './jest.mjs';
import { prepare } from './prepare.mjs';

// `npm run test:cluster`: two namespaces and an image of its own on the cluster that kubectl points at, the specs of
// apps/lab/test/cluster there, and all of it away again. Arguments go to Jest: `npm run test:cluster -- drain`.

const id = `tellers-test-${randomBytes(3).toString('hex')}`;
const namespaces = [id, `${id}-b`];
const config = ['--config', 'apps/lab/test/cluster/jest.config.mjs'];
const twoAtATime = `--maxWorkers=${namespaces.length}`;
/** How specs run: beside each other, each worker in a namespace, or one after the other. */
const ways = { beside: twoAtATime, calm: twoAtATime, alone: '--runInBand' };
const outputFile = '--outputFile=';
const image = `tellers:${id}`;
/** Of services that no one here wrote; the specs build it where they need it. */
const strangersImage = `strangers:${id}`;
/** What a user can put right. */
class Missing extends Error {}

/** Which of our programs runs now; it has a process group of its own, so that Ctrl-C spares the cleaning up. */
let running;
let stopped = false;
let cleaning = false;

prepare();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (cleaning) return say('Cleaning up first.');
    stopped = true;
    if (running) process.kill(-running.pid, 'SIGTERM');
  });
}
const undo = [];
try {
  process.exitCode = await test();
} catch (error) {
  say(stopped ? 'Stopped.' : error instanceof Missing ? error.message : error.stack);
  process.exitCode = 1;
} finally {
  cleaning = true;
  for (const [what, step] of undo.reverse()) {
    say(what);
    await step().catch((error) => {
      say(error.message);
      process.exitCode = 1;
    });
  }
}

async function test() {
  const context = await findCluster();
  const named = Object.keys(ways).filter(hasSpecs);
  if (named.length === 0) throw new Missing(`No spec is named so: ${process.argv.slice(2).join(' ')}`);
  const ingressUrl = await findIngress(context);
  const kubectl = (...args) => run('kubectl', ['--context', context, ...args]);

  say(`Building ${image}`);
  undo.push([`Removing ${image}`, () => removeImages(context)]);
  await run('docker', ['build', '--quiet', '--tag', image, '.'], { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' });
  say('Loading it');
  const loader = loaderOf(context);
  await run('sh', ['-c', loader.replaceAll('{image}', image)]);

  undo.push([
    `Removing the namespaces ${namespaces.join(' and ')}`,
    () => Promise.all(namespaces.map((namespace) => removeNamespace(namespace, context, kubectl))),
  ]);
  for (const namespace of namespaces) {
    say(`Namespace ${namespace} on ${context}`);
    await kubectl('create', 'namespace', namespace);
    const levels = ['enforce', 'warn'].map((what) => `pod-security.kubernetes.io/${what}=restricted`);
    await kubectl('label', 'namespace', namespace, ...levels);
  }
  await rememberNodes(context, kubectl);
  const environment = {
    TEST_CONTEXT: context,
    TEST_NAMESPACES: namespaces.join(' '),
    TEST_TAG: id,
    TEST_LOAD_IMAGE: loader,
    TEST_INGRESS_URL: ingressUrl,
  };
  const codes = [];
  for (const way of named) {
    const own = process.argv.slice(2).map((one) => (one.startsWith(outputFile) ? `${one}.${way}` : one));
    if (!stopped) codes.push(await jest([...config, ways[way]], { ...environment, TEST_WAY: way }, own));
  }
  addUp(named);
  return Math.max(...codes);
}

/** Whether what the user names leaves a spec that runs in this way. */
function hasSpecs(way) {
  const asked = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...config, '--listTests'];
  const env = { ...process.env, TEST_WAY: way };
  // Else the list would go to that file.
  const own = process.argv.slice(2).filter((one) => !one.startsWith(outputFile));
  const { stdout } = spawnSync(process.execPath, [...asked, ...own], { env, encoding: 'utf8' });
  return stdout.includes('.cluster-spec.ts');
}

/** Jest writes what came of each way to a file of its own, if it is asked to: here their counts as one. */
function addUp(named) {
  const file = process.argv.find((one) => one.startsWith(outputFile))?.slice(outputFile.length);
  if (file === undefined) return;
  const parts = named.map((way) => JSON.parse(readFileSync(`${file}.${way}`, 'utf8')));
  const counts = ['numPassedTests', 'numFailedTests', 'numRuntimeErrorTestSuites'];
  const sum = (count) => parts.reduce((total, part) => total + part[count], 0);
  writeFileSync(file, JSON.stringify(Object.fromEntries(counts.map((count) => [count, sum(count)]))));
}

/** The current context, once all that the tests need is found; else a sentence for each thing that is not. */
async function findCluster() {
  const missing = [];
  for (const [program, args] of [
    ['docker', ['version']],
    ['helm', ['version']],
    ['kubectl', ['version', '--client']],
  ]) {
    const { code } = await ask(program, args);
    if (code !== 0) missing.push(`${program} does not run: \`${program} ${args.join(' ')}\` ends with ${code}.`);
  }
  const { out: context } = await ask('kubectl', ['config', 'current-context']);
  const has = async (...args) =>
    (await ask('kubectl', ['--context', context, '--request-timeout=10s', ...args])).code === 0;
  if (context === '') missing.push('kubectl points at no cluster. To make one: npm run kind');
  else if (!(await has('get', 'nodes'))) missing.push(`The cluster of the context ${context} does not answer.`);
  else {
    if (!(await has('get', 'ingressclass', 'traefik'))) {
      missing.push('There is no IngressClass traefik: kubectl apply -f k8s/traefik.yaml');
    }
    if (!(await has('top', 'nodes'))) {
      missing.push(
        'metrics-server does not tell what nodes use: kubectl apply -f k8s/metrics-server.yaml, and wait a minute',
      );
    }
  }
  if (missing.length > 0) throw new Missing(`The tests on a cluster cannot begin:\n  ${missing.join('\n  ')}`);
  return context;
}

/** Where Traefik is reached from here: FRONT_DOOR, else the port that kind or minikube has mapped. */
async function findIngress(context) {
  if (process.env.FRONT_DOOR) return process.env.FRONT_DOOR;
  const container = context.startsWith('kind-') ? `${context.slice('kind-'.length)}-control-plane` : context;
  const { out } = await ask('docker', ['port', container, '80/tcp']);
  if (out !== '') return `http://${out.split('\n')[0]}`;
  throw new Missing('Where is the ingress controller? Say it in FRONT_DOOR, as in FRONT_DOOR=http://192.0.2.1:80');
}

/** A spec that is ended half-way may leave a node drained or dead. */
async function rememberNodes(context, kubectl) {
  const args = ['get', 'nodes', '--field-selector=spec.unschedulable=false', '--output=name'];
  const { out } = await ask('kubectl', ['--context', context, ...args]);
  const nodes = out.split('\n').map((name) => name.replace('node/', ''));
  const bringBack = async () => {
    for (const node of nodes) {
      const { out: state } = await ask('docker', ['container', 'inspect', '--format', '{{.State.Status}}', node]);
      if (state === 'exited') await run('docker', ['start', node]);
    }
    await kubectl('uncordon', ...nodes);
  };
  undo.push(['Making sure that every node is back', bringBack]);
}

/** For a shell: brings {image} onto the nodes. */
function loaderOf(context) {
  if (process.env.LOAD_IMAGE) return process.env.LOAD_IMAGE;
  if (context.startsWith('kind-')) return `kind load docker-image {image} --name '${context.slice('kind-'.length)}'`;
  if (context.includes('minikube')) return `minikube image load {image} --profile '${context}'`;
  throw new Missing(
    `How does an image reach the nodes of ${context}? Say it in LOAD_IMAGE, with {image} for its name.`,
  );
}

async function removeImages(context) {
  for (const name of [image, strangersImage]) {
    await ask('docker', ['image', 'rm', '--force', name]);
    if (process.env.LOAD_IMAGE) continue;
    if (context.includes('minikube')) await ask('minikube', ['image', 'rm', name, '--profile', context]);
    else for (const node of await kindNodes(context)) await ask('docker', ['exec', node, 'crictl', 'rmi', name]);
  }
}

async function kindNodes(context) {
  const { out } = await ask('kind', ['get', 'nodes', '--name', context.slice('kind-'.length)]);
  return out.split('\n');
}

async function removeNamespace(namespace, context, kubectl) {
  await ask('helm', ['--kube-context', context, '--namespace', namespace, 'uninstall', namespace]);
  const beside = ['elsewhere', 'other'].map((name) => `${namespace}-${name}`);
  await kubectl('delete', 'namespace', namespace, ...beside, '--ignore-not-found', '--timeout=5m');
}

/** Runs a program that must end well; what it says is ours. */
async function run(program, args, environment = {}) {
  if (stopped && !cleaning) throw new Error('stopped');
  const code = await end(program, args, environment);
  if (code !== 0) throw new Error(`\`${[program, ...args].join(' ')}\` ended with ${code}.`);
}

/** Runs a program and resolves to its exit code; what it says is ours. */
function end(program, args, environment) {
  return new Promise((resolve, reject) => {
    running = spawn(program, args, { stdio: 'inherit', detached: true, env: { ...process.env, ...environment } });
    running.on('error', reject);
    running.on('exit', (code) => {
      running = undefined;
      resolve(code ?? 1);
    });
  });
}

/** Asks a program; a code of 127 where there is no such one. */
function ask(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    let out = '';
    child.stdout.on('data', (text) => (out += text));
    child.on('error', () => resolve({ code: 127, out: '' }));
    child.on('close', (code) => resolve({ code: code ?? 1, out: out.trim() }));
  });
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
