import { basename } from 'node:path';
import { createRequire } from 'node:module';

const Sequencer = createRequire(import.meta.url)('@jest/test-sequencer').default;

/** Two at a time, each in a namespace of its own: they wait most of the time. The longest first. */
const beside = [
  'install',
  'release-life',
  'doctor',
  'renderings',
  'platform',
  'examined-bank',
  'strangers',
  'emptiest-first',
  'autoscaled-by-sessions',
  'your-service',
  'network-policies',
  'affinity',
];

/** The same, by themselves: they count what fails under a light load. */
const calm = ['key-rotation', 'pod-deleted', 'upgrade', 'rolling-update', 'redis-restarted'];

/** One after the other: they load the machine, or change what is the cluster's. What does most harm last. */
const alone = ['doctor-of-cluster', 'scale-out', 'hostile-client', 'drain', 'worker-killed'];

/** The specs by how they run. */
export const specs = { beside, calm, alone };

/** Runs the specs in that order, whatever Jest remembers of earlier runs. */
export default class InOrder extends Sequencer {
  sort(tests) {
    const order = Object.values(specs).flat();
    const place = ({ path }) => order.indexOf(basename(path, '.cluster-spec.ts'));
    return tests.toSorted((one, other) => place(one) - place(other));
  }
}
