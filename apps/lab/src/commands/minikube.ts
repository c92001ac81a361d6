import { Option, type Command } from 'commander';
import { MinikubeCluster } from '../provision/minikube-cluster.js';
import { clusterCommand } from './cluster-command.js';

/** `lab minikube`, which is `npm run minikube`: from nothing to the bank on minikube. */
export function minikubeCommand(): Command {
  return clusterCommand({
    tool: 'minikube',
    description: 'make a cluster of one node here with minikube in Docker, and open the bank on it',
    imageOption: new Option('--image <image>', "node image (minikube's --base-image); its own default if not given"),
    cluster: (run, options) => new MinikubeCluster(run, options),
  });
}
