import { Command } from 'commander';
import { runProgram } from '../cluster/run-program.js';
import { diagnose } from '../doctor/diagnose.js';

/** `lab doctor`: says why the bank does not work on a cluster. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('look at the bank on a cluster and say why something does not work, and what to do')
    .option('--context <name>', 'context of kubeconfig; the current one if not given')
    .option('--namespace <name>', 'namespace of the bank; if not given, the one where it is found')
    .addHelpText('after', '\nChanges nothing. Exits with 0 when all is well, with 1 when something was found.');
  return command.action(async (flags: { context?: string; namespace?: string }) => {
    const { context } = flags;
    if (context !== undefined) {
      const { code, out } = await runProgram('kubectl', ['config', 'get-contexts', '--output', 'name']);
      const known = out.trim().split('\n').join(', ');
      if (code === 0 && !known.split(', ').includes(context)) {
        command.error(`error: there is no context "${context}" in kubeconfig. There are: ${known}.`);
      }
    }
    const { isHealthy, lines } = await diagnose(runProgram, flags);
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = isHealthy ? 0 : 1;
  });
}
