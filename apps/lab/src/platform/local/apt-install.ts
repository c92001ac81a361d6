import { execFile } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { findProgram } from './find-program.js';

const run = promisify(execFile);
/** Debian's way to forbid that a package starts its service: exit 101 (invoke-rc.d(8)). */
const policy = '/usr/sbin/policy-rc.d';

export interface AptSource {
  readonly environment: NodeJS.ProcessEnv;
  /** Gets a sentence before anything lasting is done. */
  readonly say: (sentence: string) => void;
}

/**
 * As root on Debian or Ubuntu, installs a package; a service in it stays off. False where it cannot be done here.
 * @param what is looked for, as a reader knows it
 * @throws Error with what apt-get says
 */
export async function aptInstall(what: string, name: string, { environment, say }: AptSource): Promise<boolean> {
  const apt = findProgram(['apt-get'], environment.PATH);
  if (apt === undefined || process.getuid?.() !== 0) return false;
  say(`${what}: none found; as root on Debian, running apt-get install ${name}`);
  const forbids = !existsSync(policy);
  if (forbids) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const options = { env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 600_000 };
  try {
    await run(apt, ['update', '-qq'], options);
    await run(apt, ['install', '-y', '-qq', '--no-install-recommends', name], options);
  } catch (error) {
    throw new Error(`apt-get cannot install ${name}: ${(error as { stderr: string }).stderr}`, { cause: error });
  } finally {
    if (forbids) rmSync(policy, { force: true });
  }
  return true;
}
