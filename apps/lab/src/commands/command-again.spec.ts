import { expect, it } from '@jest/globals';
import { Command } from 'commander';
import { commandAgain, withoutSecrets } from './command-again.js';

it('tells what was said to a command, and not what goes without saying', () => {
  const command = new Command('examine')
    .argument('[names...]')
    .option('--command <line>')
    .option('--rate <number>', 'requests a second', '20')
    .option('--allow-writes')
    .option('--yes')
    .option('--report <folder>');
  const said = ['--command', "node 'my server.js'", '--allow-writes', '--yes', '--report', 'there'];
  command.parse(['memory', ...said], { from: 'user' });
  expect(commandAgain(command)).toBe(
    String.raw`npm run lab -- examine memory --command 'node '\''my server.js'\''' --allow-writes`,
  );
});

it.each([
  ['DB_PASSWORD=hunter2 node server.js', 'DB_PASSWORD=••• node server.js'],
  ["API_KEY='a b' PORT=1 node server.js --token=xyz", 'API_KEY=••• PORT=1 node server.js --token=•••'],
  ['node server.js --monkeys=3', 'node server.js --monkeys=3'],
])('hides what is named like a secret: %s', (line, shown) => {
  expect(withoutSecrets(line)).toBe(shown);
});
