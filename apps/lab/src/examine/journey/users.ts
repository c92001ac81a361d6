import { readFileSync, writeFileSync } from 'node:fs';
import { type CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../user-error.js';
import type { Journey } from './journey.js';
import { namesOf } from './placeholders.js';

/** What a user brings, by the names that a journey has for it: `user.password`. */
export type JourneyUser = ReadonlyMap<string, string>;

const howToWrite = 'It needs a line of column names and a line for each user, with commas between (docs/journey.md).';

/** Reads the CSV file of users. Its values are told in no error. @throws UserError */
export function readUsers(path: string): readonly JourneyUser[] {
  const text = read(path);
  const [columns = [], ...rows] = parsed(text, path);
  const bad = columns.find((name) => !/^[\w.-]+$/.test(name));
  if (bad !== undefined) {
    throw new UserError(
      `${path}: a column's name in line 1 is ${bad === '' ? 'empty' : 'not a name'}. Names have letters, digits, _ and - ` +
        `alone. ${howToWrite}`,
    );
  }
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw new UserError(`${path} has two columns of the name ${twice}. Rename one of them.`);
  if (rows.length === 0) throw new UserError(`${path} has no user. ${howToWrite}`);
  return rows.map((row) => new Map(columns.map((name, index) => [`user.${name}`, row[index]!])));
}

/** Writes users for `readUsers` into a new file, for their owner's eyes alone. */
export function writeUsers(path: string, users: readonly JourneyUser[]): void {
  const columns = [...new Set(users.flatMap((user) => [...user.keys()]))];
  const rows = [
    columns.map((name) => name.replace(/^user\./, '')),
    ...users.map((user) => columns.map((name) => user.get(name) ?? '')),
  ];
  const text = rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}

/**
 * Who walks a journey: the users of the file, each with what was lifted out of the journey where the file has no column
 * for it; one alone where there is no file. @throws UserError where the journey brings a column that nobody has
 */
export function walkingUsers(
  journey: Journey,
  lifted: JourneyUser,
  users: readonly JourneyUser[] = [],
): readonly JourneyUser[] {
  const walking = users.length === 0 ? [lifted] : users.map((user) => new Map([...lifted, ...user]));
  for (const request of journey.requests) {
    const lacking = namesOf(request).find((name) => name.startsWith('user.') && !walking[0]!.has(name));
    if (lacking === undefined) continue;
    const column = lacking.slice('user.'.length);
    throw new UserError(
      users.length === 0
        ? `${request.name} brings {{${lacking}}}: give --users a CSV file with a column ${column} (docs/journey.md).`
        : `${request.name} brings {{${lacking}}}, and the users' file has no column ${column}. Add it, or rename one.`,
    );
  }
  return walking;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}). ${howToWrite}`, {
      cause: error,
    });
  }
}

function parsed(text: string, path: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter: delimiterOf(text), skip_empty_lines: true, trim: true });
  } catch (error) {
    // Its own message may quote the value.
    const { code, lines } = error as CsvError & { lines?: number };
    const what =
      code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH' || code === 'CSV_RECORD_INCONSISTENT_COLUMNS'
        ? 'has more or fewer values than there are columns; put a value with a comma in double quotes'
        : 'has a double quote that does not fit; within quotes it is written twice';
    throw new UserError(`${path}: line ${lines} ${what}. ${howToWrite}`);
  }
}

/** Some spreadsheets write semicolons or tabs for commas. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n');
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

function quoted(value: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
