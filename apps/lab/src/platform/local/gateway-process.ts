import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { notListening } from '../../port-taken.js';
import { startPorts } from '../../start-ports.js';
import type { FromGateway, ToGateway } from './gateway/messages.js';
import type { Route } from './gateway/routes.js';
import { inheritedEnvironment } from './inherited-environment.js';
import { builtHere } from '../../repository.js';
import { endOf } from './server-process.js';
import { sayingExits, type Started, SupervisedProcess } from './supervised-process.js';

/** Most of what a request allocates dies with it: with more room, less of it is copied about by the collector. */
const youngSpace = '--max-semi-space-size=32';
/** Longer than it gives the requests under way. */
const closeGraceMs = 10_000;

/** The gateway in a process of its own, so that its work is not the lab's; it ends with the lab, and is replaced if it ends before. */
export class GatewayProcess {
  readonly #supervised: SupervisedProcess<GatewayBoot>;
  #port: number;
  #routes: readonly Route[] = [];

  private constructor(
    port: number,
    private readonly logFile: string,
    say: (sentence: string) => void,
  ) {
    this.#port = port;
    this.#supervised = new SupervisedProcess(() => this.#boot(), sayingExits('The gateway', say));
  }

  /** Starts it on the loopback address. @throws PortTaken, CannotListen */
  static async start(port: number, logFile: string, say: (sentence: string) => void): Promise<GatewayProcess> {
    const gateway = new GatewayProcess(port, logFile, say);
    gateway.#supervised.start();
    const boot = gateway.#supervised.process;
    const message = await boot?.listening;
    if (message?.kind === 'listening') {
      gateway.#port = message.port;
      return gateway;
    }
    gateway.#supervised.release();
    const how = await boot?.exited;
    if (message?.kind === 'failed') {
      throw notListening('127.0.0.1', port, message, startPorts.gateway.remedy);
    }
    throw new Error(`The gateway cannot listen on port ${port}: ${how}; see ${logFile}.`);
  }

  get port(): number {
    return this.#port;
  }

  /** Gives it a new table; resolves when it acts by it (or is gone, and the next one begins with it). */
  async route(routes: readonly Route[]): Promise<void> {
    this.#routes = routes;
    await this.#supervised.process?.route(routes);
  }

  /** A crash; another takes its port and its table. Resolves when it listens. */
  async kill(): Promise<void> {
    await this.#supervised.end('SIGKILL');
    while ((await this.#supervised.process?.listening)?.kind !== 'listening') await wait(20);
  }

  /** Lets the requests under way finish, and ends it. */
  close(): Promise<void> {
    return this.#supervised.stop(closeGraceMs);
  }

  #boot(): GatewayBoot {
    const boot = new GatewayBoot(this.#port, this.logFile);
    void boot.route(this.#routes);
    return boot;
  }
}

/** One process of the gateway. */
class GatewayBoot implements Started {
  readonly exited: Promise<string>;
  /** Resolves with what it says of that; to undefined if it ends before. */
  readonly listening: Promise<FromGateway | undefined>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, () => void>();
  #version = 0;
  #ended = false;

  constructor(port: number, logFile: string) {
    const log = openSync(logFile, 'a', 0o600);
    this.#child = spawn(process.execPath, [youngSpace, builtHere('gateway/main.js'), String(port)], {
      env: inheritedEnvironment(),
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.exited = endOf(this.#child);
    this.listening = new Promise((resolve) => {
      this.#child.on('message', (message: FromGateway) => {
        if (message.kind === 'applied') return this.#settle(message.version);
        resolve(message);
        // Nothing keeps one that does not listen.
        if (message.kind === 'failed') this.#child.disconnect();
      });
      void this.exited.then(() => resolve(undefined));
    });
    this.#child.on('exit', () => {
      this.#ended = true;
      for (const version of this.#waiting.keys()) this.#settle(version);
    });
  }

  signal(signal: NodeJS.Signals): void {
    if (signal === 'SIGTERM') this.#report({ kind: 'close' });
    else this.#child.kill(signal);
  }

  async route(routes: readonly Route[]): Promise<void> {
    if (this.#ended) return;
    const version = ++this.#version;
    const applied = new Promise<void>((resolve) => this.#waiting.set(version, resolve));
    this.#report({ kind: 'routes', version, routes });
    await applied;
  }

  #report(message: ToGateway): void {
    // An error means that it has just ended, which its exit event tells.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #settle(version: number): void {
    this.#waiting.get(version)?.();
    this.#waiting.delete(version);
  }
}
