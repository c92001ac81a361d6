import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Journey } from './journey.js';
import { type JourneyUser, readUsers, walkingUsers, writeUsers } from './users.js';

function inFolder<Result>(action: (path: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'users-'));
  try {
    return action(join(folder, 'users.csv'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(text: string): Record<string, string>[] {
  return inFolder((path) => {
    writeFileSync(path, text);
    return readUsers(path).map((user) => Object.fromEntries(user));
  });
}

const ann = { 'user.name': 'ann', 'user.password': 'a,b' };

describe('users of a CSV file', () => {
  it('have a value for each column', () => {
    expect(read('name,password\nann,"a,b"\nbob,"say ""hi"""\n')).toEqual([
      ann,
      { 'user.name': 'bob', 'user.password': 'say "hi"' },
    ]);
  });

  it('may come from a spreadsheet: with semicolons or tabs, a byte order mark, empty lines, other line ends', () => {
    expect(read('\uFEFFname;password\r\nann;a,b\r\n\r\n')).toEqual([ann]);
    expect(read('name\tpassword\nann\ta,b')).toEqual([ann]);
  });

  it.each([
    ['', 'has no user'],
    ['name,password\n', 'has no user'],
    ['name,\nann,a', "a column's name in line 1 is empty"],
    ['ann@shop.example,se cret\n', 'not a name'],
    ['name,name\nann,bob', 'two columns of the name name'],
    ['name,password\nann,se,cret', 'line 2 has more or fewer values'],
    ['name,password\nann,se"cret', 'line 2 has a double quote that does not fit'],
    ['name,password\nann,"secret', 'has a double quote that does not fit'],
  ])('are refused in %j: %s, and no value is told', (text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
    expect(() => read(text)).not.toThrow(/cret/);
  });

  it('are missed by the name of the file', () => {
    expect(() => readUsers('/nowhere/users.csv')).toThrow('/nowhere/users.csv cannot be read (ENOENT)');
  });

  it('are written for their owner alone, and read as they were', () => {
    const odd = new Map([
      ['user.name', ' "ann"; '],
      ['user.password', 'a,b\n#c\t'],
    ]);
    inFolder((path) => {
      writeUsers(path, [new Map(Object.entries(ann)), odd]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readUsers(path)).toEqual([new Map(Object.entries(ann)), odd]);
      expect(() => {
        writeUsers(path, []);
      }).toThrow('EEXIST');
    });
  });
});

describe('who walks', () => {
  const journey: Journey = {
    origin: undefined,
    requests: [
      {
        name: '1 GET /',
        method: 'GET',
        path: '/?a={{user.name}}',
        headers: {},
        body: undefined,
        takes: [],
        keeps: undefined,
      },
    ],
  };
  const user = (values: Record<string, string>): JourneyUser => new Map(Object.entries(values));

  it('is the user of the recording where there is no file', () => {
    expect(walkingUsers(journey, user(ann))).toEqual([user(ann)]);
  });

  it('are the users of the file, with what they do not have from the recording', () => {
    const others = [user({ 'user.name': 'bob' }), user({ 'user.name': 'eve' })];
    expect(walkingUsers(journey, user({ ...ann, 'user.key': 'k' }), others)[1]).toEqual(
      user({ 'user.name': 'eve', 'user.password': 'a,b', 'user.key': 'k' }),
    );
  });

  it('is nobody where nobody has what the journey brings', () => {
    expect(() => walkingUsers(journey, user({}))).toThrow('give --users a CSV file with a column name');
    expect(() => walkingUsers(journey, user({}), [user({ 'user.id': '1' })])).toThrow('has no column name');
  });
});
