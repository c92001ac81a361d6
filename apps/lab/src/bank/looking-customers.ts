import { setTimeout as sleep } from 'node:timers/promises';
import type { BankCustomer } from './customer.js';
import { Scenario } from './scenario.js';
import { StepError } from '../http/step-error.js';
import { refresh } from './auth-client.js';
import { ClientSession } from './client-session.js';
import type { CustomersPlan } from './traffic.js';
import { exponential, seeded, type Random } from '../load/random.js';
import { LoopingVirtualUsers } from '../load/looping-virtual-users.js';

export interface LookingCustomersPlan extends CustomersPlan {
  readonly users: number;
  /** Mean of the exponential length of a session, after which another user takes the place; without it, all stay. */
  readonly sessionMs?: number;
  /** Behind which address each comes, for a front door that goes by it. */
  readonly address?: (user: number) => string;
}

/** auth bounds how many passwords it hashes at once. */
const signInsAtOnce = 4;
const renewBeforeMs = 60_000;

/**
 * Customers who come in and stay, look around again and again, and open their session anew when it is lost: a load that
 * is tied to sessions, as that of a bank with people in it.
 */
export class LookingCustomers extends LoopingVirtualUsers {
  /** Changed at any time, it changes how often each user asks from its next pause on. */
  thinkMs: number;

  constructor(private readonly plan: LookingCustomersPlan) {
    super(plan.users, (user, arrived, leaving) => this.#loop(user, arrived, leaving), signInsAtOnce);
    this.thinkMs = plan.thinkMs;
  }

  async #loop(user: number, arrived: () => void, leaving: AbortSignal): Promise<void> {
    const random = seeded(this.plan.seed, user);
    const customer = await this.plan.pool.take();
    let { credentials } = customer;
    while (!leaving.aborted) {
      // Someone else comes each time: without the cookies of the one before, but with a password that was hashed once.
      const device = customer.anotherDevice();
      device.credentials = credentials;
      device.connection.address = this.plan.address?.(user);
      await this.#clientSession(device, random, arrived, leaving);
      credentials = device.credentials;
      await device.connection.close();
      await sleep(exponential(this.thinkMs, random), undefined, { signal: leaving }).catch(() => undefined);
    }
    customer.credentials = credentials;
    this.plan.pool.release(customer);
  }

  async #clientSession(device: BankCustomer, random: Random, arrived: () => void, leaving: AbortSignal): Promise<void> {
    const { mode, observer, sessionMs } = this.plan;
    const clientSession = new ClientSession(device, mode, observer, performance.now(), leaving);
    const until = performance.now() + (sessionMs === undefined ? Infinity : exponential(sessionMs, random));
    try {
      const scenario = new Scenario(clientSession, device.current);
      await scenario.client.open();
      arrived();
      while (performance.now() < until) {
        await clientSession.think(exponential(this.thinkMs, random));
        await renew(clientSession);
        await scenario.withReauthentication(() => scenario.client.look());
      }
      await scenario.client.close();
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
    } finally {
      clientSession.leave();
    }
  }
}

/** A token that ends is no loss of a session. */
async function renew(clientSession: ClientSession): Promise<void> {
  const { credentials } = clientSession.customer;
  if (credentials === undefined || credentials.expiresAt - renewBeforeMs > performance.now()) return;
  await refresh(clientSession.customer, clientSession.request);
}
