import { join } from 'node:path';
import { GatewayProcess } from '../../platform/local/gateway-process.js';
import type { Upstream } from '../../platform/local/gateway/routes.js';
import { LocalRun } from '../../platform/local/run/run.js';

/** The cookie by which the lab's own gateway leads clients back; it is not the service's. */
export const gatewayCookie = 'tellers-affinity';

/** Whether clients are led back to their replica. */
export type GatewayAffinity = 'none' | 'cookie';

/** The lab's own front door to replicas on this machine. It has a folder for logs, and leaves neither when the lab ends. */
export class OwnGateway {
  readonly address: string;
  readonly logs: string;
  #upstreams: readonly Upstream[] = [];

  private constructor(
    private readonly gateway: GatewayProcess,
    private readonly run: LocalRun,
    private affinity: GatewayAffinity,
  ) {
    this.address = `http://127.0.0.1:${gateway.port}`;
    this.logs = logsOf(run);
  }

  static async start(affinity: GatewayAffinity, say: (sentence: string) => void): Promise<OwnGateway> {
    const run = new LocalRun();
    try {
      const gateway = await GatewayProcess.start(0, join(logsOf(run), 'gateway.log'), say);
      return new OwnGateway(gateway, run, affinity);
    } catch (error) {
      await run.end();
      throw error;
    }
  }

  /** Resolves when requests go to these, each in turn, but for clients that are led back. */
  route(upstreams: readonly Upstream[]): Promise<void> {
    this.#upstreams = upstreams;
    const pinned = this.affinity === 'cookie' ? { affinityCookie: gatewayCookie } : {};
    // An empty prefix is every path's.
    return this.gateway.route([{ path: '', upstreams, ...pinned }]);
  }

  leadBack(by: GatewayAffinity): Promise<void> {
    this.affinity = by;
    return this.route(this.#upstreams);
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await this.run.end();
  }
}

function logsOf(run: LocalRun): string {
  return join(run.folder, 'logs');
}
