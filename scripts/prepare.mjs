import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs before anything is installed: no dependencies, and no syntax that an old Node would not read.

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.sources.json');
const oldestNode = [20, 19];
// What runs in Node, and what runs in the browser.
const page = join('apps', 'lab', 'src', 'page');
const projects = ['tsconfig.build.json', join(page, 'tsconfig.json')];
const bundle = join('apps', 'bundle.mjs');
const compiler = join('node_modules', 'typescript', 'bin', 'tsc');

/** Makes this clone runnable: the right Node, what the lock file says, and a build of the sources as they are. */
export function prepare() {
  process.chdir(root);
  checkNode();
  checkFolder();
  install();
  build();
}

/** Runs Node with these arguments and gives its exit code; its output is ours. */
function node(args) {
  const { status, signal } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  return status ?? (signal ? 1 : 0);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(`Tellers needs Node ${oldestNode.join('.')} or newer, and this is ${process.version}. See https://nodejs.org/.`);
}

function checkFolder() {
  // Node would put what it imports in the place of the sign.
  if (root.includes('*'))
    fail(`Tellers cannot run in ${root}: Node takes the * in its name for a pattern. Rename the folder.`);
}

function install() {
  const installed = modified(join('node_modules', '.package-lock.json'));
  if (installed < modified('package-lock.json')) installAll();
}

function installAll() {
  requireWritable('What package-lock.json says is to be installed');
  say(`Installing what package-lock.json says (npm ci)`);
  // The npm that runs us, where one does; the build needs the development dependencies whatever NODE_ENV says.
  const npm = process.env.npm_execpath;
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...options], { stdio: 'inherit' })
    : spawnSync('npm', options, { stdio: 'inherit' });
  if (status !== 0) fail('npm ci failed; what it says is above. Nothing was built.');
}

function build() {
  const sources = listSources();
  const built = readStamp();
  const paths = Object.keys(sources);
  if (built && paths.length === Object.keys(built).length && paths.every((path) => built[path] === sources[path]))
    return;
  requireWritable('The sources are to be built', existsSync('dist') ? 'dist' : '.');
  // Who installed without development dependencies has no compiler.
  if (!existsSync(compiler)) installAll();
  say('Building the sources (tsc, esbuild)');
  // What a deleted source left behind would still be imported.
  if (!built || Object.keys(built).some((path) => !(path in sources))) rmSync('dist', { recursive: true, force: true });
  rmSync(stamp, { force: true });
  for (const project of projects) {
    if (node([compiler, '-p', project]) !== 0) {
      fail('The build failed; what the compiler says is above.');
    }
  }
  if (node([bundle]) !== 0) fail('The page and the services were not bundled; what esbuild says is above.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify(sources));
}

/** Before anything is begun, so that nothing is left half done. */
function requireWritable(what, folder = '.') {
  try {
    accessSync(folder, constants.W_OK);
  } catch ({ code }) {
    fail(`${what}, and this user cannot write to ${join(root, folder)} (${code}): run a copy of it that is theirs.`);
  }
}

/** Everything that a build is made from, each with its size and time of change. */
function listSources() {
  const sources = {};
  const add = (path) => {
    const { size, mtimeMs } = statSync(path);
    sources[path] = `${size} ${mtimeMs}`;
  };
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.ts') && !entry.name.endsWith('spec.ts')) add(path);
    }
  };
  ['apps', 'libs', 'bench'].filter((folder) => existsSync(folder)).forEach(walk);
  ['tsconfig.json', ...projects, bundle, 'package-lock.json'].forEach(add);
  return sources;
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'));
  } catch {
    return undefined;
  }
}

function modified(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}
