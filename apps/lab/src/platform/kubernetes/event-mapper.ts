import type { V1Pod } from '@kubernetes/client-node';
import type { PodEvent, PodPhase } from '../platform.js';
import { lastExitOf, phaseOf, restartsOf } from './pod-state.js';
import type { ExaminedWorkloads } from './target.js';

/** Turns what a watch says of pods into the platform's events: one for each phase that a pod comes to. */
export class EventMapper {
  readonly #last = new Map<string, { phase: PodPhase; restarts: number }>();
  /** Why a pod goes, where we did it: by pod, or by workload while all of its pods are concerned. */
  readonly #orders = new Map<string, string>();

  constructor(private readonly target: Pick<ExaminedWorkloads, 'workloadOf'>) {}

  /** Remembers that what follows, for that pod (its uid) or workload, is our doing. */
  because(uidOrWorkload: string, reason: string): void {
    this.#orders.set(uidOrWorkload, reason);
  }

  forget(uidOrWorkload: string): void {
    this.#orders.delete(uidOrWorkload);
  }

  /** The events that a change of a pod stands for, in their order; none for a change that is no news. */
  read(pod: V1Pod, gone: boolean, at = Date.now()): PodEvent[] {
    const workload = this.target.workloadOf(pod);
    const { name = '', uid = '' } = pod.metadata ?? {};
    if (workload === undefined) return [];
    const phase = gone ? 'gone' : phaseOf(pod);
    const restarts = restartsOf(pod);
    const before = this.#last.get(uid);
    this.#last.set(uid, { phase, restarts });
    const event = (one: PodPhase, reason: string | undefined): PodEvent => ({
      at,
      // The cluster knows nothing of boots; whoever needs one asks `pods`.
      pod: { name, workload, phase: one, bootId: undefined },
      reason,
    });
    const events: PodEvent[] = [];
    if (before !== undefined && restarts > before.restarts) {
      events.push(event('gone', `crashed with ${lastExitOf(pod)}`));
      if (phase !== 'gone') events.push(event(phase, undefined));
    } else if (phase !== before?.phase) {
      events.push(event(phase, phase === 'terminating' || phase === 'gone' ? this.#reason(uid, workload) : undefined));
    }
    if (gone) {
      this.#last.delete(uid);
      this.#orders.delete(uid);
    }
    return events;
  }

  #reason(uid: string, workload: string): string | undefined {
    return this.#orders.get(uid) ?? this.#orders.get(workload);
  }
}
