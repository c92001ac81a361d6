import { Option, type Command } from 'commander';
import { KindCluster } from '../provision/kind-cluster.js';
import { clusterCommand } from './cluster-command.js';

/** `lab kind`, which is `npm run kind`: from nothing to the bank on three nodes of kind. */
export function kindCommand(): Command {
  return clusterCommand({
    tool: 'kind',
    description: 'make a cluster of three nodes here with kind, and open the bank on it',
    imageOption: new Option('--image <image>', "node image; kind's own default if not given").env('KIND_NODE_IMAGE'),
    cluster: (run, options) => new KindCluster(run, options),
  });
}
