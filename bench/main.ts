import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Redis } from 'ioredis';
import { findRedis } from '../apps/lab/src/platform/local/redis/find-redis.js';
import { LocalRun } from '../apps/lab/src/platform/local/run/run.js';
import { figures } from './figures.js';
import { BenchLoad } from './load/load.js';
import type { Result } from './result.js';
import { runFigure } from './run.js';
import { table } from './table.js';

interface Options {
  readonly only?: string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly json: string;
}

const names = figures.map(({ name }) => name);
const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);

await new Command('npm run bench --')
  .description('Measures this project against peers and limits: ratios in one run, medians of paired rounds.')
  .addOption(new Option('--only <name...>', 'figures to measure').choices(names))
  .option('--rounds <n>', 'rounds of each figure', positive, 7)
  .option('--seconds <n>', 'how long each side of a round is measured', positive, 2)
  .option('--json <file>', 'where the results go as JSON', 'reports/bench.json')
  .action(measure)
  .parseAsync();

async function measure({ only, rounds, seconds, json }: Options): Promise<void> {
  const run = new LocalRun();
  const { folder } = run;
  const found = await findRedis({ folder, environment: process.env, say });
  say(`Redis: ${found.how}`);
  const redis = new Redis(found.url);
  const prefix = run.claimKeys(found);
  const load = new BenchLoad();
  const bench = { redis, redisUrl: found.url, prefix, folder, load, seconds };
  const results: Result[] = [];
  const skipped: Record<string, string> = {};
  try {
    for (const figure of figures.filter(({ name }) => only?.includes(name) ?? true)) {
      const outcome = await runFigure(figure, bench, rounds, say);
      if (typeof outcome === 'string') skipped[figure.name] = outcome;
      else results.push(outcome);
    }
  } finally {
    load.close();
    redis.disconnect();
    await found.stop();
    await run.end();
  }
  const machine = { node: process.version, platform: process.platform, cores: availableParallelism() };
  process.stdout.write(`\n${table(results)}\n`);
  for (const [name, why] of Object.entries(skipped)) process.stdout.write(`${name}: skipped. ${why}\n`);
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify({ machine, results, skipped }, undefined, 2)}\n`);
  say(`Written to ${json}`);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('must be a number above 0');
  return value;
}
