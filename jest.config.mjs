export default {
  testMatch: ['<rootDir>/{apps,bench,helm,libs}/**/*.{spec,e2e-spec}.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^#libs/(.*)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  setupFiles: ['<rootDir>/scripts/redis-of-worker.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.tellers/'],
  testTimeout: 30_000,
};
