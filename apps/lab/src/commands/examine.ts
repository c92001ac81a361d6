import { Command, InvalidArgumentError } from 'commander';
import { examine, type ExaminedService } from '../examine/examine.js';
import { readJourneyFile } from '../examine/journey/journey-file.js';
import { recordJourney } from '../examine/journey/record-journey.js';
import { SecretValues } from '../examine/journey/secret-values.js';
import { readUsers, type JourneyUser } from '../examine/journey/users.js';
import { walkableJourney } from '../examine/journey/walkable-journey.js';
import { paragraphOf } from '../examine/paragraph.js';
import { service } from '../examine/questions/service-question.js';
import { serviceQuestions } from '../examine/questions/service-questions.js';
import type { ServiceQuestion } from '../examine/questions/question.js';
import { neededIn } from '../examine/needed-in.js';
import { modeOf } from '../examine/service-mode.js';
import { isSound, scorecardOf, type Examined, type Scorecard } from '../report/scorecard.js';
import { renderTerminal } from '../report/terminal.js';
import { writeReport } from '../report/write-report.js';
import { agreed } from './agreement.js';
import { commandAgain, withoutSecrets } from './command-again.js';
import { rateOf, type ExamineFlags } from './examine-flags.js';
import { targetIn, withTargetOptions } from './examine-target.js';
import { aborted, interruptedCode, Interrupts } from './interrupts.js';
import { fromUser, rate, wholeNumber } from './options.js';
import { Progress } from './progress.js';

const questionNames = serviceQuestions.map(({ name }) => name).join(', ');

const help = `
A journey is a HAR file, as a browser's developer tools export it, or a YAML
file of requests (docs/journey.md). Passwords, tokens and cookies of a recording
are written into no report and no log.

Examples:
  npm run lab -- examine --url http://127.0.0.1:3000 --journey journey.har
  npm run lab -- examine --command 'node server.js' --replicas 3 \\
    --journey journey.yaml --users users.csv --allow-writes --report reports/mine
  npm run lab -- examine --journey journey.har --record journey.yaml

Before it sends anything it says what it will do, and asks. Exits with 0
whatever the verdicts, with 1 if a question did not come to its end, with 130
after Ctrl-C.`;

/** `lab examine`: is your own service stateless, and what would scaling it lose? */
export function examineCommand(): Command {
  const command = new Command('examine')
    .description('examine a service of your own: where its memory lies, and what scaling it would lose')
    .argument('[questions...]', `which questions, all if none is named: ${questionNames}`, questionName)
    .requiredOption('--journey <file>', 'requests that a client sends: a HAR file of a browser, or YAML')
    .option('--second <file>', 'another HAR file of the same steps: shows which values replies give and requests bring')
    .option('--origin <address>', 'whose requests of a HAR file are taken, where it has several hosts')
    .option(
      '--record <file>',
      'write the journey as YAML, to be edited, and what its users bring beside it; send nothing',
    )
    .option('--users <file>', 'a CSV file with a header row and a line for each user: {{user.COLUMN}} in the journey')
    .option('--allow-writes', 'send also what may change something; else GET and HEAD alone')
    .option('--rate <number>', 'requests a second, at most (default: 20, of a --command 200)', rate(10_000))
    .option('--rounds <number>', 'how often each question is asked, fewer of long ones', wholeNumber(1, 100), 3)
    .option('--seed <number>', 'of choices and resamples', wholeNumber(0, 2 ** 32 - 1), 1)
    .option('--name <words>', 'what the report calls the service; else its command, address or workload')
    .option('--report <folder>', 'also write scorecard.html, .md and .json there')
    .option('--yes', 'do not ask before it begins')
    .addHelpText('after', help);
  withTargetOptions(command);
  return command.action(async (named: readonly ServiceQuestion[] | [], flags: ExamineFlags) => {
    if (flags.record !== undefined) {
      const told = recordJourney(fromUser(flags.journey), fromUser(flags.record), recordingOf(flags));
      process.stdout.write(`${told.join('\n')}\n`);
      return;
    }
    const progress = new Progress(process.stderr);
    const startedAt = new Date();
    const found = await run(named.length === 0 ? serviceQuestions : named, flags, progress);
    const scorecard = scorecardFrom(found, flags, startedAt, commandAgain(command));
    progress.done();
    process.stdout.write(`${renderTerminal(scorecard).join('\n')}\n`);
    if (flags.report !== undefined) {
      process.stdout.write(`Written: ${writeReport(fromUser(flags.report), scorecard).join(', ')}\n`);
    }
    process.exitCode = isSound(scorecard) ? 0 : 1;
  });
}

