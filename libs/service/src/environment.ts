import { z } from 'zod';
import { podNameHere } from './pod.js';
import { faultOfRedisUrl, isUserAlone } from './redis-url.js';
import { withFiles } from './setting-files.js';
import { trustProxy } from './trust-proxy.js';

/** A whole number in decimal digits: an empty text is none, and neither is `1e3`. */
export function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max} is required`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
    .pipe(z.int().min(min, { error }).max(max, { error }));
}

/** What a timer takes at most, in ms: past it, it would fire at once. */
const longestTimer = 2 ** 31 - 1;
/** Ten years, in seconds. */
const longestTtl = 10 * 365 * 24 * 3600;

const port = wholeNumber(0, 65_535);

/** A whole number of milliseconds. */
export const milliseconds = (min: number) => wholeNumber(min, longestTimer);

/** A whole number of seconds that something is kept. */
export const seconds = (min: number) => wholeNumber(min, longestTtl);

/** How many are allowed; 0 for any number. */
export const quota = wholeNumber(0, 1_000_000_000);

/** Settings that every service has; an app extends it with its own. */
export const serviceEnvironment = z.object({
  /** What every path at the front door begins with, where it shares a host with others; such as /bank. */
  PATH_PREFIX: z
    .string()
    .regex(/^((\/(?!\.{1,2}(\/|$))[\w~.-]+)+)?$/, 'a path such as /bank, without a slash at its end')
    .default(''),
  /** Where the front door speaks TLS: plain HTTP is sent there, and browsers keep to it for so long; 0: neither. */
  HSTS_SECONDS: seconds(0).default(0),
  /** Address to listen on; loopback unless asked otherwise. */
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'an address or a host name is required, IPv6 without brackets')
    .default('127.0.0.1'),
  /** Port for clients; 0 takes any free one. */
  PORT: port.default(3000),
  /** Port for probes, metrics and drain, which no ingress reaches; 0 takes any free one. */
  ADMIN_PORT: port.default(3001),
  /** Name that replies carry in X-Served-By. */
  POD_NAME: z
    .string()
    .regex(/^[\w.-]{1,253}$/, 'letters, digits, dots and hyphens only, at most 253')
    .default(podNameHere),
  /** How many proxies stand between clients and this pod, or their networks; nobody else's X-Forwarded-For is heeded. */
  TRUST_PROXY: trustProxy,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** A line in the log for each request, at level `info`. */
  ACCESS_LOG: z.stringbool().default(true),
  REDIS_URL: z.string({ error: 'a redis:// or rediss:// URL is required' }).superRefine((url, context) => {
    const fault = faultOfRedisUrl(url);
    if (fault !== undefined) context.addIssue(fault);
  }),
  /** Given apart from the URL, they need no escape and take the place of what it holds. */
  REDIS_USERNAME: z.string().min(1, 'it is empty: leave it out').optional(),
  REDIS_PASSWORD: z.string().min(1, 'it is empty: leave it out').optional(),
  /** Every key of ours starts with it, so that a Redis can be shared. */
  REDIS_KEY_PREFIX: z.string().default('tellers:'),
  /** A stopping pod exits at the latest after this long. */
  DRAIN_DEADLINE_MS: milliseconds(0).default(25_000),
  /** A stopping pod exits when no request came for this long. */
  DRAIN_QUIET_MS: milliseconds(0).default(1_000),
  /** A pod that is still busy at the deadline serves on for this long, but not ready, so that its clients go elsewhere. */
  DRAIN_LEAVE_MS: milliseconds(0).default(0),
});

export type ServiceEnvironment = z.infer<typeof serviceEnvironment>;

/** Settings that can't be used; `faults` has one sentence for each. */
export class InvalidEnvironment extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The settings are wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'InvalidEnvironment';
  }
}

/**
 * Settings read from environment variables, and from the files that `<NAME>_FILE` names.
 * @param schema what the app needs
 * @returns typed settings with their defaults
 * @throws InvalidEnvironment naming every fault at once
 */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  variables: NodeJS.ProcessEnv = process.env,
): z.output<Schema> {
  const { settings, faults } = withFiles(Object.keys(schema.shape), variables);
  const result = schema.safeParse(settings);
  const issues = result.error?.issues ?? [];
  const { REDIS_URL = '', REDIS_USERNAME, REDIS_PASSWORD } = settings;
  if (REDIS_PASSWORD === undefined && URL.canParse(REDIS_URL) && isUserAlone(REDIS_URL, REDIS_USERNAME)) {
    faults.push('REDIS_USERNAME: there is no password for this user, who would not be signed in: set REDIS_PASSWORD');
  }
  if (result.success && faults.length === 0) return result.data;
  throw new InvalidEnvironment([
    ...faults,
    ...issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`),
  ]);
}
