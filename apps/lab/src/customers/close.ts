import { SessionLost } from './setback.js';
import type { Visit } from './visit.js';

/**
 * Closes the session at a counter that remembers.
 * @throws Setback
 */
export async function closeSession(visit: Visit, path: string): Promise<void> {
  try {
    const { servedBy } = await visit.ask({ operation: 'close', method: 'DELETE', path });
    visit.close(servedBy);
  } catch (error) {
    // Asked again, as no answer came or the store gave none in time: an earlier one had closed it.
    const closedBefore = error instanceof SessionLost && error.cause === 'session-signed-out' && visit.attempts > 1;
    if (!closedBefore) throw error;
    visit.close(visit.session?.home);
  }
}
