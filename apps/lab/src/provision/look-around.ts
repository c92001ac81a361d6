import { createServer } from 'node:net';
import { readOsRelease } from '../platform/local/redis/install-hint.js';
import type { System, Tool } from './install-command.js';
import type { Engine, Surroundings } from './requirements.js';
import type { RunProgram } from './run-program.js';
import { findProgram } from '../platform/local/find-program.js';

const versionCommands: Readonly<Record<Exclude<Tool, 'docker'>, readonly string[]>> = {
  kind: ['version'],
  minikube: ['version', '--short'],
  kubectl: ['version', '--client'],
  helm: ['version', '--short'],
};
const askMs = 20_000;

/** This system, as far as it decides how things are installed. */
export function thisSystem(): System {
  const { platform, arch, env } = process;
  return { platform, arch, osRelease: readOsRelease(), brew: findProgram(['brew'], env.PATH) !== undefined };
}

/**
 * What is on this laptop of what a cluster needs.
 * @param wanted the ports that must be free; none where the cluster is there already and holds them itself
 */
export async function lookAround(
  run: RunProgram,
  tool: 'kind' | 'minikube',
  wanted: Surroundings['takenPorts'],
): Promise<Surroundings> {
  const tools = [tool, 'kubectl', 'helm'] as const;
  const [engine, said, free] = await Promise.all([
    askEngine(run),
    Promise.all(tools.map((name) => askVersion(run, name))),
    Promise.all(wanted.map(({ port }) => isFree(port))),
  ]);
  const versions = Object.fromEntries(
    tools.flatMap((name, index) => (said[index] === undefined ? [] : [[name, said[index]]])),
  );
  return { system: thisSystem(), engine, versions, takenPorts: wanted.filter((_, index) => !free[index]) };
}

async function askEngine(run: RunProgram): Promise<Engine> {
  const { code, out, err } = await run('docker', ['info', '--format', '{{json .}}'], { timeoutMs: askMs });
  if (code === 127) return { state: 'missing' };
  const info = code === 0 ? (JSON.parse(out) as { ServerVersion?: string; NCPU?: number; MemTotal?: number }) : {};
  // Some versions end with 0 although only the client answered.
  if (!info.ServerVersion) return { state: 'silent', said: err };
  return { state: 'answers', version: info.ServerVersion, cpus: info.NCPU ?? 0, memoryBytes: info.MemTotal ?? 0 };
}

async function askVersion(run: RunProgram, tool: Exclude<Tool, 'docker'>): Promise<string | undefined> {
  const { code, out } = await run(tool, versionCommands[tool], { timeoutMs: askMs });
  return code === 127 ? undefined : out;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
