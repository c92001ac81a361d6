import { Command, InvalidArgumentError, Option } from 'commander';
import { Crowd } from '../bank/crowd/crowd.js';
import { modeNames, modes } from '../bank/modes.js';
import type { KubernetesPlatform } from '../platform/kubernetes/kubernetes-platform.js';
import { Disposables } from '../disposables.js';
import { actingBy, readOnlyOption } from './acting-options.js';
import { aborted, Interrupts } from './interrupts.js';
import { pagePortOption, wholeNumber } from './options.js';
import { withPlatformOptions, type PlatformFlags } from './platform-options.js';
import { Journal } from '../journal/journal.js';

interface ServeFlags extends PlatformFlags {
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly hstsSeconds: number;
  readonly readOnly?: true;
}

/** `lab serve`: the live page of a bank on a cluster; what the chart's lab pod runs. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('serve a page that shows the bank on a cluster as it happens, and lets who has its token act on it')
    .addOption(
      new Option('--host <address>', 'address that the page is served on')
        .env('TELLERS_PAGE_HOST')
        .default('127.0.0.1'),
    )
    .addOption(pagePortOption('--port'))
    .addOption(
      new Option('--path <path>', 'path under which a front door (ingress) brings requests to the page, too, as /lab')
        .argParser(pagePath)
        .env('TELLERS_PAGE_PATH'),
    )
    .addOption(
      new Option('--hsts-seconds <number>', 'how long browsers keep to TLS, to which plain HTTP is sent; 0: neither')
        .argParser(wholeNumber(0, 10 * 365 * 24 * 3_600))
        .env('TELLERS_PAGE_HSTS_SECONDS')
        .default(0),
    )
    .addOption(readOnlyOption())
    .addHelpText(
      'after',
      '\nServes /, /state as JSON, /events as a stream, /livez and /readyz. Whoever reaches it sees the bank; who has its' +
        '\ntoken acts on it, with the rights that this command has: TELLERS_PAGE_TOKEN (or the file TELLERS_PAGE_TOKEN_FILE),' +
        '\nor one that is made up and printed in the link. With --url it sends customers there once somebody asks for' +
        '\nthem. Ctrl-C ends it.',
    );
  withPlatformOptions(command, 'kubernetes');
  return command.action(async (flags: ServeFlags) => {
    if (flags.platform === 'local') {
      command.error('error: a bank on this machine can be seen by the process that runs it alone: npm start shows it.');
    }
    await serve(flags);
  });
}

async function serve(flags: ServeFlags): Promise<void> {
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const interrupts = new Interrupts(say);
  const [{ watchKubernetesPlatform }, { serveDashboard }, { Auditor }] = await Promise.all([
    import('../bank/kubernetes/start-kubernetes-platform.js'),
    import('../dashboard/dashboard.js'),
    import('../dashboard/auditor.js'),
  ]);
  const acting = actingBy(flags);
  const platform = await watchKubernetesPlatform({ ...flags, say });
  const disposables = new Disposables();
  disposables.push(() => platform.close());
  const journal = new Journal();
  const crowd = acting === undefined ? undefined : crowdOf(platform, journal);
  disposables.push(() => crowd?.close());
  const auditor = new Auditor(platform);
  try {
    const dashboard = await serveDashboard({
      platform,
      journal,
      workloads: platform.workloads,
      bank: `${platform.bank.release} in the namespace ${platform.bank.namespace}`,
      host: flags.host,
      port: flags.port,
      portRemedy: 'for the page with --port or TELLERS_PAGE_PORT',
      auditor,
      hstsSeconds: flags.hstsSeconds,
      ...(flags.path && { path: flags.path }),
      ...(crowd && { crowd }),
      ...(acting && { acting }),
    });
    disposables.push(() => dashboard.close());
    await crowd?.open();
    interrupts.stopInOrder();
    // A token that somebody gave is known to who should know it, and no log has to.
    say(`Page: ${acting?.given ? dashboard.url : dashboard.link}`);
    // Nobody pays for an audit that nobody sees.
    const isWanted = (): boolean => dashboard.isWatched && !dashboard.isMeasuring;
    await Promise.all([auditor.run(interrupts.signal, isWanted), aborted(interrupts.signal)]);
  } finally {
    await disposables.run();
  }
}

/** Nobody comes until somebody at the page asks for customers; nobody can where the front door is not known. */
function crowdOf(platform: KubernetesPlatform, journal: Journal): Crowd | undefined {
  if (platform.baseUrl === '') return undefined;
  const available = modeNames.filter((mode) => platform.workloads.includes(modes[mode].workload));
  const desired = { modes: available, available, customers: 0, arrivalsPerSecond: 2, seed: 1 };
  return new Crowd({ platform, ...desired, fault: (sentence) => journal.note(sentence) });
}

function pagePath(text: string): string {
  if (/^(\/[\w~.-]+)+$/.test(text)) return text;
  throw new InvalidArgumentError('It takes a path such as /lab, without a slash at its end.');
}
