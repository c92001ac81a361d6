import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { CustomerPool } from '../customers/pool.js';
import { Recorder } from '../load/recorder.js';
import { sendCustomers } from '../load/traffic.js';
import type { ModeName } from '../modes.js';
import { startLocalPlatform } from '../platform/local/start-local-platform.js';
import type { Platform } from '../platform/platform.js';
import { takeSnapshot, type AuditNow } from '../report/live.js';
import { scorecardOf } from '../report/scorecard.js';
import { soFar } from '../report/so-far.js';
import { renderTerminal } from '../report/terminal.js';
import { Interrupts } from './interrupts.js';
import { LiveScreen } from './live-screen.js';
import { portOption, rate, wholeNumber } from './options.js';
import { tryIt } from './try-it.js';

interface StartFlags {
  readonly port: number;
  readonly customers: number;
  readonly rate: number;
  readonly seed: number;
}

/** The chart's default pair: the two styles as most people build them. */
const shown: readonly ModeName[] = ['stateless', 'sticky'];
const workloads = { auth: 1, account: 2, 'session-sticky': 2 };

/** Registering takes CPU: these few at first, so that they are served soon, the others at leisure. */
const firstCustomers = 20;
const leisureMs = 250;
const thinkMs = 800;
const auditEveryMs = 10_000;

/** `lab start`, which is `npm start`: the bank with customers in it, and what each style costs, live. */
export function startCommand(): Command {
  return new Command('start')
    .description(
      'bring up the bank here, send customers through it in both styles, and show live what each style costs',
    )
    .addOption(portOption('', 8080))
    .option('--customers <number>', 'how many customers there are in the end', wholeNumber(2, 5_000), 100)
    .option('--rate <number>', 'customers that come a second, in each style', rate(100), 2)
    .option('--seed <number>', 'of arrivals, think times and choices', wholeNumber(0, 2 ** 32 - 1), 1)
    .addHelpText('after', '\nCtrl-C stops everything in order and prints the scorecard so far; twice stops at once.')
    .action(start);
}

async function start(flags: StartFlags): Promise<void> {
  const startedAt = new Date();
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const screen = new LiveScreen(process.stdout);
  const interrupts = new Interrupts((sentence) => screen.close(sentence));
  const platform = await startLocalPlatform({ port: flags.port, workloads, say });
  interrupts.stopInOrder();
  const stopping = interrupts.signal;
  const pool = new CustomerPool(platform.baseUrl);
  const recorder = new Recorder();
  let audit: AuditNow;
  try {
    await pool.grow(Math.min(firstCustomers, flags.customers), undefined, stopping);
    tryIt(platform.baseUrl).forEach(say);
    const work = [
      ...shown.map((mode, index) => keepSending(mode, flags.seed + index, { flags, pool, recorder, stopping })),
      growAtLeisure(pool, flags.customers, stopping),
      repeatedly(auditEveryMs, stopping, async () => {
        audit = await auditOf(platform);
      }),
      repeatedly(screen.everyMs, stopping, async () => screen.show(await takeSnapshot(recorder, platform, audit))),
    ];
    await Promise.all(work);
    audit = await auditOf(platform);
  } finally {
    screen.close('Stopping pods, the gateway and Redis.');
    await pool.close();
    await platform.close();
  }
  const seconds = recorder.elapsedMs() / 1_000;
  const settings = {
    platform: platform.name,
    modes: shown,
    customers: pool.customers.length,
    seconds: 0,
    seed: flags.seed,
    rounds: 1,
    quick: false,
  };
  const scorecard = scorecardOf(startedAt, { ...settings, seconds: Math.round(seconds) }, [soFar(recorder, audit)]);
  say(renderTerminal(scorecard).join('\n'));
}

interface Crowd {
  readonly flags: StartFlags;
  readonly pool: CustomerPool;
  readonly recorder: Recorder;
  readonly stopping: AbortSignal;
}

async function keepSending(mode: ModeName, seed: number, { flags, pool, recorder, stopping }: Crowd): Promise<void> {
  const witness = recorder.of(mode);
  const load = { seed, journeysPerSecond: flags.rate, durationMs: Infinity, thinkMs };
  await sendCustomers({ pool, mode, witness, stopping, ...load });
}

async function growAtLeisure(pool: CustomerPool, customers: number, stopping: AbortSignal): Promise<void> {
  while (pool.customers.length < customers && !stopping.aborted) {
    await pool.grow(1, undefined, stopping);
    await pause(leisureMs, stopping);
  }
}

/** Does something now and then again and again until the signal is aborted. */
async function repeatedly(everyMs: number, stopping: AbortSignal, act: () => Promise<void>): Promise<void> {
  while (!stopping.aborted) {
    await act();
    await pause(everyMs, stopping);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** An audit that fails, because Redis is slow for instance, is shown and does not end the run. */
async function auditOf(platform: Platform): Promise<AuditNow> {
  try {
    return { report: await platform.audit(), at: new Date() };
  } catch (error) {
    return { failed: (error as Error).message, at: new Date() };
  }
}
