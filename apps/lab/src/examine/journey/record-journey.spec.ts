import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postedForm, sampleHar } from '../../../test/sample-har.js';
import { readJourneyFile } from './journey-file.js';
import { recordJourney } from './record-journey.js';
import { readUsers, walkingUsers } from './users.js';

/** What a browser records of a customer who buys something. */
function visit(user: string, item: string): string {
  return sampleHar([
    { request: 'GET /login', body: `<input type=hidden name=_csrf value="k3Jx-${user}z">` },
    {
      request: 'POST /login',
      post: postedForm({ _csrf: `k3Jx-${user}z`, user, password: 'open sesame' }),
      status: 302,
      gives: [['Set-Cookie', `sid=s-cr-t-${user}`]],
    },
    { request: 'POST /cart', post: postedForm({ item }) },
  ]);
}

describe('a recorded journey', () => {
  let folder: string;
  let har: string;
  let into: string;
  const users = () => join(folder, 'shop', 'users.csv');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journey-'));
    har = join(folder, 'a.har');
    into = join(folder, 'shop', 'journey.yaml');
    writeFileSync(har, visit('ann', 'tea'));
    writeFileSync(join(folder, 'b.har'), visit('bob', 'coffee'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is written as YAML, with what is secret beside it for its owner alone', () => {
    expect(recordJourney(har, into).join('\n')).toMatch(
      /3 requests[^]*None reads as a sign-out[^]*users\.csv has what its users bring \(user, password\).*Add a line for each other user/,
    );
    expect(readFileSync(into, 'utf8')).not.toMatch(/k3Jx|sesame|s-cr-t/);
    expect(statSync(users()).mode & 0o777).toBe(0o600);
    const { journey, user } = readJourneyFile(into);
    expect(journey).toEqual(readJourneyFile(har).journey);
    expect(walkingUsers(journey, user, readUsers(users()))[0]!.get('user.password')).toBe('open sesame');
  });

  it('has a line of users for each of two recordings', () => {
    const told = recordJourney(har, into, { second: join(folder, 'b.har') });
    expect(readFileSync(into, 'utf8')).toContain("item: '{{user.item}}'");
    expect(readFileSync(users(), 'utf8')).toBe('user,password,item\nann,open sesame,tea\nbob,open sesame,coffee\n');
    expect(told.at(-1)).toContain('Its second line is what the second recording has. The same in both: password.');
  });

  it('overwrites nothing: where a file of users is there, it has one of its own name', () => {
    recordJourney(har, into);
    const before = readFileSync(users(), 'utf8');
    expect(() => recordJourney(har, into)).toThrow(`${into} is there already`);
    rmSync(into);
    const own = join(folder, 'shop', 'journey.users.csv');
    const told = recordJourney(har, into).at(-1);
    expect(told).toContain(`${users()} is there already, and stays as it is. ${own} has what its users bring`);
    expect([readFileSync(users(), 'utf8'), readFileSync(own, 'utf8')]).toEqual([before, before]);
    rmSync(into);
    expect(() => recordJourney(har, into)).toThrow(`${own} is there already`);
  });
});
