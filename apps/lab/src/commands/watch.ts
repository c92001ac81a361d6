import { Command } from 'commander';
import { BankFeed } from '../dashboard/bank-feed.js';
import type { WorkloadState } from '../report/bank-now.js';
import { renderBank, renderBankLines } from '../report/bank-view.js';
import { Drawing } from './drawing.js';
import { Interrupts } from './interrupts.js';
import { withPlatformOptions, type PlatformFlags } from './platform-options.js';
import type { Screen } from './progress.js';

const plainLinesEveryMs = 5_000;
const eventsShown = 8;

/** `lab watch`: how the pods of a bank on a cluster are, as it happens. */
export function watchCommand(): Command {
  const command = new Command('watch')
    .description('show the bank on a cluster as it happens: pods, CPU, autoscalers, sessions, requests and failures')
    .addHelpText('after', '\nWrites plain lines where it is no terminal. Ctrl-C ends it; it changes nothing.');
  withPlatformOptions(command, 'kubernetes');
  return command.action(async (flags: PlatformFlags) => {
    if (flags.platform === 'local') {
      command.error('error: a bank on this machine can be seen by the process that runs it alone: npm start shows it.');
    }
    await watch(flags, process.stdout);
  });
}

async function watch(flags: PlatformFlags, screen: Screen): Promise<void> {
  const interrupts = new Interrupts(() => undefined);
  const { watchKubernetesPlatform } = await import('../platform/kubernetes/start-kubernetes-platform.js');
  const view = new WatchView(screen);
  const platform = await watchKubernetesPlatform({ ...flags, say: (sentence) => view.happened(sentence) });
  interrupts.stopInOrder();
  const { release, namespace } = platform.bank;
  const feed = new BankFeed({
    platform,
    workloads: platform.workloads,
    bank: `${release} in the namespace ${namespace}`,
    happened: (sentence) => view.happened(sentence),
    read: (workloads) => view.show(workloads),
  });
  try {
    await feed.run(interrupts.signal);
  } finally {
    await platform.close();
  }
}

/** Draws the bank and what happened last; where it is no terminal, writes what happens, and now and then a line for what has changed. */
export class WatchView {
  readonly #drawing: Drawing;
  readonly #events: string[] = [];
  #lines: readonly string[] = [];
  #linesDueAt = 0;

  constructor(private readonly screen: Screen) {
    this.#drawing = new Drawing(screen);
  }

  happened(sentence: string): void {
    if (!this.screen.isTTY) this.#write(sentence);
    this.#events.push(`${timeOfDay()} ${sentence}`);
    this.#events.splice(0, this.#events.length - eventsShown);
  }

  show(workloads: readonly WorkloadState[]): void {
    if (this.screen.isTTY) this.#drawing.draw([...renderBank(workloads), '', ...this.#events]);
    else if (performance.now() >= this.#linesDueAt) {
      this.#linesDueAt = performance.now() + plainLinesEveryMs;
      for (const line of renderBankLines(workloads).filter((one) => !this.#lines.includes(one))) this.#write(line);
      this.#lines = renderBankLines(workloads);
    }
  }

  #write(sentence: string): void {
    this.screen.write(`${timeOfDay()} ${sentence}\n`);
  }
}

function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 8);
}
