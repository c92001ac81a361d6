import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { PortTaken } from '../../port-taken.js';
import type { FromGateway, ToGateway } from './gateway/messages.js';
import type { Route } from './gateway/routes.js';
import { builtHere } from './repository.js';

/** Most of what a request allocates dies with it: with more room, less of it is copied about by the collector. */
const youngSpace = '--max-semi-space-size=32';

/** The gateway in a process of its own, so that its work is not the lab's; it ends with the lab. */
export class GatewayProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, () => void>();
  #version = 0;
  #ended = false;

  private constructor(
    readonly port: number,
    child: ChildProcess,
  ) {
    this.#child = child;
    child.on('message', (message: FromGateway) => {
      if (message.kind === 'applied') this.#settle(message.version);
    });
    child.on('exit', () => {
      this.#ended = true;
      for (const version of this.#waiting.keys()) this.#settle(version);
    });
  }

  /** Starts it on the loopback address. @throws PortTaken */
  static async start(port: number, logFile: string): Promise<GatewayProcess> {
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(process.execPath, [youngSpace, builtHere('gateway/main.js'), String(port)], {
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    const ended = once(child, 'exit').then(([code]): [FromGateway] => {
      throw new Error(`The gateway ended with exit code ${String(code)}; see ${logFile}.`);
    });
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [FromGateway];
    if (message.kind === 'listening') {
      ended.catch(() => {});
      return new GatewayProcess(message.port, child);
    }
    child.disconnect();
    await ended.catch(() => {});
    if (message.kind === 'failed' && message.code === 'EADDRINUSE') {
      throw new PortTaken(port, 'for the gateway with --port or TELLERS_PORT');
    }
    throw new Error(`The gateway cannot listen on port ${port}: ${JSON.stringify(message)}`);
  }

  /** Gives it a new table; resolves when it acts by it (or is gone and acts no more). */
  async route(routes: readonly Route[]): Promise<void> {
    if (this.#ended) return;
    const version = ++this.#version;
    const applied = new Promise<void>((resolve) => this.#waiting.set(version, resolve));
    this.#tell({ kind: 'routes', version, routes });
    await applied;
  }

  /** Lets the requests under way finish, and ends it. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const exited = once(this.#child, 'exit');
    this.#tell({ kind: 'close' });
    await exited;
  }

  #tell(message: ToGateway): void {
    // An error means that it has just ended, which its exit event tells.
    this.#child.send(message, () => {});
  }

  #settle(version: number): void {
    this.#waiting.get(version)?.();
    this.#waiting.delete(version);
  }
}
