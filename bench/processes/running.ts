import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process that is measured. */
export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Where it serves. */
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a built program of ours and waits until it says on standard output, as JSON, which port it listens on.
 * @param entry path from `dist`
 * @param nodeOptions options of Node's own
 */
export async function startNode(
  entry: string,
  environment: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): Promise<Running> {
  const file = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const child = spawn(process.execPath, [...nodeOptions, file], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await Promise.race([listeningPort(child), diedEarly(child, entry)]);
  return running(child, port);
}

/** Starts another program that will listen on a port given beforehand. */
export async function startProgram(command: string, args: readonly string[], port: number): Promise<Running> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await Promise.race([answers(port), diedEarly(child, command)]);
  return running(child, port);
}

/** A child that serves on a port. */
export function running(child: ChildProcess, port: number): Running {
  return {
    child,
    pid: child.pid!,
    port,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // Nothing of worth is in a process that was measured: no need to wait for its drain.
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    createInterface(child.stdout!).on('line', (line) => {
      if (!line.includes('"port"')) return;
      resolve((JSON.parse(line) as { port: number }).port);
    });
  });
}

async function diedEarly(child: ChildProcess, what: string): Promise<never> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  throw new Error(`${what} ended before it listened: ${code ?? signal}`);
}

async function answers(port: number): Promise<void> {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
