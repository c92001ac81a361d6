import { Ledger, type Account } from '#libs/bank';
import { createService, readEnvironment, type Service } from '#libs/service';
import { Endpoint, eventually, testVariables, type RedisServer, type TestIssuer } from '#libs/testing';
import { prefixOf, sessionEnvironment } from '../../src/environment.js';
import { sessionService } from '../../src/session-service.js';
import { ModelClient, type Order } from './client.js';
import type { Posting } from './oracle.js';

export const stores = {
  memory: { MODE: 'sticky', STORE: 'memory', AFFINITY: 'cookie', pods: 1 },
  handoff: { MODE: 'handoff', STORE: 'handoff', AFFINITY: 'cookie', pods: 2 },
  redis: { MODE: 'shared', STORE: 'redis', AFFINITY: 'none', pods: 2 },
} as const;
export type Store = keyof typeof stores;

/** What happens to the bank while clients use it. */
export interface Fault {
  readonly kind: 'pause' | 'fill' | 'demote' | 'cut' | 'stop';
  readonly afterMs: number;
  readonly forMs: number;
}

interface ModelCustomer {
  readonly owner: string;
  readonly from: string;
  readonly client: ModelClient;
}

/** Pods of one mode before a store of their own, with customers who are signed in. */
export class ModelBank {
  #isStopping = false;

  private constructor(
    private readonly store: Store,
    private readonly redis: RedisServer,
    private readonly endpoint: Endpoint,
    private readonly prefix: string,
    private readonly pods: readonly { service: Service; base: string }[],
    private readonly issuer: TestIssuer,
  ) {}

  static async open(store: Store, redis: RedisServer, issuer: TestIssuer, idleTimeoutMs: number): Promise<ModelBank> {
    const endpoint = new Endpoint(redis.port);
    const { pods: count, ...mode } = stores[store];
    const variables = testVariables({
      ...mode,
      JWKS_URL: issuer.jwksUrl,
      IDLE_TIMEOUT_MS: String(idleTimeoutMs),
      REDIS_URL: `redis://127.0.0.1:${await endpoint.listen()}`,
    });
    const settings = readEnvironment(sessionEnvironment, variables);
    const pods = await Promise.all(
      Array.from({ length: count }, async () => {
        const service = await createService(sessionService(settings));
        const { port } = await service.listen();
        await eventually(async () => (await service.admin.inject('/readyz')).statusCode === 200);
        return { service, base: `http://127.0.0.1:${port}${prefixOf(mode.MODE)}` };
      }),
    );
    return new ModelBank(store, redis, endpoint, settings.REDIS_KEY_PREFIX, pods, issuer);
  }

  get ledger(): Ledger {
    return this.pods.at(-1)!.service.app.get(Ledger, { strict: false });
  }

  async customer(owner: string, payees: readonly string[]): Promise<ModelCustomer> {
    const [{ id: from }] = (await this.ledger.openAccounts(owner, 'EUR', { current: 1_000, savings: 0 })) as [Account];
    const authorization = `Bearer ${this.issuer.token(owner)}`;
    const reply = await fetch(this.#baseOf(0), { method: 'POST', headers: { authorization } });
    const [cookie = ''] = String(reply.headers.get('set-cookie')).split(';');
    return { owner, from, client: new ModelClient((pod) => this.#baseOf(pod), cookie, payees) };
  }

  /** A pod that holds sessions is the only one that its clients are led to, until it stops. */
  #baseOf(pod: number): string {
    const isFree = this.store === 'redis' || this.#isStopping;
    return this.pods[isFree ? pod % this.pods.length : 0]!.base;
  }

  begin({ kind, forMs }: Fault): Promise<unknown> {
    const { admin } = this.redis;
    if (kind === 'pause') return admin.call('CLIENT', 'PAUSE', String(forMs), 'ALL');
    if (kind === 'fill') return admin.config('SET', 'maxmemory', '1');
    if (kind === 'demote') return admin.replicaof('127.0.0.1', 1);
    if (kind === 'cut') return Promise.resolve(this.endpoint.cut());
    return this.#stop();
  }

  async end({ kind }: Fault): Promise<void> {
    const { admin } = this.redis;
    if (kind === 'fill') await admin.config('SET', 'maxmemory', '0');
    if (kind === 'demote') await admin.replicaof('NO', 'ONE');
  }

  async #stop(): Promise<void> {
    if (this.store !== 'handoff' || this.#isStopping) return;
    this.#isStopping = true;
    const { service } = this.pods[0]!;
    await service.drain.begin();
    await service.close();
  }

  /** What the ledger has moved from an account, as it is stored. */
  async postings(from: string): Promise<Posting[]> {
    const entries = await this.redis.admin.xrange(`${this.prefix}entries:${from}`, '-', '+');
    return entries
      .map(([, fields]) => Object.fromEntries(fields.flatMap((name, at) => (at % 2 ? [] : [[name, fields[at + 1]]]))))
      .filter(({ a }) => Number(a) < 0)
      .map(({ k = '', t = '', c = '', a }) => ({ key: k, transferId: t, to: c, amountMinor: -Number(a) }));
  }

  /** What the ledger says when it is asked again. */
  settle(owner: string, key: string, order: Order) {
    return this.ledger.transfer(owner, key, order);
  }

  async close(): Promise<void> {
    await this.redis.admin.config('SET', 'maxmemory', '0');
    await this.redis.admin.replicaof('NO', 'ONE');
    const open = this.#isStopping ? this.pods.slice(1) : this.pods;
    await Promise.all(open.map(({ service }) => service.close()));
    this.endpoint.close();
  }
}
