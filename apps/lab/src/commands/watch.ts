import { Command, InvalidArgumentError, Option } from 'commander';
import { EventSource } from 'eventsource';
import { Auditor } from '../dashboard/auditor.js';
import { BankFeed } from '../dashboard/bank-feed.js';
import { pause } from '../dashboard/pause.js';
import { renderNow, renderNowLines } from '../dashboard/terminal-view.js';
import { LabConnection } from '../page/connection.js';
import type { BankSnapshot } from '../protocol/snapshots.js';
import { timeOfDay } from '../page/formatted.js';
import { Drawing } from './drawing.js';
import { Interrupts } from './interrupts.js';
import { pagePortOption } from './options.js';
import { withPlatformOptions, type PlatformFlags } from './platform-options.js';
import type { Screen } from './progress.js';
import { UserError } from '../user-error.js';
import { Journal } from '../journal/journal.js';

const redrawMs = 1_000;
const plainLinesEveryMs = 5_000;
const saidDisplayed = 2;

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
    const view = new WatchView(process.stdout);
    const followed = page ?? (flags.platform === 'local' ? new URL(`http://127.0.0.1:${pagePort}`) : undefined);
    const interrupts = new Interrupts(() => undefined);
    if (followed === undefined) await watchCluster(flags, view, interrupts);
    else await watchPage(followed, view, interrupts);
  });
}

async function watchPage(page: URL, view: WatchView, interrupts: Interrupts): Promise<void> {
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
      restarted: () => view.say('The lab was restarted.'),
    },
    () => new EventSource(new URL('events', page)),
  );
  connection.open();
  await showAgainAndAgain(view, interrupts.signal, () => {
    if (now === undefined || lostAt === undefined) return now;
    return { ...now, fault: `Connection lost at ${timeOfDay(lostAt)}; trying again` };
  });
  connection.close();
}

async function watchCluster(flags: PlatformFlags, view: WatchView, interrupts: Interrupts): Promise<void> {
  const { watchKubernetesPlatform } = await import('../bank/kubernetes/start-kubernetes-platform.js');
  const platform = await watchKubernetesPlatform({ ...flags, say: (sentence) => view.say(sentence) });
  interrupts.stopInOrder();
  const { signal } = interrupts;
  const { release, namespace } = platform.bank;
  const auditor = new Auditor(platform);
  const feed = new BankFeed({
    platform,
    journal: new Journal(),
    workloads: platform.workloads,
    bank: `${release} in the namespace ${namespace}`,
    extras: () => ({ audit: auditor.reported }),
  });
  try {
    await Promise.all([feed.run(signal), auditor.run(signal), showAgainAndAgain(view, signal, () => feed.now)]);
  } finally {
    await platform.close();
  }
}

async function showAgainAndAgain(
  view: WatchView,
  signal: AbortSignal,
  read: () => BankSnapshot | undefined,
): Promise<void> {
  while (!signal.aborted) {
    const now = read();
    if (now !== undefined) view.show(now);
    await pause(redrawMs, signal);
  }
}

/** Draws how a bank is; where it is no terminal, writes what happens, and now and then a line for what has changed. */
export class WatchView {
  readonly #drawing: Drawing;
  readonly #said: string[] = [];
  #happened = 0;
  #lines: readonly string[] = [];
  #linesDueAt = 0;

  constructor(private readonly screen: Screen) {
    this.#drawing = new Drawing(screen);
  }

  say(sentence: string): void {
    if (this.screen.isTTY) this.#said.push(`${timeOfDay(Date.now())} ${sentence}`);
    else this.#write(Date.now(), sentence);
  }

  show(now: BankSnapshot): void {
    if (this.screen.isTTY) this.#drawing.draw([...renderNow(now), ...this.#said.slice(-saidDisplayed)]);
    else this.#writeNew(now);
  }

  #writeNew(now: BankSnapshot): void {
    for (const { id, at, sentence } of now.events) if (id > this.#happened) this.#write(at, sentence);
    this.#happened = now.events.at(-1)?.id ?? 0;
    if (performance.now() < this.#linesDueAt) return;
    this.#linesDueAt = performance.now() + plainLinesEveryMs;
    const lines = [...(now.fault === null ? [] : [now.fault]), ...renderNowLines(now)];
    for (const line of lines.filter((one) => !this.#lines.includes(one))) this.#write(now.at, line);
    this.#lines = lines;
  }

  #write(at: number, sentence: string): void {
    this.screen.write(`${timeOfDay(at)} ${sentence}\n`);
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
