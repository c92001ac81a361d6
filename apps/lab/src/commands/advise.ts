import { Command, InvalidArgumentError, Option } from 'commander';
import { advise } from '../advise/advice.js';
import type { Budget } from '../advise/pods.js';
import { UnfitReport } from '../advise/unfit-report.js';
import { turningPoints } from '../advise/turning-points.js';
import { lossTolerances, ranges, type Quantity } from '../advise/workload.js';
import { renderAdvice } from '../advise/advice-view.js';
import { wrap } from '../report/format.js';
import { UnreadableScorecard } from '../report/read-scorecard.js';
import { terminalWidth } from '../report/terminal.js';
import { UserError } from '../user-error.js';
import { adviceBasis, type AdviceReports } from './advice-basis.js';
import { wholeNumber } from './options.js';

interface AdviseFlags extends AdviceReports {
  readonly budgetCores?: number;
  readonly budgetMemory?: number;
}

const help = `
--loss-tolerance: none, no session is ever lost; minutes, those in a pod that
dies may be, since that is rare; any, those in a pod that is stopped, too.

Examples:
  npm run lab -- advise --users 20000 --think-seconds 10 --session-bytes 4096 \\
    --writes-percent 20 --loss-tolerance minutes
  npm run lab -- advise --report reports/shop --users 20000 \\
    --think-seconds 60 --writes-percent 20 --loss-tolerance minutes

A report carries no advice if it is of a quick run, lacks an experiment or a
figure (as when the lab itself fell behind), is not to be trusted, or says that
its own forecasts did not come true (claim 11 does not hold). If it could not
tell, the advice says so first. Each figure has the error (±) that the report
measured. Modes whose costs the error does not tell apart cost the same, and
the one that loses less is advised; never one that loses sessions in normal
running.

--report may be that of an examination (\`lab examine --report\`): then the advice
is for the examined service. An act is one walk of its journey, and requests an
act, CPU and bytes a request, memory and losses are its own; --session-bytes
need be given only where the examination does not tell it, and overrides it. How
much more or less another mode takes, and how far forecasts are off, comes from
a report of the bank: --bank-report, or ours of the same platform. Whose each
figure is, is said, and what the examination could not tell. It carries no advice
if it could not tell the mode that the service is in, or did not come to its end.

A budget is held against pods as small as the bank runs in: at least 2, each of
0.05 cores and 128 MiB (stateless) or 192 MiB, which the chart promises a pod;
those of an examined service are as small as its memory.

Exits with 0 when a mode fits, with 1 when none does, with 2 if the report
carries no advice or is none.`;

/** `lab advise`: which mode suits a reader's workload, what it takes, and when another one would. */
export function adviseCommand(): Command {
  const command = new Command('advise')
    .description('tell which mode suits your workload, what it takes and loses, and when the advice would change')
    .option(
      '--report <file>',
      'the figures to go by: what `run --report` wrote, on either platform, or `examine --report` of a service of your ' +
        'own; without it docs/report, measured by us',
    )
    .option(
      '--bank-report <file>',
      'with an examination: what `run --report` wrote, for how modes compare; without it ours of the same platform',
    )
    .requiredOption('--users <number>', 'who are inside at the same time', quantity('users'))
    .requiredOption(
      '--think-seconds <number>',
      'mean time between two acts of a user: a look, a step; of an examined service a whole journey',
      quantity('thinkSeconds'),
    )
    .option(
      '--session-bytes <number>',
      'to remember of each user; only an examination may tell it instead',
      quantity('sessionBytes'),
    )
    .requiredOption('--writes-percent <number>', 'of the acts change what is remembered', quantity('writesPercent'))
    .addOption(
      new Option('--loss-tolerance <which>', 'which sessions may be lost')
        .choices(lossTolerances)
        .makeOptionMandatory(),
    )
    .option('--budget-cores <number>', 'cores that all pods may take together', numberFrom(0.05, 100_000))
    .option('--budget-memory <MiB>', 'memory that pods and sessions in Redis may take', wholeNumber(1, 1_000_000_000))
    .addHelpText('after', help);
  return command.action((flags: AdviseFlags) => {
    try {
      const { workload, measured, source, own } = adviceBasis(flags);
      const advice = advise(measured, workload, budgetOf(flags));
      const turns = turningPoints(measured, workload, budgetOf(flags));
      process.stdout.write(`${renderAdvice(workload, advice, turns, measured, source, own).join('\n')}\n`);
      process.exitCode = advice.mode === undefined ? 1 : 0;
    } catch (error) {
      if (!(error instanceof UnreadableScorecard || error instanceof UnfitReport || error instanceof UserError))
        throw error;
      const text = `error: ${error.message}`;
      const shown = error instanceof UnreadableScorecard ? text : inTerminal(text);
      command.showHelpAfterError(false).error(shown, { exitCode: 2 });
    }
  });
}

/** Broken for a terminal, but for commands, which are copied. */
function inTerminal(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith('  ') ? [line] : wrap(line, terminalWidth, '  ')))
    .join('\n');
}

function budgetOf({ budgetCores, budgetMemory }: AdviseFlags): Budget {
  return {
    ...(budgetCores !== undefined && { cores: budgetCores }),
    ...(budgetMemory !== undefined && { memoryBytes: budgetMemory * 2 ** 20 }),
  };
}

function quantity(name: Quantity): (text: string) => number {
  const { min, max, whole } = ranges[name];
  return whole ? wholeNumber(min, max) : numberFrom(min, max);
}

function numberFrom(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It takes a number from ${min} to ${max}.`);
  };
}
