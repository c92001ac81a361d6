import { wrap } from '../report/format.js';
import { terminalWidth } from '../report/terminal.js';
import { isReady, lastingPods, type ClusterSnapshot, type Finding } from './cluster-snapshot.js';

/** The findings as lines for a person: sentence, what proves it, and the next command, which is never broken. */
export function render(snapshot: ClusterSnapshot | undefined, findings: readonly Finding[]): string[] {
  if (snapshot === undefined) return findings.flatMap(linesOf).slice(1);
  return [...summary(snapshot, findings), ...findings.flatMap(linesOf)];
}

/** Whether a finding is a fault; what is only not there yet, or beside the bank, is none. */
export function isFault({ level = 'fault' }: Finding): boolean {
  return level === 'fault';
}

function summary(snapshot: ClusterSnapshot, findings: readonly Finding[]): string[] {
  const { context, namespace, release, unread } = snapshot;
  const pods = lastingPods(snapshot);
  const ready = pods.filter(isReady).length;
  const where = `${context}, namespace ${namespace}, release ${release}: ${ready} of ${pods.length} pods ready.`;
  const lines = [`${where} ${verdict(findings)}`];
  return unread.length === 0 ? lines : [...lines, `Could not be looked at: ${unread.join('; ')}`];
}

function verdict(findings: readonly Finding[]): string {
  const count = findings.filter(isFault).length;
  if (count > 0) return count === 1 ? '1 thing is wrong:' : `${count} things are wrong:`;
  const isWaiting = findings.some(({ level }) => level === 'not yet');
  return isWaiting ? 'Nothing is wrong, and not everything is there yet:' : 'Nothing is wrong.';
}

function linesOf({ sentence, evidence = [], next, look = [] }: Finding, index: number): string[] {
  return [
    '',
    ...wrap(`${index + 1}. ${sentence}`, terminalWidth, '   '),
    ...evidence.flatMap((line) => wrap(`   > ${line}`, terminalWidth, '   > ')),
    ...next.map((command, position) => `   ${position === 0 ? '$' : 'or $'} ${command}`),
    ...(look.length === 0 ? [] : [next.length === 0 ? '   No command mends this. To see more:' : '   To see more:']),
    ...look.map((command) => `   $ ${command}`),
  ];
}
