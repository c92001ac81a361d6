import { z } from 'zod';
import { keySetUrl } from '#libs/identity';
import { milliseconds, quota, seconds, serviceEnvironment, wholeNumber } from '#libs/service';

/** Settings of the session service; STORE and AFFINITY together make its mode. */
export const sessionEnvironment = serviceEnvironment
  .extend({
    /** Name of the mode, which cookies and paths carry. */
    MODE: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens')
      .default('sticky'),
    /** Where a session lives: in this pod, in this pod and handed over when it stops, or in Redis. */
    STORE: z.enum(['memory', 'handoff', 'redis']).default('memory'),
    /** Whether the front door binds a client to a pod by a cookie. */
    AFFINITY: z.enum(['cookie', 'none']).default('cookie'),
    /** Where the auth service publishes its keys. */
    JWKS_URL: keySetUrl,
    ISSUER: z.string().min(1).default('urn:tellers:auth'),
    AUDIENCE: z.string().min(1).default('urn:tellers:bank'),
    /** A session ends when nothing came for this long, and in any case after the absolute time. */
    IDLE_TIMEOUT_MS: milliseconds(1).default(15 * 60_000),
    ABSOLUTE_TIMEOUT_MS: milliseconds(1).default(8 * 60 * 60_000),
    /** Most sessions that this pod holds, or the store where they live there; a Map has room for no more than 2^24. */
    MAX_SESSIONS: wholeNumber(1, 2 ** 24).default(1_000_000),
    /** Most of them that one customer has; a further one ends whichever it has not used for the longest. */
    MAX_SESSIONS_PER_CUSTOMER: wholeNumber(1, 2 ** 24).default(1_000),
    /** Sessions that one customer may open in a minute. */
    SESSIONS_PER_MINUTE: quota.default(120),
    /** The same from one address, for whatever customers. */
    SESSIONS_PER_MINUTE_OF_ADDRESS: quota.default(1_200),
    /** In which form sessions are written out; every form is read. Raised once all pods are of a release that reads it. */
    SESSION_RECORD_VERSION: wholeNumber(1, 2)
      .pipe(z.union([z.literal(1), z.literal(2)]))
      .default(1),
    /** Whether pods of the handoff store even out how many sessions they hold while they serve. */
    REBALANCE: z.stringbool().default(true),
    /** Above the average by this share a pod lets sessions go to the others. */
    REBALANCE_TOLERANCE_PERCENT: wholeNumber(1, 1_000).default(10),
    /** Sessions that it lets go in a second, at most. */
    REBALANCE_PER_SECOND: wholeNumber(1, 100_000).default(200),
    /** Of the requests that it answers in a second so many percent let one go, at most: that takes CPU of them all. */
    REBALANCE_REQUESTS_PERCENT: wholeNumber(1, 100).default(25),
    /** Namespace of this pod, where it is to keep its deletion cost at its open sessions; empty: it is not. */
    DELETION_COST_NAMESPACE: z.string().default(''),
    /** Whether the front door speaks TLS: `__Host-` cookies then. */
    SECURE_COOKIES: z.stringbool().default(false),
    IDEMPOTENCY_TTL_SECONDS: seconds(1).default(86_400),
  })
  .refine((settings) => settings.STORE !== 'handoff' || settings.AFFINITY === 'cookie', {
    path: ['AFFINITY'],
    message: 'the handoff store needs affinity by cookie: a session is in one pod at a time',
    // Told beside every other fault.
    when: () => true,
  });

export type SessionEnvironment = z.infer<typeof sessionEnvironment>;

/** Path of a mode: `sticky` has the plain one. */
export function prefixOf(mode: string): string {
  return mode === 'sticky' ? '/session' : `/${mode}/session`;
}
