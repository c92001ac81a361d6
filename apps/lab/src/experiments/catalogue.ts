import { affinity } from './affinity/affinity.js';
import { adviseExperiment } from './advise/advise.js';
import { amnesia } from './amnesia/amnesia.js';
import { autoscaleBy } from './autoscale-by/autoscale-by.js';
import { coldPod } from './cold-pod/cold-pod.js';
import type { Experiment } from './experiment.js';
import { memory } from './memory/memory.js';
import { personalisation } from './personalisation/personalisation.js';
import { rebalance } from './rebalance/rebalance.js';
import { redundancy } from './redundancy/redundancy.js';
import { replay } from './replay/replay.js';
import { rollingUpdate } from './rolling-update/rolling-update.js';
import { scaleIn } from './scale-in/scale-in.js';
import { scaleOut } from './scale-out/scale-out.js';
import { schemaChange } from './schema-change/schema-change.js';
import { signOut } from './sign-out/sign-out.js';
import { speedUp } from './speed-up/speed-up.js';
import { storeDown } from './store-down/store-down.js';
import { wizard } from './wizard/wizard.js';

/** All experiments, in the order in which they run. */
export const catalogue: readonly Experiment[] = [
  personalisation,
  redundancy,
  // Early: a stateless client reads its statement page by page, and what that takes changes until a long one has been read.
  adviseExperiment,
  wizard,
  replay,
  amnesia,
  scaleOut,
  rollingUpdate,
  storeDown,
  schemaChange,
  affinity,
  speedUp,
  coldPod,
  rebalance,
  autoscaleBy,
  // Late, as they leave a store full of sessions that nobody wants, which is slow to restart and to audit.
  scaleIn,
  memory,
  // Last, as it has been waiting for a token's end since the beginning.
  signOut,
];
