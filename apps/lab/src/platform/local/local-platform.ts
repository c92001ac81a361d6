import { saidIn } from '../../http/outcome.js';
import type { Affinity, CpuLimit, Platform, Pod, PodEvent, PodUsage } from '../platform.js';
import type { StoreFaults } from '../store-faults.js';
import { Signal } from '../signal.js';
import { CpuLimiter } from './cpu-limiter-process.js';
import type { GatewayProcess } from './gateway-process.js';
import type { LocalPod } from './local-pod.js';
import { tailOf } from './log-file.js';
import { sumOfMetric } from '../metrics-text.js';
import { usageOf } from './process-usage.js';
import { holdStill } from './hold-still.js';
import type { FoundRedis } from './redis/found-redis.js';
import { redisFaults } from './redis/faults.js';
import type { Route } from './gateway/routes.js';
import { LocalWorkload, type WorkloadTemplate } from './workload.js';

/** What a run is made of beside its pods, and how its last parts are taken down. */
export interface LocalParts {
  readonly gateway: GatewayProcess;
  readonly redis: FoundRedis;
  readonly templates: Readonly<Record<string, WorkloadTemplate>>;
  /** The gateway's table for these pods, with what leads clients back to those of a workload where that was set. */
  readonly routesTo: (pods: readonly LocalPod[], affinities: ReadonlyMap<string, Affinity>) => Route[];
  /** How long a pod may take to stop. */
  readonly graceMs: number;
  /** Called once every process of the bank is gone. */
  takeDown(): Promise<void>;
}

/** When everything ends, replies under way are waited for, but not that a teller's last customer leaves. */
const closeGraceMs = 3_000;

/** The bank on one machine: pods are child processes, and the front door is one too. */
export class LocalPlatform implements Platform {
  readonly name = 'local';
  readonly baseUrl: string;
  readonly store: StoreFaults;
  /** Undefined where the store is not this run's alone, and must be left as it was. */
  readonly ownRedis: FoundRedis | undefined;
  readonly #workloads: ReadonlyMap<string, LocalWorkload>;
  readonly #events = new Signal<PodEvent>();
  readonly #asked = new Map<LocalPod, Promise<string>>();
  readonly #limiters = new Set<CpuLimiter>();
  readonly #affinities = new Map<string, Affinity>();
  #closed: Promise<void> | undefined;

