import { z } from 'zod';
import { keySetUrl } from '#libs/identity';
import { seconds, serviceEnvironment } from '#libs/service';

/** Settings of the account service. */
export const accountEnvironment = serviceEnvironment.extend({
  /** Where the auth service publishes its keys. */
  JWKS_URL: keySetUrl,
  ISSUER: z.string().min(1).default('urn:tellers:auth'),
  AUDIENCE: z.string().min(1).default('urn:tellers:bank'),
  /** Signs what a client carries between the steps of a transfer; every account pod has the same. */
  CONTINUATION_SECRET: z.string({ error: 'a secret of at least 32 characters is required' }).min(32),
  /** How long a transfer's idempotency key is remembered. */
  IDEMPOTENCY_TTL_SECONDS: seconds(1).default(86_400),
});

export type AccountEnvironment = z.infer<typeof accountEnvironment>;
