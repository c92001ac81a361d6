import { Command } from 'commander';
import { maxArrivals, Crowd, maxCustomers } from '../bank/crowd/crowd.js';
import { Auditor } from '../dashboard/auditor.js';
import { tryIt } from '../page/try-it.js';
import { modeNames, modes, modesInReport, type ModeName } from '../bank/modes.js';
import type { LocalPlatform } from '../platform/local/local-platform.js';
import { Disposables } from '../disposables.js';
import { scorecardOf } from '../report/scorecard.js';
import { soFar } from '../bank/so-far.js';
import { renderTerminal } from '../report/terminal.js';
import { actingBy, readOnlyOption } from './acting-options.js';
import { Interrupts } from './interrupts.js';
import { LiveView } from './live-view.js';
import { pagePortOption, portOption, rate, wholeNumber } from './options.js';
import { workloadsFor } from './run.js';
import { Journal } from '../journal/journal.js';
import { startPorts } from '../start-ports.js';

interface StartFlags {
  readonly port: number;
  readonly pagePort: number;
  readonly readOnly?: true;
  readonly customers: number;
  readonly rate: number;
  readonly seed: number;
}

/** The chart's default pair: the two styles as most people build them. */
const displayed: readonly ModeName[] = ['stateless', 'sticky'];
const podsOfAMode = 2;
/** Who looks at the page should see a pod drain, and not wait for it long. A pod that hands over goes when it has. */
const environment = Object.fromEntries(
  Object.values(modes).flatMap(({ workload, store }) =>
    store === 'handoff' ? [] : [[workload, { DRAIN_DEADLINE_MS: '5000' }]],
  ),
);

/** `lab start`, which is `npm start`: the bank with customers in it, and what each style costs, live. */
export function startCommand(): Command {
  return new Command('start')
    .description(
      'bring up the bank here, send customers to it in both styles, and show live what each style costs, here and on a page',
    )
    .addOption(portOption('', startPorts.gateway.usual))
    .addOption(pagePortOption(startPorts.page.flag))
    .addOption(readOnlyOption())
    .option('--customers <number>', 'most customers in each mode at a time', wholeNumber(0, maxCustomers), 40)
    .option('--rate <number>', 'customers that come a second to each mode', rate(maxArrivals), 2)
    .option('--seed <number>', 'of arrivals, think times and choices', wholeNumber(0, 2 ** 32 - 1), 1)
    .addHelpText('after', '\nCtrl-C stops everything in order and prints the scorecard so far; twice stops at once.')
    .action(start);
}

async function start(flags: StartFlags): Promise<void> {
  const startedAt = new Date();
  const view = new LiveView(process.stdout);
  const journal = new Journal();
  let isUp = false;
  // How it came up is no news to who looks at it later.
  const say = (sentence: string): void => (isUp ? journal.note(sentence) : view.say(sentence));
  const interrupts = new Interrupts((sentence) => view.close(sentence));
  const acting = actingBy(flags);
  // A server takes a moment to load, which no other command should pay.
  const { serveDashboard } = await import('../dashboard/dashboard.js');
  const { startLocalPlatform } = await import('../bank/local/start-local-platform.js');
  const platform = await startLocalPlatform({ port: flags.port, workloads: workloadsFor(displayed), environment, say });
  isUp = true;
  interrupts.stopInOrder();
  const { signal } = interrupts;
  const disposables = new Disposables();
  disposables.push(() => platform.close());
  const auditor = new Auditor(platform);
  const crowd = crowdOf(platform, flags, journal);
  disposables.push(() => crowd.close());
  let wasMeasuring = false;
  try {
    const dashboard = await serveDashboard({
      platform,
      journal,
      workloads: ['auth', ...modeNames.map((mode) => modes[mode].workload)],
      bank: 'the bank on this machine',
      host: '127.0.0.1',
      port: flags.pagePort,
      portRemedy: startPorts.page.remedy,
      crowd,
      auditor,
      ...(acting && { acting }),
    });
    disposables.push(() => dashboard.close());
    // In 80 columns the link is whole, or who copies it from there could not act.
    view.heading = [`Page: ${dashboard.link}`];
    view.say(`The page: ${dashboard.link}`);
    view.say(`\nThe bank is open at ${platform.baseUrl}. Be a customer yourself, in another terminal:`);
    tryIt(platform.baseUrl).forEach((line) => view.say(`  ${line}`));
    view.say('The README goes on from here. Ctrl-C stops everything.\n');
    await crowd.open();
    await Promise.all([auditor.run(signal, () => !dashboard.isMeasuring), view.run(signal, () => dashboard.state())]);
    await auditor.audit();
    wasMeasuring = dashboard.isMeasuring;
  } finally {
    view.close('Stopping pods, the gateway and Redis.');
    await disposables.run();
  }
  const { recorder } = crowd;
  const seconds = recorder.elapsedMs() / 1_000;
  const settings = {
    platform: platform.name,
    modes: recorder.records().map(({ mode }) => mode),
    customers: crowd.now.settings.customers,
    seconds: Math.round(seconds),
    seed: flags.seed,
    rounds: 1,
    quick: false,
  };
  const scorecard = scorecardOf(startedAt, {
    modes: modesInReport,
    settings,
    sections: [soFar(recorder, auditor.latest, crowd.lossRows, crowd.behindInAll)],
  });
  view.say(renderTerminal(scorecard).join('\n'));
  // An experiment that was cut short would go on failing for a while.
  if (wasMeasuring) process.exit();
}

function crowdOf(platform: LocalPlatform, flags: StartFlags, journal: Journal): Crowd {
  return new Crowd({
    platform,
    modes: displayed,
    available: modeNames,
    customers: flags.customers,
    arrivalsPerSecond: flags.rate,
    seed: flags.seed,
    prepare: async (mode) => {
      const { workload } = modes[mode];
      if ((await platform.pods(workload)).length === 0) await platform.scale(workload, podsOfAMode);
    },
    fault: (sentence) => journal.note(sentence),
  });
}
