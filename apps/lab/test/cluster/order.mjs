import { basename } from 'node:path';
import { createRequire } from 'node:module';

const Sequencer = createRequire(import.meta.url)('@jest/test-sequencer').default;

/** What is proved on a cluster, what does most harm last. */
const order = [
  'install',
  'release-life',
  'doctor',
  'renderings',
  'platform',
  'your-service',
  'strangers',
  'examined-bank',
  'network-policies',
  'scale-out',
  'affinity',
  'emptiest-first',
  'hostile-client',
  'pod-deleted',
  'rolling-update',
  'key-rotation',
  'upgrade',
  'redis-restarted',
  'drain',
  'worker-killed',
];

/** Runs the specs in that order, whatever Jest remembers of earlier runs. */
export default class InOrder extends Sequencer {
  sort(tests) {
    const place = ({ path }) => order.indexOf(basename(path, '.cluster-spec.ts'));
    return tests.toSorted((one, other) => place(one) - place(other));
  }
}
