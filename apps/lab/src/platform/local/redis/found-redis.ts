import { UserError } from '../../../user-error.js';

/** A Redis that answers. */
export interface FoundRedis {
  readonly url: string;
  /** A sentence for the user: which one it is, and where its data is. */
  readonly how: string;
  /** Whether it is this run's alone; another's must be left as it was found. */
  readonly own: boolean;
  /** Ends it, and resolves when it answers again, on its data; not there where that cannot be. */
  readonly restart?: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  /** Stops it if we started it. */
  stop(): Promise<void>;
}

/** Where a Redis may be found: undefined if this place has none. `say` gets a sentence before anything lasting is done. */
export interface RedisSource {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (sentence: string) => void;
}

/** No Redis, or none that answers; the message says what to do. */
export class RedisNotFound extends UserError {
  override readonly name = 'RedisNotFound';
}
