import type { Redis } from 'ioredis';
import { RateLimit } from '#libs/service';
import type { AuthEnvironment } from './environment.js';

/** How much a client may ask of auth. */
export class AuthLimits {
  readonly registrations: RateLimit;
  readonly signIns: RateLimit;
  readonly refreshes: RateLimit;

  constructor(redis: Redis, environment: AuthEnvironment) {
    const limit = (name: string, quota: number, windowSeconds: number) =>
      new RateLimit(redis, environment.REDIS_KEY_PREFIX, { name, quota, windowSeconds });
    this.registrations = limit('registrations', environment.REGISTRATIONS_PER_HOUR, 3_600);
    this.signIns = limit('sign-ins', environment.SIGN_INS_PER_MINUTE, 60);
    this.refreshes = limit('refreshes', environment.REFRESHES_PER_MINUTE, 60);
  }
}
