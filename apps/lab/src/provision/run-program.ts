import { spawn } from 'node:child_process';
import { ClusterFault } from '../platform/kubernetes/cluster-fault.js';

/** How a program ended; 127 where there is no such program, as a shell says. */
export interface ProgramResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface ProgramOptions {
  /** Given on standard input. */
  readonly input?: string;
  /** Past it the program is ended, and its code is 124. */
  readonly timeoutMs?: number;
  /** Told each line of output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export type RunProgram = (program: string, args: readonly string[], options?: ProgramOptions) => Promise<ProgramResult>;

/** Runs a program without a shell and resolves when it has ended, whatever its code. */
export const runProgram: RunProgram = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const { input, timeoutMs = 1_800_000, onLine, environment } = options;
    const child = spawn(program, args, { env: { ...process.env, ...environment } });
    const said = { out: '', err: '' };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill();
    }, timeoutMs);
    for (const [stream, name] of [
      [child.stdout, 'out'],
      [child.stderr, 'err'],
    ] as const) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
        if (onLine !== undefined) text.split(/[\r\n]+/).forEach((line) => line.trim() !== '' && onLine(line));
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      // A folder of that name, such as our own helm/, is no program either.
      if (error.code === 'ENOENT' || error.code === 'EACCES')
        resolve({ code: 127, out: '', err: `${program} is not installed` });
      else reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (timedOut) resolve({ ...said, code: 124, err: `${said.err}\nno end after ${timeoutMs / 1_000} s` });
      else resolve({ ...said, code: code ?? 1 });
    });
    // A program that ends without reading is no fault of ours.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });

/**
 * The output of a program that must end well.
 * @throws ClusterFault with the command and the end of what it said
 */
export async function output(
  run: RunProgram,
  program: string,
  args: readonly string[],
  options?: ProgramOptions,
): Promise<string> {
  const { code, out, err } = await run(program, args, options);
  if (code === 0) return out;
  const said = (err.trim() === '' ? out : err).trim().split('\n').slice(-12).join('\n');
  throw new ClusterFault(`\`${[program, ...args].join(' ')}\` ended with ${code}:\n${said}`);
}
