import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../../user-error.js';
import { endpointOf } from './service-address.js';

const everyMs = 100;
const patienceMs = 1_000;

/** Resolves when all of these addresses take connections. @throws UserError when that takes longer */
export async function untilAllTakeConnections(addresses: readonly string[], timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const taking = await Promise.all(addresses.map(takesConnections));
    const silent = addresses.filter((_, index) => !taking[index]);
    if (silent.length === 0) return;
    if (performance.now() >= deadline) {
      throw new UserError(
        `Nobody takes connections at ${silent.join(', ')}, for ${timeoutMs / 1_000} s. ` +
          'Start the service there, or give --command, so that the lab starts it, again and again.',
      );
    }
    await wait(everyMs);
  }
}

/** Whether somebody takes connections at an address. */
export function takesConnections(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...endpointOf(address), timeout: patienceMs });
    const done = (takes: boolean) => {
      socket.destroy();
      resolve(takes);
    };
    socket
      .on('connect', () => done(true))
      .on('timeout', () => done(false))
      .on('error', () => done(false));
  });
}
