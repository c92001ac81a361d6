import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../../user-error.js';
import { correlate, type CorrelatedJourney, correlateWalk } from './correlate.js';
import { differingInWords } from './differing-values.js';
import { type LiftedJourney, liftSecrets } from './lift-secrets.js';
import { readHar } from './read-har.js';
import { readYaml } from './read-yaml.js';
import type { RecordedReply, Recording } from './recording.js';
import { SecretValues } from './secret-values.js';

const mostBytes = 50 * 2 ** 20;
const fewRequests = 20;

export interface JourneyFileOptions {
  /** Another recording of the same steps, which shows what differs from one time to the next. */
  readonly second?: string;
  /** Whose requests of the recording are taken, where it has several hosts. */
  readonly origin?: string;
}

/** A journey without secrets, those apart, and what a reader should know of how it was made, in a sentence each. */
export interface ReadJourney extends LiftedJourney {
  readonly notes: readonly string[];
  /**
   * The journey as it is known once it has been walked, as another user than the recorded one where there is one: what the
   * replies give anew is carried, however short it is. Undefined stands for a reply that did not come, and here for a
   * journey of which a walk shows nothing new: only a single recording leaves that open.
   */
  readonly afterWalk: ((replies: readonly (RecordedReply | undefined)[]) => ReadJourney) | undefined;
}

/** Reads a journey from a HAR or a YAML file, by its content. @throws UserError, which names the file */
export function readJourneyFile(path: string, { second, origin }: JourneyFileOptions = {}): ReadJourney {
  const text = read(path);
  if (isHar(text, path)) {
    const first = inFile(path, () => readHar(text, origin));
    const other = second === undefined ? undefined : inFile(second, () => readHar(read(second), origin));
    if (other === undefined) return recordedOnce(first, correlate(first));
    return { ...withoutSecrets(first, correlate(first, other)), afterWalk: undefined };
  }
  if (second !== undefined) {
    throw new UserError(`${path} is no recording, so that ${second} cannot be compared with it.`);
  }
  const lifted = liftSecrets(inFile(path, () => readYaml(text)));
  return { ...lifted, notes: aboutLength(lifted), afterWalk: undefined };
}

function recordedOnce(recording: Recording, found: CorrelatedJourney): ReadJourney {
  return {
    ...withoutSecrets(recording, found),
    afterWalk: (replies) => recordedOnce(recording, correlateWalk(recording, replies)),
  };
}

function withoutSecrets(
  { notes }: Recording,
  { journey, found, seconds }: CorrelatedJourney,
): Omit<ReadJourney, 'afterWalk'> {
  const lifted = liftSecrets(journey, seconds);
  const { user, second = user, differing } = lifted;
  const secrets = new SecretValues([user, second]);
  const told = [...notes, ...found, ...differingInWords(lifted.journey.requests, differing), ...aboutLength(lifted)];
  return { ...lifted, notes: told.map((note) => secrets.mask(note)) };
}

function aboutLength({ journey: { requests } }: LiftedJourney): string[] {
  if (requests.length <= fewRequests) return [];
  return [
    `The journey has ${requests.length} requests. Fewer are better, ${fewRequests} at most: each is sent again and again, and the ` +
      'report names them one by one. To cut it, delete requests from its YAML, which --record writes: what a page asks for ' +
      'by itself, again and again, or for its looks. Keep what signs in, what changes something and shows it, and what ' +
      'gives a value that a later one brings.',
  ];
}

function isHar(text: string, path: string): boolean {
  return /\.har$/i.test(path) || /^\s*\{\s*"log"\s*:/.test(text);
}

function read(path: string): string {
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file?.isFile()) {
    throw new UserError(`There is no file ${path}. docs/journey.md says how to record or write one.`);
  }
  const { size } = file;
  if (size > mostBytes) {
    throw new UserError(
      `${path} has ${Math.ceil(size / 2 ** 20)} MB, and no more than ${mostBytes / 2 ** 20} are read. Record only what you ` +
        'want examined, or export what the network panel shows when its filter is at documents and fetches.',
    );
  }
  return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
}

function inFile<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${path}: ${error.message}`, { cause: error }) : error;
  }
}