  constructor(private readonly parts: LocalParts) {
    this.baseUrl = `http://127.0.0.1:${parts.gateway.port}`;
    this.store = redisFaults(parts.redis);
    this.ownRedis = parts.redis.own ? parts.redis : undefined;
    const observe = (pod: LocalPod, reason: string | undefined) => this.#onChange(pod, reason);
    this.#workloads = new Map(
      Object.entries(parts.templates).map(([name, template]) => [
        name,
        new LocalWorkload(name, template, parts.graceMs, observe),
      ]),
    );
  }

  async pods(workload?: string): Promise<Pod[]> {
    return this.#pods(workload).map(snapshot);
  }

  scale(workload: string, replicas: number): Promise<void> {
    return this.#workload(workload).scale(replicas);
  }

  scaleExactly(workload: string, replicas: number): Promise<void> {
    return this.scale(workload, replicas);
  }

  kill(pod: string): Promise<void> {
    return this.#find(pod).kill();
  }

  /** Holds a pod's process still for so long; it goes on also if the lab ends meanwhile. Resolves when that is over. */
  pause(pod: string, ms: number): Promise<void> {
    return holdStill(this.#find(pod).pid, ms);
  }

  /** A crash of the front door, which comes back on its port. Resolves when it does. */
  killGateway(): Promise<void> {
    return this.parts.gateway.kill();
  }

  stop(pod: string): Promise<void> {
    const found = this.#find(pod);
    return this.#workload(found.workload).stop(found);
  }

  roll(workload: string): Promise<void> {
    return this.#workload(workload).roll();
  }

  isNumbered(workload: string): boolean {
    return this.#workload(workload).isNumbered;
  }

  rollOut(workload: string, settings: Readonly<Record<string, string>>, pods: number): Promise<void> {
    return this.#workload(workload).rollOut(settings, pods);
  }

  async settled(timeoutMs: number, only?: string): Promise<void> {
    const awaited = [...this.#workloads].flatMap(([name, workload]) =>
      only === undefined || name === only ? [workload] : [],
    );
    await Promise.all(awaited.map((workload) => workload.untilSettled(timeoutMs)));
  }

  /** The last errors that each pod that has any logged, for who must find out why. */
  errorsLogged(): string[] {
    return this.#pods().flatMap(({ name, spec }) => {
      const errors = tailOf(spec.logFile, 2, '"level":"error"');
      return errors === '' ? [] : [`${name} logged last:`, errors];
    });
  }

  watch(listener: (event: PodEvent) => void): () => void {
    return this.#events.listen(listener);
  }

  async usage(workload?: string): Promise<ReadonlyMap<string, PodUsage>> {
    const pods = this.#pods(workload).flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }]));
    const byPid = await usageOf(pods.map(({ pid }) => pid));
    return new Map(pods.flatMap(({ name, pid }) => (byPid.has(pid) ? [[name, byPid.get(pid)!] as const] : [])));
  }

  async metric(
    workload: string,
    name: string,
    labels: Record<string, string> = {},
  ): Promise<ReadonlyMap<string, number>> {
    const serving = this.#pods(workload).filter((pod) => pod.address !== undefined);
    const values = serving.map(async (pod) => {
      return [pod.name, sumOfMetric(await this.#metricsOf(pod), name, labels)] as const;
    });
    return new Map(await Promise.all(values));
  }

  /** Who asks while an answer is under way gets the same. */
  #metricsOf(pod: LocalPod): Promise<string> {
    const asked = this.#asked.get(pod);
    if (asked !== undefined) return asked;
    const text = askAdmin(pod, '/metrics', 5_000)
      .then((reply) => reply.text())
      .finally(() => this.#asked.delete(pod));
    this.#asked.set(pod, text);
    return text;
  }

  async ask(workload: string, path: string, timeoutMs: number): Promise<string> {
    const pod = this.#pods(workload).find(({ phase }) => phase === 'ready');
    if (pod === undefined) throw new Error(`${path} cannot be asked for: no ${workload} pod is ready.`);
    return (await askAdmin(pod, path, timeoutMs)).text();
  }

  setAffinity(workload: string, by: Affinity | 'as made'): Promise<void> {
    if (by === 'as made') this.#affinities.delete(workload);
    else this.#affinities.set(workload, by);
    return this.#route();
  }

  async limitCpu(workload: string, millicores: number): Promise<CpuLimit> {
    const pids = this.#pods(workload).flatMap(({ pid }) => pid ?? []);
    const limiter = await CpuLimiter.start(pids, millicores);
    this.#limiters.add(limiter);
    return limiter;
  }

  /** Stops pods, gateway and Redis, in this order, so that each finds what it needs to finish. Leaves no process behind. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // A pod that is held still cannot end.
    await Promise.all([...this.#limiters].map((limiter) => limiter.lift()));
    await Promise.all([...this.#workloads.values()].map((workload) => workload.close(closeGraceMs)));
    await this.parts.gateway.close();
    await this.parts.takeDown();
  }

  #onChange(pod: LocalPod, reason: string | undefined): Promise<void> {
    this.#events.give({ at: Date.now(), pod: snapshot(pod), reason });
    return this.#route();
  }

  #route(): Promise<void> {
    return this.parts.gateway.route(this.parts.routesTo(this.#pods(), this.#affinities));
  }

  #pods(workload?: string): LocalPod[] {
    return [...this.#workloads.values()].flatMap(({ name, pods }) => ((workload ?? name) === name ? pods : []));
  }

  #workload(name: string): LocalWorkload {
    const workload = this.#workloads.get(name);
    if (workload === undefined) throw new Error(`There is no workload ${name}.`);
    return workload;
  }

  #find(name: string): LocalPod {
    const pod = this.#pods().find((one) => one.name === name);
    if (pod === undefined) throw new Error(`There is no pod ${name}.`);
    return pod;
  }
}

function snapshot({ name, workload, phase, bootId }: LocalPod): Pod {
  return { name, workload, phase, bootId };
}

async function askAdmin(pod: LocalPod, path: string, timeoutMs: number): Promise<Response> {
  const url = `http://127.0.0.1:${pod.address?.adminPort}${path}`;
  const reply = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: Error) => {
    throw new Error(`${pod.name} does not answer to ${path}.`, { cause: error });
  });
  if (!reply.ok) throw new Error(`${pod.name} answers ${reply.status} to ${path}: ${saidIn(await reply.text())}`);
  return reply;
}
