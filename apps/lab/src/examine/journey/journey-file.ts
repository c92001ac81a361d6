import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../user-error.js';
import { correlate, type CorrelatedJourney, correlateWalk } from './correlate.js';
import { type LiftedJourney, liftSecrets } from './lift-secrets.js';
import { readHar } from './read-har.js';
import { readYaml } from './read-yaml.js';
import type { RecordedReply, Recording } from './recording.js';
import { SecretValues } from './secret-values.js';
import { writeUsers } from './users.js';
import { writeYaml } from './write-yaml.js';

const mostBytes = 50 * 2 ** 20;

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
  return { ...liftSecrets(inFile(path, () => readYaml(text))), notes: [], afterWalk: undefined };
}

function recordedOnce(recording: Recording, found: CorrelatedJourney): ReadJourney {
  return {
    ...withoutSecrets(recording, found),
    afterWalk: (replies) => recordedOnce(recording, correlateWalk(recording, replies)),
  };
}

function withoutSecrets({ notes }: Recording, { journey, found }: CorrelatedJourney): Omit<ReadJourney, 'afterWalk'> {
  const lifted = liftSecrets(journey);
  const secrets = new SecretValues(lifted.user.values());
  return { ...lifted, notes: [...notes, ...found].map((note) => secrets.mask(note)) };
}

/**
 * Writes the journey of recordings as YAML, its secrets into `users.csv` beside it, and tells what it did. Nothing is
 * overwritten. @throws UserError
 */
export function recordJourney(path: string, into: string, options: JourneyFileOptions = {}): readonly string[] {
  const { journey, user, notes } = readJourneyFile(path, options);
  const users = join(dirname(into), 'users.csv');
  const taken = [into, ...(user.size > 0 ? [users] : [])].find((file) => existsSync(file));
  if (taken !== undefined) {
    throw new UserError(
      `${taken} is there already, and nothing is overwritten. Move it, or record into another folder.`,
    );
  }
  mkdirSync(dirname(into), { recursive: true });
  writeFileSync(into, writeYaml(journey), { flag: 'wx' });
  const written = `${into} has the ${journey.requests.length} requests of the journey.`;
  if (user.size === 0) return [...notes, written];
  writeUsers(users, [user]);
  const columns = [...user.keys()].map((name) => name.replace('user.', '')).join(', ');
  return [
    ...notes,
    written,
    `${users} has what only its owner may know (${columns}), and only you can read it: keep it out of your repository. ` +
      'Add a line for each other user.',
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
