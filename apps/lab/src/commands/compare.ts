import { Command } from 'commander';
import { renderComparison } from '../report/compare/render-comparison.js';
import { fromUser } from './options.js';
import { readScorecard, UnreadableScorecard } from '../report/read-scorecard.js';

const help = `
A and B are files that \`run --report FOLDER\` wrote (FOLDER/scorecard.json), or
such folders.
Changed verdicts come first, then figures that changed by more than noise, the
largest changes first. One round, or fewer than five, tells nothing of noise.

Example:
  npm run lab -- run --all --report reports/before
  (change something)
  npm run lab -- run --all --report reports/after
  npm run lab -- compare reports/before reports/after

Exits with 0 whatever changed, with 2 if a file cannot be read.`;

/** `lab compare A B`: what changed between two runs, and whether it is more than noise. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('tell what changed from one scorecard to another, and whether it is more than noise')
    .argument('<A>', 'the scorecard to start from: a JSON file, or the folder that it is in')
    .argument('<B>', 'the scorecard to compare with it')
    .option('--all', 'also show the figures that did not change')
    .addHelpText('after', help);
  return command.action((a: string, b: string, { all = false }: { all?: boolean }) => {
    try {
      const [one, other] = [a, b].map((name) => ({ name, scorecard: readScorecard(fromUser(name)) }));
      process.stdout.write(`${renderComparison(one!, other!, all).join('\n')}\n`);
    } catch (error) {
      if (!(error instanceof UnreadableScorecard)) throw error;
      command.showHelpAfterError(false).error(`error: ${error.message}`, { exitCode: 2 });
    }
  });
}
