import type { Autoscaling } from '../platform/platform.js';
import { autoscalerReads } from '../protocol/autoscaler-reads.js';
import type { PodState, WorkloadState } from '../bank/bank-reader.js';
import { formatMegabytes } from '../report/format.js';
import { sessionsOf } from '../page/formatted.js';
import { phaseInWords } from '../page/words.js';
import { isInRedis, keepsSessions } from '../bank/modes.js';

/** A workload by whatever name it is told. */
type ViewPart = Omit<WorkloadState, 'workload'> & { readonly workload: string };

/** The bank on a cluster as lines of 80 columns: each workload with what its autoscaler does, and its pods. */
export function renderBank(workloads: readonly ViewPart[]): string[] {
  return [
    `${'pod'.padEnd(34)}${row('state', 'CPU', 'memory', 'sessions', 'req/s', '5xx')}`,
    ...workloads.flatMap((state) => [
      `${state.workload}: ${readiness(state)}${scaling(state.autoscaling)}`,
      ...state.pods.map(
        (pod) =>
          `  ${pod.name.slice(-31).padEnd(32)}` +
          row(
            phaseInWords(pod.phase),
            reported(pod.cpu, (cpu) => `${cpu.toFixed(0)}m`),
            reported(pod.memoryBytes, formatMegabytes),
            sessionsOf(state.workload, pod.sessions, '-'),
            reported(pod.perSecond, (rate) => rate.toFixed(0)),
            reported(pod.failed, String),
          ),
      ),
    ]),
  ];
}

/** The same as a line for each workload, for where nothing can be redrawn. */
export function renderBankLines(workloads: readonly ViewPart[]): string[] {
  return workloads.map((state) => {
    const held = isInRedis(state.workload) ? 'sessions in Redis' : `${sum(state, 'sessions')} sessions`;
    const sessions = keepsSessions(state.workload) ? `, ${held}` : '';
    const load = `${sum(state, 'perSecond')} req/s, ${sum(state, 'failed')} 5xx${sessions}`;
    return `${state.workload}: ${readiness(state)}${scaling(state.autoscaling)}; ${load}`;
  });
}

/** What has changed in what the autoscalers want, each in a sentence. */
export function decisionsIn(before: readonly WorkloadState[], now: readonly WorkloadState[]): string[] {
  return now.flatMap(({ workload, autoscaling }) => {
    const earlier = before.find((one) => one.workload === workload)?.autoscaling;
    if (!autoscaling || !earlier || autoscaling.desired === earlier.desired) return [];
    return [
      `${workload}: the HPA wants ${autoscaling.desired} pods (had ${earlier.desired}), it read ${autoscalerReads(autoscaling)}`,
    ];
  });
}

function row(state: string, cpu: string, memory: string, sessions: string, perSecond: string, failed: string): string {
  return (
    state.padEnd(11) +
    cpu.padStart(6) +
    memory.padStart(8) +
    sessions.padStart(9) +
    perSecond.padStart(6) +
    failed.padStart(5)
  );
}

function readiness({ pods }: ViewPart): string {
  return `${pods.filter(({ phase }) => phase === 'ready').length} of ${pods.length} ready`;
}

function scaling(autoscaling: Autoscaling | null): string {
  if (autoscaling === null) return '';
  const { current, desired, min, max } = autoscaling;
  return `; HPA ${current} -> ${desired} (${min} to ${max}), ${autoscalerReads(autoscaling)}`;
}

function reported(value: number | null, report: (value: number) => string, otherwise = '-'): string {
  return value === null ? otherwise : report(value);
}

/** Of the pods that have said; unknown, and never zero, where there are some and none has. */
function sum({ pods }: ViewPart, figure: 'sessions' | 'perSecond' | 'failed'): string {
  const said = pods.flatMap((pod: PodState) => pod[figure] ?? []);
  return said.length === 0 && pods.length > 0 ? '-' : said.reduce((total, value) => total + value, 0).toFixed(0);
}
