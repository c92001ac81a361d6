import { Command, Option } from 'commander';
import type { ClusterSelection } from '../platform/kubernetes/cluster.js';

/** `lab restore`: what a lab that was killed has left moved on a cluster is put back. */
export function restoreCommand(): Command {
  const command = new Command('restore')
    .description(
      'put back what a lab that was killed has left moved on a cluster: bounds, replicas, CPU limits, settings',
    )
    .option('--context <name>', 'context of the kubeconfig; the current one if not given')
    .option('--namespace <name>', 'namespace of the bank; if not given, the one where it is found')
    .addOption(new Option('--release <name>', 'which bank, where there are several').env('RELEASE'))
    .addHelpText(
      'after',
      '\nPuts back only what the lab has set (field manager tellers-lab) and nobody else since. `lab run` and `lab serve` do' +
        '\nthe same when they start. Not while another lab is running on that bank: it would lose what it has set.',
    );
  return command.action(async (flags: ClusterSelection) => {
    const { restoreBank } = await import('../bank/kubernetes/start-kubernetes-platform.js');
    await restoreBank({ ...flags, say: (sentence) => process.stdout.write(`${sentence}\n`) });
  });
}
