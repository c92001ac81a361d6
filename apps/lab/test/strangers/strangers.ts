import type { Toolchain } from './toolchains.js';

/** A service that no one here wrote the most of, as its documentation shows it. */
export interface Stranger {
  /** In this folder. */
  readonly journey: string;
  readonly toolchain: Toolchain;
  /** Starts one replica, in the folder where strangers are built. Where an image is made of it, it listens at LISTEN_AT. */
  readonly command: string;
  /** Run there once, before any replica. */
  readonly prepares?: string;
  readonly portVariable?: string;
  /** Whether its replicas need a Redis. */
  readonly redis?: true;
  /** What all its replicas are told alike. */
  readonly environment?: Readonly<Record<string, string>>;
}

export const strangers = {
  'express-memory-store': {
    journey: 'express/journey.yaml',
    toolchain: 'node',
    command: 'node express/memory-store.mjs',
  },
  'express-redis-store': {
    journey: 'express/journey.yaml',
    toolchain: 'node',
    command: 'node express/redis-store.mjs',
    redis: true,
  },
  flask: { journey: 'flask/journey.yaml', toolchain: 'python', command: 'python/bin/python flask/server.py' },
  django: {
    journey: 'django/journey.yaml',
    toolchain: 'python',
    command: 'python/bin/python django/shop.py',
    prepares: 'python/bin/python django/shop.py users.csv',
  },
  jetty: { journey: 'jetty/journey.yaml', toolchain: 'java', command: "java -cp 'jetty/lib/*:jetty/classes' Shop" },
  'socket-io': { journey: 'socket-io/journey.yaml', toolchain: 'node', command: 'node socket-io/server.mjs' },
  'csrf-sync': { journey: 'csrf-sync/journey.yaml', toolchain: 'node', command: 'node csrf-sync/server.mjs' },
  'express-rate-limit': {
    journey: 'express-rate-limit/journey.yaml',
    toolchain: 'node',
    command: 'node express-rate-limit/server.mjs',
  },
  multer: { journey: 'multer/journey.yaml', toolchain: 'node', command: 'node multer/server.mjs' },
  'others-data': {
    journey: 'broken/others-data.yaml',
    toolchain: 'node',
    command: 'node broken/others-data.mjs',
  },
  'survives-sign-out': {
    journey: 'broken/survives-sign-out.yaml',
    toolchain: 'node',
    command: 'node broken/survives-sign-out.mjs',
  },
  'acts-twice': { journey: 'broken/acts-twice.yaml', toolchain: 'node', command: 'node broken/acts-twice.mjs' },
  podinfo: {
    journey: 'podinfo/journey.yaml',
    toolchain: 'go',
    command: 'go/podinfo --host="${LISTEN_AT:-127.0.0.1}" --level=warn',
    portVariable: 'PODINFO_PORT',
    environment: { PODINFO_JWT_SECRET: 'shared by all replicas' },
  },
} as const satisfies Record<string, Stranger>;

export type StrangerName = keyof typeof strangers;
