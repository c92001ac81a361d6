import { installCommand, type System, type Tool } from './install-command.js';

/** What the Docker engine says, or why it says nothing. */
export type Engine =
  | { readonly state: 'missing' }
  | { readonly state: 'silent'; readonly said: string }
  | { readonly state: 'answers'; readonly version: string; readonly cpus: number; readonly memoryBytes: number };

/** What was found on the laptop. */
export interface Surroundings {
  readonly system: System;
  readonly engine: Engine;
  /** What each program says of its version; absent where there is no such program. */
  readonly versions: Partial<Record<Tool, string>>;
  /** Ports that are wanted and that somebody else listens on, each with the flag that chooses another. */
  readonly takenPorts: readonly { readonly port: number; readonly flag: string }[];
}

/** Something that is missing and what mends it. */
export interface Missing {
  readonly sentence: string;
  readonly command: string;
}

/** The oldest that serve the chart's Kubernetes, 1.27; minikube's `no-limit` is from 1.32. */
const oldest: Readonly<Record<Exclude<Tool, 'docker'>, readonly [number, number]>> = {
  kind: [0, 20],
  minikube: [1, 32],
  kubectl: [1, 27],
  helm: [3, 12],
};

export const minCpus = 2;
/** Three nodes and the bank take 2.5 GB; engines report a little less than what they were given. */
export const minMemoryBytes = 3.7e9;

/** Everything that is missing for a cluster made by this tool, all at once. */
export function missingOf(tool: 'kind' | 'minikube', found: Surroundings): Missing[] {
  return [
    ...engineFaults(found),
    ...([tool, 'kubectl', 'helm'] as const).flatMap((name) => toolFaults(name, found)),
    ...found.takenPorts.map(({ port, flag }) => ({
      sentence: `Port ${port} of 127.0.0.1 is taken by another program, and the front door needs it.`,
      command: `npm run ${tool} -- ${flag} ${port + 1}`,
    })),
  ];
}

/** The first version in what a program says, as numbers. */
export function versionIn(text: string): [number, number] | undefined {
  const found = /\bv?(\d+)\.(\d+)/.exec(text);
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}

function engineFaults({ engine, system }: Surroundings): Missing[] {
  if (engine.state === 'missing') {
    return [{ sentence: 'Docker is missing.', command: installCommand('docker', system) }];
  }
  if (engine.state === 'silent') return [silentEngine(engine.said, system)];
  const raise = system.platform === 'darwin' ? 'Docker Desktop: Settings, Resources' : 'a machine with more of it';
  const faults: Missing[] = [];
  if (engine.cpus < minCpus) {
    faults.push({ sentence: `Docker has ${engine.cpus} CPU, and ${minCpus} are needed.`, command: raise });
  }
  if (engine.memoryBytes < minMemoryBytes) {
    const has = (engine.memoryBytes / 1e9).toFixed(1);
    faults.push({ sentence: `Docker has ${has} GB of memory, and 4 GB are needed.`, command: raise });
  }
  return faults;
}

function silentEngine(said: string, { platform }: System): Missing {
  const reason = said.trim().split('\n').at(-1) ?? '';
  if (/permission denied/i.test(said)) {
    return {
      sentence: 'Docker refuses you: your user is not in its group.',
      command: 'sudo usermod -aG docker "$USER", then sign out and in again',
    };
  }
  const command = platform === 'darwin' ? 'open -a Docker' : 'sudo systemctl start docker';
  return { sentence: `The Docker engine does not answer (${reason}).`, command };
}

function toolFaults(tool: Exclude<Tool, 'docker'>, { versions, system }: Surroundings): Missing[] {
  const text = versions[tool];
  const command = installCommand(tool, system);
  if (text === undefined) return [{ sentence: `${tool} is missing.`, command }];
  const version = versionIn(text);
  const [major, minor] = oldest[tool];
  if (version === undefined || version[0] > major || (version[0] === major && version[1] >= minor)) return [];
  const newer = command.replace('brew install', 'brew upgrade');
  return [{ sentence: `${tool} ${version.join('.')} is too old: ${major}.${minor} is needed.`, command: newer }];
}
