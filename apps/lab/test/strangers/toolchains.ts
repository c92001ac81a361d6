import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../src/repository.js';

const run = promisify(execFile);
const here = join(repositoryRoot, 'apps', 'lab', 'test', 'strangers');

/** Where strangers are built, and left for the next time: outside the repository's own dependencies. */
export const built = join(repositoryRoot, '.tellers', 'strangers');

/** What programs of a language need, and how they are built in the folder `built`. */
interface ToolchainSteps {
  /** Ends well where all of it is there. */
  readonly asks: readonly string[];
  readonly needs: string;
  /** What the build is made from: while these are the same, it is not done again. */
  readonly sources: readonly string[];
  readonly steps: readonly (readonly string[])[];
}

const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies';
const podinfo = 'github.com/stefanprodan/podinfo/cmd/podinfo@v1.8.1-0.20250910200901-e86405a8674e';

const toolchains = {
  node: {
    asks: ['npm', '--version'],
    needs: 'npm',
    sources: ['package.json', 'package-lock.json'],
    steps: [['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error']],
  },
  python: {
    asks: ['python3', '-c', 'import ensurepip, venv'],
    needs: 'python3 with venv',
    sources: ['requirements.txt'],
    steps: [
      ['python3', '-m', 'venv', '--clear', 'python'],
      ['python/bin/pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt'],
    ],
  },
  java: {
    asks: ['sh', '-c', 'javac -version && mvn --version'],
    needs: 'a JDK and Maven',
    sources: ['jetty/pom.xml', 'jetty/Shop.java'],
    steps: [
      ['mvn', '--batch-mode', '--quiet', '--file', 'jetty', plugin, '-DoutputDirectory=lib'],
      ['javac', '-d', 'jetty/classes', '-cp', 'jetty/lib/*', 'jetty/Shop.java'],
    ],
  },
  go: {
    asks: ['go', 'version'],
    needs: 'Go',
    sources: [],
    // Whatever C library an image has.
    steps: [['sh', '-c', `CGO_ENABLED=0 GOBIN="$PWD/go" go install ${podinfo}`]],
  },
} as const satisfies Record<string, ToolchainSteps>;

export type Toolchain = keyof typeof toolchains;

/** Why programs of a language cannot be built here, in a sentence; undefined where they can. */
export async function missingToolchain(name: Toolchain): Promise<string | undefined> {
  const { asks, needs } = toolchains[name];
  const found = await run(asks[0], asks.slice(1)).then(
    () => true,
    () => false,
  );
  return found ? undefined : `It takes ${needs}, and that is not on the PATH.`;
}

const builds = new Map<Toolchain, Promise<void>>();

/** Builds what strangers of a language need, unless that was done before. @throws with what the toolchain says */
export function build(name: Toolchain): Promise<void> {
  const under = builds.get(name) ?? buildOnce(name);
  builds.set(name, under);
  return under;
}

async function buildOnce(name: Toolchain): Promise<void> {
  const { sources, steps } = toolchains[name];
  cpSync(here, built, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  const stamp = join(built, 'stamps', name);
  const state = createHash('sha256');
  for (const source of sources) state.update(readFileSync(join(here, source)));
  const now = state.update(JSON.stringify(steps)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  process.stderr.write(`Building strangers: ${name}\n`);
  for (const [program, ...args] of steps) await run(program, args, { cwd: built });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}
