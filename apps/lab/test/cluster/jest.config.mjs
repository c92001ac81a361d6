import base from '../../../../jest.config.mjs';

/** The specs that need a cluster, which `npm test` leaves alone. */
export default {
  ...base,
  rootDir: '../../../..',
  testMatch: ['<rootDir>/apps/lab/test/cluster/*.cluster-spec.ts'],
  testSequencer: '<rootDir>/apps/lab/test/cluster/order.mjs',
};
