import { setTimeout as sleep } from 'node:timers/promises';
import { modes, type ModeName } from '../../bank/modes.js';
import { countCauses, noteRefusals } from '../causes.js';
import type { Experiment, Lab } from '../experiment.js';
import { withUsualPods } from '../fresh-pods.js';
import { activateUsers } from '../active-users.js';
import { actionNow, sessionsOverTime } from '../time-plots.js';
import { claims, kinds, type RollingUpdateKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const thinkMs = 400;
/** By then every user has asked again, and found out whether it is still known. */
const afterwardsMs = 6 * thinkMs;

/** Claim 10: every pod of each mode is replaced while customers are in it. */
export const rollingUpdate: Experiment<RollingUpdateKey> = {
  name: 'rolling-update',
  summary: 'replaces every pod of each mode under load: what fails, what is lost, how long it takes',
  claims,
  kinds,
  how:
    'All customers sign in, stay, and look around every ' +
    `${thinkMs} ms on average; who is no longer known signs in again. Then the platform replaces each pod, one at a ` +
    'time, with its grace period. Time counts from the order until every old pod is gone and every new one ready. A ' +
    'customer can lose its session more than once: the pod that it finds next may be replaced later.',
  rounds: { local: 5, kubernetes: 2 },
  together: 'always',
  expectedSeconds: ({ seconds, customers }, platform) =>
    seconds / 2 + customers / 60 + afterwardsMs / 1_000 + (platform === 'local' ? 8 : 60),
  // What an autoscaler added for the load before would be replaced, too, and starve whoever is asked meanwhile.
  measure: (lab, mode) => withUsualPods(lab, mode, () => rollUnder(lab, mode)),
};

async function rollUnder(lab: Lab, mode: ModeName): Promise<Figures<RollingUpdateKey>> {
  const { platform, seconds } = lab;
  const { workload } = modes[mode];
  const { recorder, record, users, lost } = await activateUsers(lab, mode, thinkMs);
  lab.progress(`${mode}: customers look around`);
  await sleep((seconds * 1_000) / 2);
  const before = { pods: await platform.pods(workload), active: record.open.size, lost: lost.length };
  lab.progress(`${mode}: ${before.pods.length} pods are replaced with ${before.active} sessions open`);
  const begun = actionNow('the update begins', record);
  await platform.roll(workload);
  const done = actionNow('every pod is another', record);
  await sleep(afterwardsMs);
  await users.leave();
  lab.draw(sessionsOverTime(recorder, record, [begun, done]));
  noteRefusals(lab, record);
  const during = lost.slice(before.lost);
  return {
    pods: before.pods.length,
    took: done.at - begun.at,
    active: before.active,
    lost: during.length,
    ...countCauses(during),
    lostBefore: before.lost,
    requests: record.requests,
    failed: record.failed,
    authFailed: record.otherRequests.failed,
    p99: record.latencies.percentileMs(99) ?? null,
  };
}
