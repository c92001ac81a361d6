import { createInterface } from 'node:readline/promises';
import type { Journey } from '../examine/journey/journey.js';
import { isSafe } from '../examine/journey/is-safe.js';
import { UserError } from '../user-error.js';
import { withoutSecrets } from './command-again.js';
import { rateOf, type ExamineFlags } from './examine-flags.js';
import { interruptedCode } from './interrupts.js';

/** Says what an examination will do, and to whom, and waits for a yes. @throws UserError where nobody gives it */
export async function agreed(flags: ExamineFlags, journey: Journey): Promise<void> {
  if (flags.yes === true) return;
  const said = announced(flags, journey);
  if (!process.stdin.isTTY) {
    throw new UserError(`${said} It asks before it begins, and there is no terminal here to answer in: say --yes.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on('SIGINT', () => process.exit(interruptedCode));
  const answer = await terminal.question(`${said}\nGo on? (y/N) `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError('Nothing was sent.');
}

function announced(flags: ExamineFlags, { requests }: Journey): string {
  const writes = requests.filter(({ method }) => !isSafe(method)).length;
  const sent =
    writes === 0
      ? `the ${requests.length} requests of the journey`
      : flags.allowWrites === true
        ? `the ${requests.length} requests of the journey, ${writes} of which may change something,`
        : `the ${requests.length - writes} requests of the journey that change nothing`;
  const { command, workload, url, replicas } = flags;
  const where =
    command === undefined ? (workload ?? url ?? replicas ?? '') : `processes of \`${withoutSecrets(command)}\``;
  const breaks =
    flags.readOnly === true || (command ?? workload ?? replicas) === undefined
      ? 'Nothing is killed, stopped or scaled'
      : 'Replicas that can be are killed, stopped and scaled, and put back as they were';
  return `This sends ${sent} to ${where}, again and again, at most ${rateOf(flags)} a second, for some minutes. ${breaks}.`;
}
