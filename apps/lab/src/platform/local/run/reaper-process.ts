import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { whenParentEnds } from '../when-parent-ends.js';
import { Lease } from './lease.js';
import { RunFolders } from './run-folders.js';
import { RunKeys } from './run-keys.js';

/** What the lab tells the process that outlives it. */
export type ToReaper =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'keys'; readonly redisUrl: string; readonly prefix: string }
  | { readonly kind: 'end' };

// Says of a run that it lives, clears away after runs that do not, and, when the lab has ended, after its own.
const beatEveryMs = 1_000;
/** Pods that outlive the lab for a moment may write their last. */
const lastWritesMs = 5_000;
/** A Redis that is silent for so long is left to the next run: after the lab, and while it waits. */
const outliveMs = 60_000;
const endMs = 10_000;

const leases: Lease[] = [];

process.on('message', (message: ToReaper) => {
  if (message.kind === 'end') void end();
  else {
    const place =
      message.kind === 'folder'
        ? new RunFolders(message.folder)
        : new RunKeys(
            new Redis(message.redisUrl, { maxRetriesPerRequest: null }).on('error', () => {}),
            message.prefix,
          );
    const lease = new Lease(place);
    leases.push(lease);
    void keep(lease);
  }
});
whenParentEnds(() => void outlive());
// Ctrl-C and a closing terminal reach a lab in an orderly stop; who means this process says SIGKILL.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

async function keep(lease: Lease): Promise<void> {
  for (;;) {
    // A Redis that is silent, or a folder that somebody removed, is tried again.
    await lease.renew().catch(() => {});
    await wait(beatEveryMs);
  }
}

async function outlive(): Promise<void> {
  setTimeout(() => process.exit(1), outliveMs);
  await removeAll();
  await wait(lastWritesMs);
  await end();
}

async function end(): Promise<void> {
  setTimeout(() => process.exit(1), endMs);
  await removeAll();
  process.exit(0);
}

async function removeAll(): Promise<void> {
  await Promise.all(leases.map((lease) => lease.end()));
}
