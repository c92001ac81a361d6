import { Command, Option } from 'commander';
import { faultTable } from '../faults/fault-table.js';
import { faultKinds } from '../faults/kinds.js';
import { lettingGo } from '../faults/letting-go.js';
import { runFaults } from '../faults/run-faults.js';
import { modeNames, type ModeName } from '../bank/modes.js';
import { interruptedCode, Interrupts } from './interrupts.js';
import { modesOption, portOption, wholeNumber } from './options.js';
import { Progress } from './progress.js';
import { podSettings, workloadsFor, type RunCommandOptions } from './run.js';

interface FaultFlags extends Pick<RunCommandOptions, 'customers' | 'seconds' | 'seed' | 'port'> {
  readonly minutes?: number;
  readonly faults?: number;
  readonly only?: readonly string[];
  readonly modes: readonly ModeName[];
}

const names = faultKinds.map(({ name }) => name);
const maxSessions = 10_000;

/** `lab faults`, which is `npm run faults`: breaks the bank at random, and tells whether it kept what it promises. */
export function faultsCommand(): Command {
  return new Command('faults')
    .description(
      'bring up the bank here in all five modes and break it at random under customers: no money is lost, nobody is told ' +
        'what did not happen, each lost session has a cause that its mode allows, and everything recovers in time',
    )
    .addOption(new Option('--seconds <number>', 'how long').argParser(wholeNumber(1, 86_400)).default(60))
    .addOption(new Option('--minutes <number>', 'how long').argParser(wholeNumber(1, 1_440)).conflicts('seconds'))
    .addOption(
      new Option('--faults <number>', 'end after so many, however long it takes').argParser(wholeNumber(1, 1_000_000)),
    )
    .addOption(
      new Option('--seed <number>', 'of all that is drawn; with none, a random one, which is told')
        .argParser(wholeNumber(0, 2 ** 32 - 1))
        .default(Math.floor(Math.random() * 2 ** 32), 'random'),
    )
    .option('--customers <number>', 'virtual users of each mode', wholeNumber(1, 1_000), 4)
    .addOption(new Option('--only <kinds...>', 'only faults of these kinds').choices(names))
    .addOption(modesOption('only customers of these modes, and faults of their pods'))
    .addOption(portOption('; 0 takes any free one', 0))
    .addHelpText(
      'after',
      '\nFaults come one after the other, and the same seed draws the same ones. Exits with 1 when a promise was broken, and' +
        '\ntells after which fault and what to run to see it again. The Redis of REDIS_URL is left alone: unset it for faults' +
        '\nof the store.',
    )
    .action(breakAtRandom);
}

async function breakAtRandom(flags: FaultFlags): Promise<void> {
  const { seed } = flags;
  const progress = new Progress(process.stderr);
  const say = (sentence: string): void => progress.say(sentence);
  const interrupts = new Interrupts(say);
  const environment = lettingGo(podSettings(maxSessions));
  const { startLocalPlatform } = await import('../bank/local/start-local-platform.js');
  const platform = await startLocalPlatform({ port: flags.port, workloads: workloadsFor(modeNames), environment, say });
  interrupts.stopInOrder();
  const kinds = faultKinds.filter(({ name, store }) => {
    return (flags.only?.includes(name) ?? true) && (store === undefined || platform.ownRedis !== undefined);
  });
  progress.report(`Seed ${seed}`);
  try {
    const found = await runFaults({
      platform,
      kinds,
      seed,
      modeNames: flags.modes,
      customersPerMode: flags.customers,
      durationMs: durationMsOf(flags),
      faults: flags.faults ?? Infinity,
      stopping: interrupts.signal,
      progress: say,
    });
    progress.done();
    const again = [
      '--customers',
      String(flags.customers),
      '--modes',
      flags.modes.join(','),
      ...(flags.only ? ['--only', ...flags.only] : []),
    ];
    const errors = found.violation === undefined ? [] : ['', ...platform.errorsLogged()];
    process.stdout.write(`${[...faultTable(found, seed, again), ...errors].join('\n')}\n`);
    process.exitCode = found.violation === undefined ? (interrupts.signal.aborted ? interruptedCode : 0) : 1;
  } finally {
    await platform.close();
  }
}

function durationMsOf({ faults, minutes, seconds }: FaultFlags): number {
  if (faults !== undefined) return Infinity;
  return (minutes === undefined ? seconds : minutes * 60) * 1_000;
}
