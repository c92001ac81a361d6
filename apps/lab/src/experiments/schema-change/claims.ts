import { modeNames } from '../../bank/modes.js';
import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type SchemaChangeKey = keyof typeof kinds;

export const kinds = {
  sessions: { label: 'sessions', unit: 'count', over: 'total' },
  toNew: { label: 'sessions, old pod to new one', unit: 'count', over: 'total' },
  toOld: { label: 'sessions, new pod to old one', unit: 'count', over: 'total' },
  looks: { label: 'looks compared with before', unit: 'count', over: 'total' },
  misread: { label: 'looks that told something else', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost', unit: 'count', over: 'total' },
  confirmed: { label: 'transfers confirmed afterwards', unit: 'count', over: 'total' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'];

export const claims: readonly Claim<SchemaChangeKey>[] = [
  {
    number: 15,
    sentence: 'Schema change in mid-rollout: what an old version wrote the new one reads, and the other way round.',
    decidedBy: ['misread', 'lost', 'toNew', 'toOld'],
    rule,
  },
];

/** Holds if in each mode that writes sessions out they went both ways, and none was lost, misread or left unfinished. */
function rule(figures: FiguresByMode<SchemaChangeKey>): Verdict {
  const reported: string[] = [];
  for (const mode of modeNames) {
    const one = figures[mode];
    if (one === undefined) continue;
    const { sessions, toNew, toOld, misread, lost, confirmed } = one;
    if ((lost ?? 0) > 0) return fails(`${mode} lost ${lost} of ${sessions} sessions.`);
    if ((misread ?? 0) > 0) return fails(`in ${mode} ${misread} looks told something else than the look before.`);
    if (!toNew || !toOld) return cannotTell(`In ${mode} no session went both ways.`);
    if ((confirmed ?? 0) < (sessions ?? 0)) return fails(`in ${mode} ${confirmed} of ${sessions} transfers went on.`);
    reported.push(`${mode}: ${toNew} times to a new pod, ${toOld} times back`);
  }
  return reported.length === 0
    ? cannotTell('No mode here writes sessions out: it takes handoff or shared.')
    : holds(`${reported.join('; ')}; none lost, none misread.`);
}
