import { Command, Option } from 'commander';
import { runProgram } from '../provision/run-program.js';
import { diagnose, diagnoseStarted } from '../doctor/diagnose.js';
import type { ClusterSelection } from '../platform/kubernetes/cluster.js';

interface DoctorFlags extends ClusterSelection {
  readonly wait?: boolean;
}

/** `lab doctor`: says why the bank does not work on a cluster. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('look at the bank on a cluster and say why something does not work, and what to do')
    .option('--context <name>', 'context of the kubeconfig; the current one if not given')
    .option(
      '--namespace <name>',
      "namespace of the bank; if not given, the one where it is found, or the context's own where no others may be looked at",
    )
    .addOption(new Option('--release <name>', 'which bank, where there are several').env('RELEASE'))
    .option('--wait', 'look again while the bank is only starting: until it is well, or something is wrong')
    .addHelpText(
      'after',
      '\nChanges nothing. Exits with 0 when nothing is wrong, be it that something is not there yet, and with 1 when something' +
        '\nis. After each finding comes the command that mends it, or that none does, and one that tells more. It looks with' +
        '\nkubectl, and names each right that it lacks. What a killed lab has left moved, `lab restore` puts back.',
    );
  return command.action(async ({ wait, ...place }: DoctorFlags) => {
    const { context } = place;
    if (context !== undefined) {
      const { code, out } = await runProgram('kubectl', ['config', 'get-contexts', '--output', 'name']);
      const known = out.trim().split('\n').join(', ');
      if (code === 0 && !known.split(', ').includes(context)) {
        command.error(`error: there is no context "${context}" in kubeconfig. There are: ${known}.`);
      }
    }
    const { isHealthy, lines } = await (wait ? diagnoseStarted : diagnose)(runProgram, place);
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = isHealthy ? 0 : 1;
  });
}
