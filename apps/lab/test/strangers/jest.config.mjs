import base from '../../../../jest.config.mjs';

/** Whole examinations: of services that no one here wrote, and of small ones, which `npm test` leaves alone. */
export default {
  ...base,
  rootDir: '../../../..',
  testMatch: ['<rootDir>/apps/lab/test/**/*.examine-spec.ts'],
};
