import { modeOfWorkload, type WorkloadName } from '../modes.js';
import { inheritedEnvironment } from '../../platform/local/inherited-environment.js';

/** What all pods of a run share. */
export interface RunSettings {
  readonly redisUrl: string;
  readonly keyPrefix: string;
  /** The front door, where account and session find the public keys. */
  readonly baseUrl: string;
  readonly signingKeysFile: string;
  readonly continuationSecret: string;
}

/** The environment of a pod. */
export function podEnvironment(workload: WorkloadName, podName: string, run: RunSettings): Record<string, string> {
  const common = {
    ...inheritedEnvironment(),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    POD_NAME: podName,
    LOG_LEVEL: 'info',
    // Nobody rotates these files.
    ACCESS_LOG: 'false',
    // The gateway, which tells each client's address.
    TRUST_PROXY: '1',
    REDIS_URL: run.redisUrl,
    REDIS_KEY_PREFIX: run.keyPrefix,
  };
  const JWKS_URL = `${run.baseUrl}/auth/.well-known/jwks.json`;
  if (workload === 'auth') return { ...common, SIGNING_KEYS_FILE: run.signingKeysFile };
  const { name, style, store, affinity } = modeOfWorkload(workload)!;
  if (style === 'stateless') return { ...common, JWKS_URL, CONTINUATION_SECRET: run.continuationSecret };
  // The gateway speaks plain HTTP: a Secure cookie would never come back.
  return { ...common, JWKS_URL, MODE: name, STORE: store, AFFINITY: affinity, SECURE_COOKIES: 'false' };
}
