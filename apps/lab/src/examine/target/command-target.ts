import { join } from 'node:path';
import { CommandProcess } from '../../platform/local/command-process.js';
import type { LocalPod } from '../../platform/local/local-pod.js';
import { tailOf } from '../../platform/local/log-file.js';
import type { PodProcessSpec } from '../../platform/local/pod-boot.js';
import { runningInGroup } from '../../platform/local/process-group.js';
import { usageOf } from '../../platform/local/process-usage.js';
import { upstreamsOf } from '../../platform/local/upstreams.js';
import { LocalWorkload } from '../../platform/local/workload.js';
import type { PodUsage } from '../../platform/platform.js';
import { UserError } from '../../user-error.js';
import { type GatewayAffinity, OwnGateway } from './own-gateway.js';
import type { Replica, Target } from './target.js';

export interface CommandOptions {
  /** For the shell; it starts one server, in the foreground. */
  readonly command: string;
  readonly replicas: number;
  /** The variable that tells the server its port; PORT if not given. */
  readonly portVariable?: string;
  /** Where the command runs; the lab's own folder if not given. */
  readonly cwd?: string;
  /** Beside the lab's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the gateway leads clients back to their replica, by a cookie; none if not given. */
  readonly affinity?: GatewayAffinity;
  /** A replica answers when a GET of it has any reply: the path of the journey's first request. */
  readonly readyPath?: string;
  /** How long a replica may take until then; a minute if not given. */
  readonly startTimeoutMs?: number;
  /** Is told in sentences what happens. */
  readonly say?: (sentence: string) => void;
}

const graceMs = 10_000;
const runsContainer = /\b(docker|podman|nerdctl)(-compose)?\b.*\b(run|up|start)\b/;

/**
 * Runs a command several times, behind the lab's own gateway. Resolves when all answer; nothing is left when the lab ends.
 * @throws UserError for a command that ends or does not answer; nothing is left then
 */
export async function commandTarget(options: CommandOptions): Promise<Target> {
  if (runsContainer.test(options.command)) {
    throw new UserError(
      'A container outlives the command that started it, when that is killed. Start the containers yourself and give ' +
        'their addresses by --replicas, or give by --command what runs in them.',
    );
  }
  const gateway = await OwnGateway.start(options.affinity ?? 'none', options.say ?? (() => {}));
  const target = new CommandTarget(options, gateway);
  try {
    await target.start();
    return target;
  } catch (error) {
    await target.close();
    throw error;
  }
}

class CommandTarget implements Target {
  readonly name: string;
  readonly frontDoor: string;
  readonly cannot: Target['cannot'];
  readonly #workload: LocalWorkload;
  readonly #portVariable: string;
  /** How often a replica ended by itself, by how, and what one said last. */
  readonly #crashes = new Map<string, { count: number; last: string }>();
  #closed: Promise<void> | undefined;
  /** Ends the start of the first replicas. */
  #failStart: ((error: Error) => void) | undefined;

  constructor(
    private readonly options: CommandOptions,
    private readonly gateway: OwnGateway,
  ) {
    const { command, replicas, portVariable = 'PORT', startTimeoutMs } = options;
    this.name = command;
    this.frontDoor = gateway.address;
    this.cannot = replicas > 1 ? {} : { replicas: 'Only one replica runs: --replicas tells how many.' };
    this.#portVariable = portVariable;
    const template = {
      kind: 'Deployment' as const,
      spec: (name: string) => this.#spec(name),
      boot: (spec: PodProcessSpec) => this.#boot(spec),
    };
    const observe = (pod: LocalPod, reason: string | undefined) => this.#onChange(pod, reason);
    this.#workload = new LocalWorkload('replica', template, graceMs, observe, startTimeoutMs);
  }

