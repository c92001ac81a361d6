import { CodedError } from '../coded-error.js';

/** A request that was refused for how many came before it; nothing was done. */
export class LimitExceeded extends CodedError {
  override readonly headers: Readonly<Record<string, string>>;

  /** @param policy as the RateLimit fields name it */
  constructor(code: string, message: string, policy: string, retryAfterSeconds: number) {
    super(code, message, { 'violated-policies': [policy] });
    this.headers = { 'retry-after': String(retryAfterSeconds) };
  }
}
