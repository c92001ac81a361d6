import type { AdvisedWorkload } from '../advise/workload.js';

/** Services that many readers have one like. */
export const typicalWorkloads: readonly { readonly name: string; readonly workload: AdvisedWorkload }[] = [
  {
    name: 'A public API',
    workload: { users: 50_000, thinkSeconds: 60, sessionBytes: 256, writesPercent: 5, lossTolerance: 'none' },
  },
  {
    name: 'A shop with baskets',
    workload: { users: 20_000, thinkSeconds: 10, sessionBytes: 4_096, writesPercent: 20, lossTolerance: 'minutes' },
  },
  {
    name: 'A long form, filled in over hours',
    workload: { users: 2_000, thinkSeconds: 30, sessionBytes: 32_768, writesPercent: 50, lossTolerance: 'none' },
  },
];
