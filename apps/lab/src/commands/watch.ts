import { Command, InvalidArgumentError, Option } from 'commander';
import { EventSource } from 'eventsource';
import { Auditor } from '../dashboard/auditor.js';
import { BankFeed } from '../dashboard/bank-feed.js';
import { LabConnection } from '../page/connection.js';
import type { BankSnapshot } from '../protocol/snapshots.js';
import { timeOfDay } from '../page/formatted.js';
import { Interrupts } from './interrupts.js';
import { LiveView } from './live-view.js';
import { pagePortOption } from './options.js';
import { withPlatformOptions, type PlatformFlags } from './platform-options.js';
import { UserError } from '../user-error.js';
import { Journal } from '../journal/journal.js';

interface WatchFlags extends PlatformFlags {
  readonly page?: URL;
  readonly pagePort: number;
}

/** `lab watch`: what the page shows, in a terminal. */
export function watchCommand(): Command {
  const command = new Command('watch')
    .description(
      'show a bank as it happens: pods, CPU, autoscalers, sessions, failures and money; of a page that is served, also ' +
        'its customers, what they lost, and its experiments',
    )
    .addOption(
      new Option('--page <address>', 'follow the page of `npm start` or of a cluster’s lab there').argParser(
        pageAddress,
      ),
    )
    .addOption(pagePortOption('--page-port'))
    .addHelpText(
      'after',
      '\nWithout --page it reads a cluster’s pods itself; with --platform local it follows the page on --page-port.' +
        '\nWrites plain lines where it is no terminal. Ctrl-C ends it; it changes nothing.',
    );
  withPlatformOptions(command, 'kubernetes');
  return command.action(async ({ page, pagePort, ...flags }: WatchFlags) => {
    const view = new LiveView(process.stdout);
    const followed = page ?? (flags.platform === 'local' ? new URL(`http://127.0.0.1:${pagePort}`) : undefined);
    const interrupts = new Interrupts(() => undefined);
    if (followed === undefined) await watchCluster(flags, view, interrupts);
    else await watchPage(followed, view, interrupts);
  });
}

async function watchPage(page: URL, view: LiveView, interrupts: Interrupts): Promise<void> {
  await fetch(new URL('livez', page)).catch((error: Error) => {
    throw new UserError(
      `No page answers at ${page.href} (${causeOf(error)}). npm start serves one; on a cluster it is the address that ` +
        '`npm run kind` or the chart’s notes tell, or what `npm run lab -- serve` prints: give it with --page.',
    );
  });
  interrupts.stopInOrder();
  let now: BankSnapshot | undefined;
  let lostAt: number | undefined;
  const connection = new LabConnection(
    {
      show: (reported) => {
        now = reported;
        lostAt = undefined;
      },
      lost: (since) => (lostAt ??= since),
      restarted: () => view.note('The lab was restarted.'),
    },
    () => new EventSource(new URL('events', page)),
  );
  connection.open();
  await view.run(interrupts.signal, () => {
    if (now === undefined || lostAt === undefined) return now;
    return { ...now, fault: `Connection lost at ${timeOfDay(lostAt)}; trying again` };
  });
  connection.close();
}

async function watchCluster(flags: PlatformFlags, view: LiveView, interrupts: Interrupts): Promise<void> {
  const { watchKubernetesPlatform } = await import('../bank/kubernetes/start-kubernetes-platform.js');
  const platform = await watchKubernetesPlatform({ ...flags, say: (sentence) => view.note(sentence) });
  interrupts.stopInOrder();
  const { signal } = interrupts;
  const { release, namespace } = platform.bank;
  const auditor = new Auditor(platform);
  const feed = new BankFeed({
    platform,
    journal: new Journal(),
    workloads: platform.workloads,
    bank: `${release} in the namespace ${namespace}`,
    extras: () => ({ audit: auditor.latest }),
  });
  try {
    await Promise.all([feed.run(signal), auditor.run(signal), view.run(signal, () => feed.now)]);
  } finally {
    await platform.close();
  }
}

/** Reads the address of a page as it is printed, with or without a token: whoever looks needs none. */
function pageAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new InvalidArgumentError('It takes an address such as http://127.0.0.1:4000.');
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.hash = '';
  return url;
}

function causeOf({ message, cause }: Error): string {
  return cause instanceof Error ? cause.message : message;
}
