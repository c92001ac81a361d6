import type { ModeRecord } from '../bank/mode-record.js';
import type { ModeName } from '../bank/modes.js';
import type { Lab } from './experiment.js';

/**
 * A record of requests that are sent as fast as they are answered: what fails or is lost is booked, but nothing counts as
 * a latency, which such a load hides.
 */
export function uncounted(lab: Lab, mode: ModeName): ModeRecord {
  const recorder = lab.recorder();
  recorder.warmUp.begin();
  return recorder.of(mode);
}
