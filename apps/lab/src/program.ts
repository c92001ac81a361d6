import { Command, type OutputConfiguration } from 'commander';
import { adviseCommand } from './commands/advise.js';
import { compareCommand } from './commands/compare.js';
import { doctorCommand } from './commands/doctor.js';
import { examineCommand } from './commands/examine.js';
import { faultsCommand } from './commands/faults.js';
import { kindCommand } from './commands/kind.js';
import { listCommand } from './commands/list.js';
import { minikubeCommand } from './commands/minikube.js';
import { restoreCommand } from './commands/restore.js';
import { runCommand } from './commands/run.js';
import { serveCommand } from './commands/serve.js';
import { startCommand } from './commands/start.js';
import { watchCommand } from './commands/watch.js';

/** The lab's command line. Errors of usage are thrown as CommanderError, after they were said on stderr. */
export function program(output: OutputConfiguration = {}): Command {
  const lab = new Command('lab').description(
    'runs the bank, sends it customers, breaks it, and measures what each style costs',
  );
  const commands = [
    startCommand(),
    listCommand(),
    runCommand(),
    faultsCommand(),
    compareCommand(),
    adviseCommand(),
    examineCommand(),
    watchCommand(),
    serveCommand(),
    kindCommand(),
    minikubeCommand(),
    doctorCommand(),
    restoreCommand(),
  ];
  for (const command of commands) lab.addCommand(inHouseStyle(command));
  return inHouseStyle(lab);

  function inHouseStyle(command: Command): Command {
    return command
      .exitOverride()
      .configureOutput(output)
      .showHelpAfterError('(--help tells more)')
      .helpOption('-h, --help', 'tell how to use this');
  }
}