/** Ctrl-C puts replicas back as they were and ends the process. */
async function run(questions: readonly ServiceQuestion[], flags: ExamineFlags, progress: Progress): Promise<FoundAt> {
  const say = (sentence: string): void => progress.say(sentence);
  const given = flags.users === undefined ? [] : readUsers(fromUser(flags.users));
  const walkable = walkableJourney(readJourneyFile(fromUser(flags.journey), recordingOf(flags)), given);
  const { journey, users, notes = [] } = walkable;
  for (const note of notes) progress.report(note);
  const open = await targetIn(flags);
  const interrupts = new Interrupts(say);
  await agreed(flags, journey);
  const target = await open(journey, say);
  interrupts.stopInOrder();
  let found: ExaminedService | undefined;
  try {
    const { rounds, seed } = flags;
    const asked = {
      ...walkable,
      target,
      questions,
      rounds,
      seed,
      allowWrites: flags.allowWrites === true,
      mayBreak: flags.readOnly !== true,
      ratePerSecond: rateOf(flags),
      stopping: interrupts.signal,
      progress: say,
      mask: maskOf(users),
    };
    // What is taken down under a question fails it; that is no news then.
    found = await Promise.race([examine(asked), aborted(interrupts.signal)]);
  } finally {
    await target.close();
  }
  if (found === undefined) {
    progress.done();
    process.exit(interruptedCode);
  }
  return { ...found, name: target.name };
}

/** What was found, and of whom. */
interface FoundAt extends ExaminedService {
  readonly name: string;
}

function scorecardFrom(
  { name, sections, journey, notes }: FoundAt,
  { seed, rounds, platform, name: called }: ExamineFlags,
  startedAt: Date,
  again: string,
): Scorecard {
  const mode = modeOf(sections);
  const examined: Examined = {
    name: called ?? withoutSecrets(name),
    journey: neededIn(journey, sections),
    paragraph: paragraphOf({ requests: journey.requests.length, mode }, sections),
    mode,
    notes,
    command: again,
  };
  const columns = [...new Set([service, ...sections.flatMap(({ figures }) => Object.keys(figures))])];
  const settings = { platform, modes: columns, customers: 0, seconds: 0, seed, rounds, quick: false };
  return scorecardOf(startedAt, { settings, sections, examined });
}

function recordingOf({ second, origin }: ExamineFlags): { second?: string; origin?: string } {
  return { ...(second !== undefined && { second: fromUser(second) }), ...(origin !== undefined && { origin }) };
}

/** Whatever the users bring is theirs alone: people read which column it was. */
function maskOf(users: readonly JourneyUser[]): (text: string) => string {
  const secrets = new SecretValues(users);
  return (text) => secrets.mask(text);
}

/** Reads one more question's name; each is asked once however often it is named, in the order of all. */
function questionName(text: string, before: readonly ServiceQuestion[] = []): ServiceQuestion[] {
  const found = serviceQuestions.find(({ name }) => name === text);
  if (found === undefined)
    throw new InvalidArgumentError(`There is no question "${text}". There are: ${questionNames}.`);
  return serviceQuestions.filter((question) => question === found || before.includes(question));
}
