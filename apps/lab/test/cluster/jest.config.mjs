import { readdirSync } from 'node:fs';
import base from '../../../../jest.config.mjs';
import { specs } from './order.mjs';

const ending = '.cluster-spec.ts';
const known = Object.values(specs).flat();
const unknown = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith(ending) && !known.includes(file.replace(ending, '')),
);
if (unknown.length > 0) throw new Error(`order.mjs does not say how ${unknown.join(', ')} runs.`);

/** The specs that need a cluster, which `npm test` leaves alone; those that run in this way. */
export default {
  ...base,
  rootDir: '../../../..',
  testMatch: specs[process.env.TEST_WAY].map((name) => `<rootDir>/apps/lab/test/cluster/${name}${ending}`),
  testSequencer: '<rootDir>/apps/lab/test/cluster/order.mjs',
};
