import { hostname } from 'node:os';
import { z } from 'zod';
import { withFiles } from './setting-files.js';

const port = z.coerce.number().int().min(0).max(65_535);

/** A whole number of milliseconds, at least 0. */
export const milliseconds = z.coerce.number().int().min(0);

/** Settings that every service has; an app extends it with its own. */
export const serviceEnvironment = z.object({
  /** What every path at the front door begins with, where it shares a host with others; such as /bank. */
  PATH_PREFIX: z
    .string()
    .regex(/^((\/[\w~.-]+)+)?$/, 'a path such as /bank, without a slash at its end')
    .default(''),
  /** Address to listen on; loopback unless asked otherwise. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Port for clients; 0 takes any free one. */
  PORT: port.default(3000),
  /** Port for probes, metrics and drain, which no ingress reaches; 0 takes any free one. */
  ADMIN_PORT: port.default(3001),
  /** Name that replies carry in X-Served-By. */
  POD_NAME: z
    .string()
    .regex(/^[\w.-]+$/, 'letters, digits, dots and hyphens only')
    .default(hostname),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'a redis:// or rediss:// URL is required' }),
  /** Given apart from the URL, they need no escape and take the place of what it holds. */
  REDIS_USERNAME: z.string().optional(),
  REDIS_PASSWORD: z.string().optional(),
  /** Every key of ours starts with it, so that a Redis can be shared. */
  REDIS_KEY_PREFIX: z.string().default('tellers:'),
  /** A stopping pod exits at the latest after this long. */
  DRAIN_DEADLINE_MS: milliseconds.default(25_000),
  /** A stopping pod exits when no request came for this long. */
  DRAIN_QUIET_MS: milliseconds.default(1_000),
  /** A pod that is still busy at the deadline serves on for this long, but not ready, so that its clients go elsewhere. */
  DRAIN_LEAVE_MS: milliseconds.default(0),
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
  if (result.success && faults.length === 0) return result.data;
  const issues = result.error?.issues ?? [];
  throw new InvalidEnvironment([
    ...faults,
    ...issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`),
  ]);
}
