import { exec } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandTarget } from '../../src/examine/target/command-target.js';
import type { Target } from '../../src/examine/target/target.js';
import { build, built, missingToolchain } from './toolchains.js';
import { type Stranger, type StrangerName, strangers } from './strangers.js';

/** Replicas of a stranger, behind a front door. */
export interface StartedStranger {
  readonly target: Target;
  /** Ends its replicas, and takes away what they kept. */
  close(): Promise<void>;
}

/** Why a stranger cannot be started here, in a sentence; undefined where it can. */
export async function whyNotHere(name: StrangerName): Promise<string | undefined> {
  const { toolchain, redis }: Stranger = strangers[name];
  if (redis && process.env['REDIS_URL'] === undefined) return 'It takes a Redis, and REDIS_URL names none.';
  return missingToolchain(toolchain);
}

/** Builds a stranger, if that was not done before, and starts so many replicas of it. */
export async function startStranger(name: StrangerName, replicas: number): Promise<StartedStranger> {
  const { toolchain, command, prepares, portVariable = 'PORT', environment: own }: Stranger = strangers[name];
  await build(toolchain);
  const data = mkdtempSync(join(tmpdir(), 'tellers-stranger-'));
  const environment = {
    DATA: data,
    DATABASE: join(data, 'database'),
    TMPDIR: data,
    REDIS_PREFIX: `stranger:${randomBytes(4).toString('hex')}:`,
    ...(process.env['REDIS_URL'] !== undefined && { REDIS_URL: process.env['REDIS_URL'] }),
    ...own,
  };
  const remove = () => rmSync(data, { recursive: true, force: true });
  try {
    if (prepares !== undefined)
      await promisify(exec)(prepares, { cwd: built, env: { ...process.env, ...environment } });
    const target = await commandTarget({ command, replicas, portVariable, cwd: built, environment });
    const close = async () => {
      await target.close();
      remove();
    };
    return { target, close };
  } catch (error) {
    remove();
    throw error;
  }
}
