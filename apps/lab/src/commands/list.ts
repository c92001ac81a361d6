import { Command } from 'commander';
import { catalogue } from '../experiments/catalogue.js';
import { modeNames, modes } from '../modes.js';

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
      `  ${name.padEnd(16)}${summary}`,
      ...claims.map(({ number, sentence }) => `${''.padEnd(18)}claim ${number}: ${sentence}`),
    ]),
    'Modes:',
    ...modeNames.map((name) => {
      const { style, store, affinity, path } = modes[name];
      return `  ${name.padEnd(16)}${style}, store ${store}, affinity ${affinity}, at ${path}`;
    }),
  ];
}
