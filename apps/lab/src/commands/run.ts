import { Command } from 'commander';
import { answerOf } from '../answer/answer.js';
import { catalogue } from '../experiments/catalogue.js';
import type { Experiment } from '../experiments/experiment.js';
import { runAll } from '../experiments/run-all.js';
import { modes, modesInReport, type ModeName, type WorkloadName } from '../bank/modes.js';
import { isSound, scorecardOf, type Scorecard, type Section } from '../report/scorecard.js';
import { renderAnswer } from '../report/terminal-answer.js';
import { renderTerminal } from '../report/terminal.js';
import { writeReport } from '../report/write-report.js';
import { aborted, interruptedCode, Interrupts } from './interrupts.js';
import { experimentName, fromUser, modesOption, portOption, wholeNumber } from './options.js';
import { openPlatform, withPlatformOptions, type PlatformFlags } from './platform-options.js';
import { Progress } from './progress.js';
import { fullSize, quickSize, sizeOf, type RunOptions, type RunSize } from '../experiments/run-options.js';

export interface RunCommandOptions extends PlatformFlags, RunOptions {
  readonly experiments: readonly Experiment[];
  readonly port: number;
}

type RunFlags = Omit<RunCommandOptions, 'experiments' | keyof RunSize> &
  Partial<RunSize> & { readonly all?: boolean; readonly report?: string };

const inShort = (flag: keyof typeof fullSize): string =>
  `(default: ${fullSize[flag]}; ${quickSize[flag]} with --quick)`;

/** `lab run NAME...`: opens the bank, runs experiments, prints the scorecard, and leaves things as they were. */
export function runCommand(): Command {
  const command = new Command('run')
    .description('bring up the bank here or find it on a cluster, run experiments, and print the scorecard')
    .argument('[names...]', `which experiments: ${catalogue.map(({ name }) => name).join(', ')}`, experimentName)
    .option('--all', 'run every experiment')
    .addOption(modesOption('compare these modes'))
    .option(
      '--rounds <number>',
      `rounds in which each mode is measured, fewer of long experiments ${inShort('rounds')}`,
      wholeNumber(1, 1_000),
    )
    .option(
      '--quick',
      'the shortest run that yields each figure: one round of little load, modes at the same time, so nothing is sure',
    )
    .option('--customers <number>', `how many customers there are ${inShort('customers')}`, wholeNumber(4, 5_000))
    .option(
      '--seconds <number>',
      `how long customers come in one measurement ${inShort('seconds')}`,
      wholeNumber(2, 3_600),
    )
    .option(
      '--sessions <number>',
      `most sessions that are opened in one pod, and that a pod takes here ${inShort('sessions')}`,
      wholeNumber(1_000, 10_000_000),
    )
    .option('--seed <number>', 'of arrivals, think times and choices', wholeNumber(0, 2 ** 32 - 1), 1)
    .option('--report <folder>', 'also write scorecard.html, .md and .json there')
    .addOption(portOption('; 0 takes any free one', 0))
    .addHelpText(
      'after',
      '\nExits with 1 if money was lost, the audit found a breach, no cause explains a loss, or an experiment did not end.',
    );
  withPlatformOptions(command, 'local');
  return command.action(async (named: readonly Experiment[] | [], flags: RunFlags) => {
    const experiments = flags.all ? catalogue : named;
    if (experiments.length === 0) {
      command.error(
        `error: name an experiment, or say --all. There are: ${catalogue.map(({ name }) => name).join(', ')}.`,
      );
    }
    const progress = new Progress(process.stderr);
    const scorecard = await run({ ...flags, ...sizeOf(flags), experiments }, progress);
    progress.done();
    const answer = answerOf(scorecard);
    process.stdout.write(`${[...renderTerminal(scorecard), '', ...renderAnswer(answer)].join('\n')}\n`);
    if (flags.report !== undefined) {
      const folder = fromUser(flags.report);
      process.stdout.write(`Written: ${writeReport(folder, scorecard, answer).join(', ')}\n`);
    }
    process.exitCode = isSound(scorecard) ? 0 : 1;
  });
}

/**
 * No customer here thinks longer: a pod that is stopped need not wait 25 s for someone who will not come. One that hands
 * its sessions over goes when it has, and needs the time for that. And a pod takes no more sessions than an experiment
 * opens in one, so that its bound is met.
 */
export const podSettings = (sessions: number) =>
  Object.fromEntries(
    Object.values(modes).map(({ workload, store }) => [
      workload,
      {
        ...(store !== 'handoff' && { DRAIN_DEADLINE_MS: '2000' }),
        // In a store all pods' sessions count, and those of the experiments before.
        ...(store !== 'redis' && { MAX_SESSIONS: String(sessions) }),
      },
    ]),
  );

/** Runs experiments on a bank of their own, or on a cluster's. Ctrl-C takes down what was brought up and ends the process. */
export async function run(options: RunCommandOptions, progress: Progress): Promise<Scorecard> {
  const startedAt = new Date();
  const say = (sentence: string): void => progress.say(sentence);
  const interrupts = new Interrupts(say);
  const environment = podSettings(options.sessions);
  const desired = { port: options.port, workloads: workloadsFor(options.modes), environment };
  const { platform, workloads, place } = await openPlatform(options, desired, say);
  interrupts.stopInOrder();
  const compared = options.modes.filter((mode) => workloads.includes(modes[mode].workload));
  const missing = options.modes.filter((mode) => !compared.includes(mode));
  if (missing.length > 0) progress.report(notThere(missing));
  let sections: Section[] | undefined;
  try {
    // A bank that is taken down under an experiment fails it; that is no news then.
    sections = await Promise.race([
      runAll(options.experiments, { ...options, modes: compared, platform, say }),
      aborted(interrupts.signal),
    ]);
  } finally {
    await platform.close();
  }
  if (sections === undefined) {
    progress.done();
    process.exit(interruptedCode);
  }
  const settings = { ...options, platform: platform.name, modes: compared };
  return scorecardOf(startedAt, { modes: modesInReport, settings, sections, cluster: place });
}

/** Why some modes are left out, and what switches them on. */
export function notThere(missing: readonly ModeName[]): string {
  const switches = missing.map((mode) => `--set modes.${mode}.enabled=true`).join(' ');
  return `Left out, because this bank has no such pods: ${missing.join(', ')}. To have them: helm upgrade ... --reuse-values ${switches}`;
}

/** One pod of auth, two of each mode; account always, because statements and the audit are read there. */
export function workloadsFor(compared: readonly ModeName[]): Partial<Record<WorkloadName, number>> {
  return { auth: 1, account: 2, ...Object.fromEntries(compared.map((mode) => [modes[mode].workload, 2])) };
}
