import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { z } from 'zod';
import { accountId, amountMinor, currency } from '#libs/bank';
import { CLOCK, CodedError, type Clock } from '#libs/service';

/** How long a client may take from one step to the next, in seconds: as long as a session may be idle. */
export const continuationLifetimeSeconds = 900;

const algorithm = 'HS256';
/** Keeps this token from being taken for any other kind (RFC 8725, section 3.11). */
const typ = 'continuation+jwt';

/** What the client carries between the steps of a transfer, since no pod remembers it. */
const carried = z.object({
  /** Idempotency key of the whole transfer, chosen at its first step. */
  key: z.string(),
  from: accountId,
  to: accountId,
  amount: z.object({ amountMinor, currency }).optional(),
});

export type Carried = z.output<typeof carried>;

/** Signs what a client must carry, and reads it back. */
@Injectable()
export class Continuations {
  constructor(
    private readonly jwt: JwtService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The first continuation of a transfer. */
  begin(customerId: string, { from, to }: { from: string; to: string }): string {
    return this.seal(customerId, { key: `steps:${randomUUID()}`, from, to });
  }

  /** A continuation that only its customer can bring back. */
  seal(customerId: string, content: Carried): string {
    const iat = Math.floor(this.clock.now() / 1000);
    const claims = { ...content, sub: customerId, iat, exp: iat + continuationLifetimeSeconds };
    return this.jwt.sign(claims, { algorithm, header: { alg: algorithm, typ } });
  }

  /**
   * What a continuation carries.
   * @throws CodedError continuation-invalid if it was changed, is too old, or was made for another customer
   */
  open(customerId: string, continuation: string): Carried {
    try {
      const { header, payload } = this.jwt.verify<{ header: { typ?: string }; payload: unknown }>(continuation, {
        algorithms: [algorithm],
        subject: customerId,
        clockTimestamp: Math.floor(this.clock.now() / 1000),
        complete: true,
      });
      if (header.typ === typ) return carried.parse(payload);
    } catch (error) {
      throw invalid(error);
    }
    throw invalid();
  }
}

function invalid(cause?: unknown): CodedError {
  return new CodedError('continuation-invalid', 'Begin the transfer anew with the step payee.', {}, { cause });
}
