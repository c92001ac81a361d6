import { Endpoint } from './endpoint.js';
import { eventually } from './environment.js';
import { RedisServer } from './redis-server.js';

/** A primary and its replica behind one address, which can be had to change places. */
export class StoreFailover {
  private constructor(
    readonly url: string,
    readonly primary: RedisServer,
    readonly replica: RedisServer,
    private readonly endpoint: Endpoint,
  ) {}

  static async start(): Promise<StoreFailover> {
    const [primary, replica] = await Promise.all([RedisServer.start(), RedisServer.start()]);
    await replica.admin.replicaof('127.0.0.1', primary.port);
    await eventually(async () => (await replica.admin.info('replication')).includes('master_link_status:up'), 15_000);
    const endpoint = new Endpoint(primary.port);
    return new StoreFailover(`redis://127.0.0.1:${await endpoint.listen()}`, primary, replica, endpoint);
  }

  /** The address leads to the new primary from now on, and nobody cuts the connections to the old one. */
  async failOver(): Promise<void> {
    const { primary, replica, endpoint } = this;
    // Replication is behind by a moment, and what a test did before is to be there after.
    await eventually(async () => (await offsetOf(replica)) === (await offsetOf(primary)));
    await replica.admin.replicaof('NO', 'ONE');
    endpoint.target = replica.port;
    await primary.admin.replicaof('127.0.0.1', replica.port);
  }

  async stop(): Promise<void> {
    this.endpoint.close();
    await Promise.all([this.primary.stop(), this.replica.stop()]);
  }
}

async function offsetOf({ admin }: RedisServer): Promise<string | undefined> {
  return /^master_repl_offset:(\d+)/m.exec(await admin.info('replication'))?.[1];
}
