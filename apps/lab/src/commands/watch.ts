import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { PodEvent } from '../platform/platform.js';
import { BankReader, type WorkloadState } from '../report/bank-now.js';
import { decisionsIn, renderBank, renderBankLines } from '../report/bank-view.js';
import { Drawing } from './drawing.js';
import { Interrupts } from './interrupts.js';
import { withPlatformOptions, type PlatformFlags } from './platform-options.js';
import type { Screen } from './progress.js';

const readEveryMs = 1_000;
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
  const { signal } = interrupts;
  platform.watch((event) => view.happened(sentenceOf(event)));
  const reader = new BankReader(platform, platform.workloads);
  try {
    while (!signal.aborted) {
      // A pod that is too busy to tell, or a cluster that is away for a moment: news, and no reason to look away.
      const read = await reader.read().catch((error: Error) => view.happened(error.message));
      if (read) view.show(read);
      await sleep(readEveryMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await platform.close();
  }
}

/** A pod's change in words. */
export function sentenceOf({ pod, reason }: Pick<PodEvent, 'pod' | 'reason'>): string {
  return `${pod.name} is ${pod.phase}${reason === undefined ? '' : ` (${reason})`}`;
}

/** Draws the bank and what happened last; where it is no terminal, writes what happens, and now and then a line for what has changed. */
export class WatchView {
  readonly #drawing: Drawing;
  readonly #events: string[] = [];
  #before: readonly WorkloadState[] = [];
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
    decisionsIn(this.#before, workloads).forEach((sentence) => this.happened(sentence));
    this.#before = workloads;
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
