import { Command, Option } from 'commander';
import type { ClusterSelection } from '../platform/kubernetes/cluster.js';

/** `lab restore`: what a lab that was killed has left moved on a cluster is put back. */
export function restoreCommand(): Command {
  const command = new Command('restore')
    .description(
      'put back what a lab that was killed has left moved on a cluster: bounds, replicas, CPU limits, settings',
    )
    .option('--context <name>', 'context of the kubeconfig; the current one if not given')
    .option('--namespace <name>', 'namespace of the bank or the workload; if not given, the one where it is found')
    .option('--workload <kind/name>', 'a workload of your own that was examined, as deployment/cart, and no bank')
    .addOption(new Option('--release <name>', 'which bank, where there are several').env('RELEASE'))
    .addHelpText(
      'after',
      '\nPuts back only what the lab has set (field manager tellers-lab) and nobody else since. `lab run`, `lab serve` and' +
        '\n`lab examine` do the same when they start. Not while another lab is running on that bank or workload: it would lose' +
        '\nwhat it has set.',
    );
  return command.action(async ({ workload, ...flags }: ClusterSelection & { readonly workload?: string }) => {
    const say = (sentence: string): boolean => process.stdout.write(`${sentence}\n`);
    if (workload !== undefined) {
      const { restoreWorkload } = await import('../examine/target/kubernetes/open-workload.js');
      return restoreWorkload({ ...flags, workload }, say);
    }
    const { restoreBank } = await import('../bank/kubernetes/start-kubernetes-platform.js');
    await restoreBank({ ...flags, say });
  });
}
