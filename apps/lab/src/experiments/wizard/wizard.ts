import { modes, type ModeName } from '../../bank/modes.js';
import type { Experiment, Lab } from '../experiment.js';
import { claims, kinds, type WizardKey } from './claims.js';
import { clientCut, podCut } from './interruptions.js';
import { straightThrough } from './straight-through.js';
import type { Figures } from '../../statistics/figures.js';

const settledWithinMs = 60_000;

/** Claims 2 and 8: the same three-step transfer in each mode, straight through and interrupted. */
export const wizard: Experiment<WizardKey> = {
  name: 'wizard',
  summary: 'one three-step transfer: what the client prepares and carries, and what an interruption leaves',
  claims,
  kinds,
  how:
    'Customers that are signed in make one transfer each, all at once; repeats after a lost session are counted, up to five. ' +
    'The stateless style can also pay in one request, all fields at once; here both take the steps. ' +
    'Prepared fields are those of body, query and idempotency key; carried ones are token, cookies and continuation. ' +
    'Then customers are brought to step 2 (payee said) and step 3 (amount said) and interrupted: the client comes back ' +
    'with its token or cookies alone, or the pod that answered last is killed (SIGKILL) or stopped (SIGTERM) and the ' +
    'client kept all it had. Goes on: the next step is answered as if nothing had happened.',
  rounds: { local: 5, kubernetes: 3 },
  together: 'always',
  expectedSeconds: (_, platform) => (platform === 'local' ? 9 : 70),
  measure,
};

async function measure(lab: Lab, mode: ModeName): Promise<Figures<WizardKey>> {
  if (lab.platform.killNote !== undefined) lab.note(lab.platform.killNote);
  lab.progress(`${mode}: transfers straight through`);
  const straight = await straightThrough(lab, mode);
  lab.progress(`${mode}: the client is cut off`);
  const client = await clientCut(lab, mode);
  lab.progress(`${mode}: a pod is killed`);
  const crash = await podCut(lab, mode, 'kill');
  await lab.platform.settled(settledWithinMs, modes[mode].workload);
  lab.progress(`${mode}: a pod is stopped`);
  const stop = await podCut(lab, mode, 'stop');
  await lab.platform.settled(settledWithinMs, modes[mode].workload);
  return {
    ...straight,
    clientAfterPayee: percent(client.payee),
    clientAfterAmount: percent(client.amount),
    crashAfterPayee: percent(crash.payee),
    crashAfterAmount: percent(crash.amount),
    stopAfterPayee: percent(stop.payee),
    stopAfterAmount: percent(stop.amount),
  };
}

function percent(outcomes: readonly boolean[]): number | null {
  if (outcomes.length === 0) return null;
  return (100 * outcomes.filter((goesOn) => goesOn).length) / outcomes.length;
}
