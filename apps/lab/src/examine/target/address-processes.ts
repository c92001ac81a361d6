import { setTimeout as wait } from 'node:timers/promises';
import { listeningOn, type ListeningProcess } from '../../platform/local/listening-processes.js';
import { usageOf } from '../../platform/local/process-usage.js';
import type { PodUsage } from '../../platform/platform.js';
import { UserError } from '../../user-error.js';
import { onThisMachine } from './service-address.js';

/** They listen for a service that runs elsewhere: their end is not its end. */
const forwarders = new Set([
  'docker-proxy',
  'com.docker.backe',
  'com.docker.back',
  'rootlessport',
  'gvproxy',
  'kubectl',
  'ssh',
]);
const everyMs = 50;

/**
 * The processes of a service at an address of this machine.
 * @throws UserError where there is none that the lab may take for it
 */
export async function processesAt(address: string): Promise<ListeningProcess[]> {
  const endpoint = onThisMachine(address);
  const found = endpoint === undefined ? [] : await listeningOn(endpoint.host, endpoint.port);
  if (found.length === 0) {
    throw new UserError(`No process of this user listens at ${address}. Run the lab as the user who runs the service.`);
  }
  const other = found.find(({ pid, program }) => forwarders.has(program) || pid === process.pid);
  if (other !== undefined) {
    throw new UserError(`At ${address} ${other.program} listens for a service that runs elsewhere, and is left alone.`);
  }
  return found;
}

/** Sends a signal to the processes at an address, and SIGKILL when `graceMs` are over. Resolves when they are gone. */
export async function endProcessesAt(address: string, signal: 'SIGTERM' | 'SIGKILL', graceMs: number): Promise<void> {
  const pids = (await processesAt(address)).map(({ pid }) => pid);
  send(pids, signal);
  const deadline = performance.now() + graceMs;
  for (let left = pids; left.length > 0; left = [...(await usageOf(pids)).keys()]) {
    if (performance.now() >= deadline) send(left, 'SIGKILL');
    await wait(everyMs);
  }
}

/** What the processes at an address use together. */
export async function usageAt(address: string): Promise<PodUsage> {
  const usage = [...(await usageOf((await processesAt(address)).map(({ pid }) => pid))).values()];
  return {
    memoryBytes: usage.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    cpuSeconds: usage.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  };
}

function send(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // One that its master has just ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
