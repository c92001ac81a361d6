import { z } from 'zod';
import { currency } from '#libs/bank';
import { defaultPasswordBounds, parseKeySet, readKeySet } from '#libs/identity';
import { quota, seconds, serviceEnvironment, wholeNumber } from '#libs/service';

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
  /** Registrations from one address. */
  REGISTRATIONS_PER_HOUR: quota.default(600),
  /** Passwords that are tried from one address; a customer who signed in from there before has as many beside. */
  SIGN_INS_PER_MINUTE: quota.default(600),
  /** Refreshes from one address. */
  REFRESHES_PER_MINUTE: quota.default(600),
  /** Wrong passwords in an hour, of one customer from one address, before the next try there must wait. */
  WRONG_PASSWORDS: quota.default(5),
  /** The same from whatever addresses, for those that the customer has not signed in from. */
  WRONG_PASSWORDS_OF_CUSTOMER: quota.default(100),
  /** The same from one address for whatever customers, but for those who have signed in from there. */
  WRONG_PASSWORDS_OF_ADDRESS: quota.default(100),
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