  /** @throws UserError when a replica ends before it answers, or does not answer in time */
  async start(): Promise<void> {
    const failed = new Promise<never>((_, reject) => (this.#failStart = reject));
    try {
      await Promise.race([this.#workload.scale(this.options.replicas), failed]);
    } catch (error) {
      const { message } = error as Error;
      const hint = /EADDRINUSE|(address|port)\b.*\bin use/i.test(message)
        ? 'A port is taken: each replica is given one of its own, which the command must use. '
        : '';
      throw new UserError(
        `${message}\n${hint}The command must start a server that stays in the foreground, listens on the port in ` +
          `the variable ${this.#portVariable} (--port-variable names another) at 127.0.0.1 or all addresses, and speaks HTTP.`,
        { cause: error },
      );
    } finally {
      this.#failStart = undefined;
    }
  }

  async replicas(): Promise<readonly Replica[]> {
    return this.#workload.pods.flatMap(({ name, phase, address }) =>
      phase === 'ready' && address !== undefined ? [{ name, address: `http://127.0.0.1:${address.port}` }] : [],
    );
  }

  kill(replica: string): Promise<void> {
    return this.#find(replica).kill();
  }

  stop(replica: string): Promise<void> {
    return this.#workload.stop(this.#find(replica));
  }

  roll(): Promise<void> {
    return this.#workload.roll();
  }

  scale(replicas: number): Promise<void> {
    return this.#workload.scale(replicas);
  }

  affinity(by: GatewayAffinity): Promise<void> {
    return this.gateway.leadBack(by);
  }

  memory(): Promise<ReadonlyMap<string, number>> {
    return this.#used(({ memoryBytes }) => memoryBytes);
  }

  cpuSeconds(): Promise<ReadonlyMap<string, number>> {
    return this.#used(({ cpuSeconds }) => cpuSeconds);
  }

  mishaps(): string[] {
    return [...this.#crashes].map(
      ([how, { count, last }]) =>
        `Replicas ended by themselves, ${count === 1 ? 'once' : `${count} times`}, with nothing done to them (${how}); one said last: ` +
        `${last}. Do they share a folder, a port or a lock?`,
    );
  }

  settled(timeoutMs: number): Promise<void> {
    return this.#workload.untilSettled(timeoutMs);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    try {
      await this.#workload.close(graceMs);
    } finally {
      await this.gateway.close();
    }
  }

  /** Of each replica that runs, with all that it started. */
  async #used(of: (usage: PodUsage) => number): Promise<ReadonlyMap<string, number>> {
    const ofPods = this.#workload.pods.map(async ({ name, pid }) => {
      const usage = await usageOf(pid === undefined ? [] : await runningInGroup(pid));
      return [name, [...usage.values()].map(of)] as const;
    });
    const running = (await Promise.all(ofPods)).filter(([, used]) => used.length > 0);
    return new Map(running.map(([name, used]) => [name, used.reduce((sum, one) => sum + one, 0)]));
  }

  #spec(name: string): PodProcessSpec {
    const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return {
      entry: this.options.command,
      environment: { ...Object.fromEntries(inherited), ...this.options.environment },
      logFile: join(this.gateway.logs, `${name}.log`),
    };
  }

  #boot({ entry: command, ...spec }: PodProcessSpec): CommandProcess {
    const { cwd = process.cwd(), readyPath = '/' } = this.options;
    return new CommandProcess({ ...spec, command, cwd, readyPath, portVariable: this.#portVariable });
  }

  #onChange(pod: LocalPod, reason: string | undefined): Promise<void> {
    if (pod.phase === 'gone' && !pod.terminating && reason !== 'killed') this.#tellCrash(pod, reason);
    return this.gateway.route(upstreamsOf(this.#workload.pods));
  }

  #tellCrash({ name, spec }: LocalPod, reason: string | undefined): void {
    const sentence = `${name} ${reason}. Its log, ${spec.logFile}, ends:\n${tailOf(spec.logFile) || 'it said nothing'}`;
    if (this.#failStart !== undefined) return this.#failStart(new Error(sentence));
    this.options.say?.(sentence);
    const how = reason ?? 'ended';
    const last = tailOf(spec.logFile).trim().split('\n').at(-1) || 'nothing';
    this.#crashes.set(how, { count: (this.#crashes.get(how)?.count ?? 0) + 1, last });
  }

  #find(name: string): LocalPod {
    const pod = this.#workload.pods.find((one) => one.name === name);
    if (pod === undefined) throw new Error(`There is no replica ${name}.`);
    return pod;
  }
}
