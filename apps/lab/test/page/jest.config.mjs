import base from '../../../../jest.config.mjs';

/** The specs that need a Chromium, which `npm test` leaves alone. */
export default {
  ...base,
  rootDir: '../../../..',
  testMatch: ['<rootDir>/apps/lab/test/page/*.page-spec.ts'],
  testTimeout: 120_000,
};
