import base from '../../../../jest.config.mjs';

/** Whole examinations: of services that no one here wrote, and of small ones, which `npm test` leaves alone. */
export default {
  ...base,
  rootDir: '../../../..',
  // Most of an examination is waiting; more at once would wait for the machine.
  maxConcurrency: 2,
  testMatch: ['<rootDir>/apps/lab/test/**/*.examine-spec.ts'],
};
