import type { ExtraEnvironment } from '../bank/local/templates.js';
import { modes } from '../bank/modes.js';

const settings = { REBALANCE: 'true', REBALANCE_TOLERANCE_PERCENT: '1' };

/** Settings with which pods that can let sessions go, do so as soon as they hold more than others: faults meet what is on its way. */
export function lettingGo(environment: ExtraEnvironment): ExtraEnvironment {
  const workloads = Object.values(modes).flatMap(({ store, workload }) => (store === 'handoff' ? [workload] : []));
  return {
    ...environment,
    ...Object.fromEntries(workloads.map((workload) => [workload, { ...environment[workload], ...settings }])),
  };
}
