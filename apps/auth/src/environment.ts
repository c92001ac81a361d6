import { z } from 'zod';
import { currency } from '#libs/bank';
import { defaultPasswordBounds, parseKeySet, readKeySet } from '#libs/identity';
import { seconds, serviceEnvironment, wholeNumber } from '#libs/service';

/** Settings of the auth service. */
export const authEnvironment = serviceEnvironment.extend({
  ISSUER: z.string().min(1).default('urn:tellers:auth'),
  AUDIENCE: z.string().min(1).default('urn:tellers:bank'),
  /** A private JWK set (RFC 7517), or a folder of `<Unix time>.pem`; every auth pod has the same. */
  SIGNING_KEYS_FILE: z
    .string({ error: 'the file or folder of the private keys is required' })
    .superRefine((path, context) => {
      const fault = faultOfKeySet(path);
      if (fault) context.addIssue(fault);
    }),
  /** How long a new key is published before it signs. */
  KEY_LEAD_SECONDS: seconds(0).default(300),
  /** A refresh token that is not used for so long is forgotten. */
  REFRESH_TTL_SECONDS: seconds(1).default(30 * 24 * 3600),
  /** What the accounts of new customers hold. */
  CURRENCY: currency.default('EUR'),
  /** How many passwords are hashed at once, each with 19 MiB. */
  PASSWORDS_RUNNING: wholeNumber(1, 1_024).default(defaultPasswordBounds.running),
  /** How many more may wait for their turn; past it callers get 503. */
  PASSWORDS_WAITING: wholeNumber(0, 1_000_000).default(defaultPasswordBounds.waiting),
});

export type AuthEnvironment = z.infer<typeof authEnvironment>;

function faultOfKeySet(path: string): string | undefined {
  try {
    parseKeySet(readKeySet(path));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
