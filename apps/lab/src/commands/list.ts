import { Command } from 'commander';
import { catalogue } from '../experiments/catalogue.js';
import { modeNames, modes } from '../bank/modes.js';
import { wrap } from '../report/format.js';
import { terminalWidth } from '../report/terminal.js';

const indent = ' '.repeat(18);

/** `lab list`: the experiments with their claims, and the modes. */
export function listCommand(): Command {
  return new Command('list')
    .description('tell the experiments, the claims that they test, and the modes')
    .action(() => {
      process.stdout.write(`${listing().join('\n')}\n`);
    });
}

/** The lines of the list. */
export function listing(): string[] {
  return [
    'Experiments:',
    ...catalogue.flatMap(({ name, summary, claims }) => [
      ...wrap(`  ${name.padEnd(16)}${summary}`, terminalWidth, indent),
      ...claims.flatMap(({ number, sentence }) => wrap(`${indent}claim ${number}: ${sentence}`, terminalWidth, indent)),
    ]),
    'Modes:',
    ...modeNames.map((name) => {
      const { style, store, affinity, path } = modes[name];
      return `  ${name.padEnd(16)}${style}, store ${store}, affinity ${affinity}, at ${path}`;
    }),
  ];
}
