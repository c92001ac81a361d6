import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { once } from 'node:events';
import { join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import type { Log } from '#libs/service';

/** https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#pod-deletion-cost */
export const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';

/** Where this pod is, and by what it speaks to the cluster's API. */
export interface OwnPod {
  readonly name: string;
  readonly namespace: string;
  /** Of the API server: `https://kubernetes.default.svc`. */
  readonly api: string;
  /** With `token` and `ca.crt`, as the kubelet mounts them. */
  readonly credentials: string;
}

/** Kubernetes asks for few updates of it, since each is one of the pod. */
const lookEveryMs = 15_000;
/** A count that changed by less leaves the order of pods as it was. */
const share = 0.1;
const timeoutMs = 5_000;

/**
 * Keeps the deletion cost of this pod at its open sessions, so that a Deployment that is scaled in takes the emptiest pod
 * first.
 */
export class DeletionCost {
  #told: number | undefined;
  #isFailing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly held: () => number,
    private readonly pod: OwnPod,
    private readonly log: Log,
  ) {}

  start(): void {
    void this.look();
    this.#timer = setInterval(() => void this.look(), lookEveryMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Tells the cluster how many sessions there are, where that has changed; a fault is logged once, and it is tried again. */
  async look(): Promise<void> {
    const held = this.held();
    if (this.#told !== undefined && Math.abs(held - this.#told) <= share * this.#told) return;
    try {
      await tell(this.pod, held);
      this.#told = held;
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.log.warn({ err: error }, 'the deletion cost of this pod could not be set');
      this.#isFailing = true;
    }
  }
}

async function tell({ name, namespace, api, credentials }: OwnPod, sessions: number): Promise<void> {
  // A token is renewed in its place.
  const [token, ca] = await Promise.all(['token', 'ca.crt'].map((file) => readFile(join(credentials, file), 'utf8')));
  const body = JSON.stringify({ metadata: { annotations: { [deletionCost]: String(sessions) } } });
  const headers = { authorization: `Bearer ${token!.trim()}`, 'content-type': 'application/merge-patch+json' };
  const asked = request(`${api}/api/v1/namespaces/${namespace}/pods/${name}`, {
    method: 'PATCH',
    ca,
    headers,
    signal: AbortSignal.timeout(timeoutMs),
  });
  asked.end(body);
  const [reply] = (await once(asked, 'response')) as [IncomingMessage];
  reply.resume();
  if (reply.statusCode !== 200) throw new Error(`The cluster's API answers ${reply.statusCode}.`);
}
