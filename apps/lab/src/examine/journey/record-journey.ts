import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { UserError } from '../../user-error.js';
import { signOutIn } from './journey-parts.js';
import { type JourneyFileOptions, readJourneyFile, type ReadJourney } from './journey-file.js';
import { writeUsers } from './users.js';
import { writeYaml } from './write-yaml.js';

/**
 * Writes the journey of recordings as YAML, what its users bring beside it, into `users.csv` or, where that is taken,
 * `NAME.users.csv`, and tells what it did. Nothing is overwritten. @throws UserError
 */
export function recordJourney(path: string, into: string, options: JourneyFileOptions = {}): readonly string[] {
  const read = readJourneyFile(path, options);
  const { journey, user, notes } = read;
  const usual = join(dirname(into), 'users.csv');
  const users = existsSync(usual) ? join(dirname(into), `${parse(into).name}.users.csv`) : usual;
  const taken = [into, ...(user.size > 0 ? [users] : [])].find((file) => existsSync(file));
  if (taken !== undefined) {
    throw new UserError(
      `${taken} is there already, and nothing is overwritten. Move it, or record into another folder.`,
    );
  }
  mkdirSync(dirname(into), { recursive: true });
  writeFileSync(into, writeYaml(journey), { flag: 'wx' });
  const written =
    `${into} has the ${journey.requests.length} requests of the journey.` +
    (signOutIn(journey) === undefined
      ? ' None reads as a sign-out: record one at the end, or say signsOut: true of it, to have that examined, too.'
      : '');
  if (user.size === 0) return [...notes, written];
  writeUsers(users, read.second === undefined ? [user] : [user, read.second]);
  const instead = users === usual ? '' : `${usual} is there already, and stays as it is. `;
  return [
    ...notes,
    written,
    `${instead}${users} has what its users bring (${listed(user.keys())}), and only you can read it: keep it out of your ` +
      `repository. ${aboutLines(read)}`,
  ];
}

function aboutLines({ user, second }: ReadJourney): string {
  if (second === undefined) return 'Add a line for each other user.';
  const same = [...user].flatMap(([name, value]) => (second.get(name) === value ? [name] : []));
  const inBoth =
    same.length === 0
      ? ''
      : ` The same in both: ${listed(same)}. If that is one user, put another's into the second line.`;
  return `Its second line is what the second recording has.${inBoth}`;
}

function listed(names: Iterable<string>): string {
  return [...names].map((name) => name.replace('user.', '')).join(', ');
}
