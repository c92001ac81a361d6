import type { V1Pod } from '@kubernetes/client-node';
import type { PodAccess } from './pod-access.js';
import { restartsOf } from './pod-state.js';

const answersWithinMs = 3_000;

/** The boot id of each pod's process, which every reply of it tells; asked once for each process. */
export class BootIds {
  readonly #reported = new Map<string, string>();
  readonly #asked = new Map<string, Promise<string | undefined>>();

  constructor(private readonly access: PodAccess) {}

  /** As far as it is known now. */
  known(pod: V1Pod): string | undefined {
    return this.#reported.get(processOf(pod));
  }

  /** Undefined when the pod does not answer, as one that is just ending. */
  async of(pod: V1Pod): Promise<string | undefined> {
    const process = processOf(pod);
    const known = this.#reported.get(process) ?? this.#asked.get(process);
    if (known !== undefined) return known;
    const request = this.#ask(pod).finally(() => this.#asked.delete(process));
    this.#asked.set(process, request);
    return request;
  }

  async #ask(pod: V1Pod): Promise<string | undefined> {
    try {
      const { headers } = await this.access.get(pod, '/livez', answersWithinMs);
      const bootId = [headers['x-served-by']].flat()[0]?.split('/')[1];
      if (bootId !== undefined) this.#reported.set(processOf(pod), bootId);
      return bootId;
    } catch {
      return undefined;
    }
  }
}

function processOf(pod: V1Pod): string {
  return `${pod.metadata?.uid}/${restartsOf(pod)}`;
}
