import { affinity } from './affinity.js';
import { again } from './again.js';
import { clientCarries } from './client-carries.js';
import { dependencies } from './dependencies.js';
import { losses } from './losses.js';
import { memory } from './memory.js';
import { personalisation } from './personalisation.js';
import type { ServiceQuestion } from './question.js';
import { replay } from './replay.js';
import { requestCost } from './request-cost.js';
import { sessionCost } from './session-cost.js';
import { signOut } from './sign-out.js';

/** Every question, in the order in which they are asked: what breaks replicas comes last. */
export const serviceQuestions: readonly ServiceQuestion[] = [
  clientCarries,
  dependencies,
  replay,
  personalisation,
  again,
  signOut,
  affinity,
  requestCost,
  sessionCost,
  memory,
  losses,
];
