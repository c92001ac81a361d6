import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postedForm, sampleHar, type SampleEntry } from '../../../test/sample-har.js';
import { readJourneyFile } from './journey-file.js';

const entries: SampleEntry[] = [
  { request: 'GET /login', body: '<input type=hidden name=_csrf value="k3Jx-91zz">' },
  {
    request: 'POST /login',
    post: postedForm({ _csrf: 'k3Jx-91zz', user: 'ann', password: 'open sesame' }),
    status: 302,
  },
  { request: 'GET /reset/eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', gives: [['Set-Cookie', 'sid=s-cr-t']] },
];

describe('a journey file', () => {
  let folder: string;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journey-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is a HAR or YAML by what is in it', () => {
    const har = file('recorded.json', `\uFEFF${sampleHar(entries)}`);
    const yaml = file('written.txt', 'requests: [{ post: /login, form: { password: secret } }]');
    expect(readJourneyFile(har).journey.requests).toHaveLength(3);
    expect(readJourneyFile(yaml).journey.requests[0]!.body).toBe('password={{user.password}}');
  });

  it('becomes a journey without secrets, and with notes that show none', () => {
    const { journey, user, notes } = readJourneyFile(file('a.har', sampleHar(entries)));
    expect(JSON.stringify([journey, notes])).not.toMatch(/k3Jx|sesame|eyJ|s-cr-t/);
    expect([...user.keys()]).toEqual(['user.user', 'user.password', 'user.secret']);
    expect(notes).toEqual(['csrf: from the form of 1 GET /login, brought by 2 POST /login']);
  });

  it('is compared with a second recording', () => {
    const other = file('b.har', sampleHar(entries).replaceAll('k3Jx-91zz', 'k2'));
    const { journey } = readJourneyFile(file('a.har', sampleHar(entries)), { second: other });
    expect(journey.requests[1]!.body).toContain('_csrf={{csrf}}');
  });

  it('learns from a walk what a single recording does not show', () => {
    const orders = (id: number) =>
      sampleHar([{ request: 'POST /orders', body: `{"id":${id}}` }, { request: `GET /orders/${id}` }]);
    const reply = { status: 200, headers: {}, body: '{"id":2}' };
    const once = readJourneyFile(file('a.har', orders(1)));
    expect(once.journey.requests[1]!.path).toBe('/orders/1');
    const learned = once.afterWalk!([reply, undefined]);
    expect(learned.journey.requests[1]!.path).toBe('/orders/{{id}}');
    expect(learned.afterWalk!([reply, reply]).journey).toEqual(learned.journey);
    const twice = readJourneyFile(file('a.har', orders(1)), { second: file('b.har', orders(2)) });
    const yaml = readJourneyFile(file('a.yaml', 'requests: [{ get: /orders/1 }]'));
    expect([twice.afterWalk, yaml.afterWalk]).toEqual([undefined, undefined]);
  });

  it('has what was typed otherwise the second time as the users’, and says so in a sentence for all of one name', () => {
    const visit = (username: string, item: string, time: number): string =>
      sampleHar([
        { request: 'POST /login', post: postedForm({ username, password: 'open sesame' }) },
        { request: `POST /cart?_=${time}`, post: postedForm({ item }) },
        { request: `GET /cart?_=${time + 1}` },
      ]);
    const second = file('b.har', visit('bob', 'coffee', 1795965029123));
    const {
      journey,
      user,
      second: other,
      notes,
    } = readJourneyFile(file('a.har', visit('ann', 'tea', 1795965028123)), {
      second,
    });
    expect(journey.requests.map(({ body }) => body)).toEqual([
      'username={{user.username}}&password={{user.password}}',
      'item={{user.item}}',
      undefined,
    ]);
    expect([...user.values(), ...other!.values()]).toEqual([
      'ann',
      'open sesame',
      'tea',
      'bob',
      'open sesame',
      'coffee',
    ]);
    expect(notes.filter((note) => note.includes('differs'))).toEqual([
      '`username` differs between the recordings, and no reply gave it: it is {{user.username}} now (1 POST /login).',
      '`_` differs between the recordings, and no reply gave it: what the first one has stays (2 POST /cart, 3 GET /cart).',
      '`item` differs between the recordings, and no reply gave it: it is {{user.item}} now (2 POST /cart).',
    ]);
  });

  it('says of a long journey that fewer requests are better, and how to cut it', () => {
    const notesOf = (count: number) => {
      const entriesOf = Array.from({ length: count }, (_, index): SampleEntry => ({ request: `GET /${index}` }));
      const yaml = `requests: [${entriesOf.map(({ request }) => `{ get: ${request.slice(4)} }`).join(', ')}]`;
      return [file('long.har', sampleHar(entriesOf)), file('long.yaml', yaml)].map((path) =>
        readJourneyFile(path).notes.filter((note) =>
          /Fewer are better.*To cut it, delete requests from its YAML/.test(note),
        ),
      );
    };
    expect(notesOf(20)).toEqual([[], []]);
    const said = [expect.stringContaining('The journey has 21 requests.')];
    expect(notesOf(21)).toEqual([said, said]);
  });

  it('is refused by its name where it cannot be read', () => {
    const none = join(folder, 'none.har');
    expect(() => readJourneyFile(none)).toThrow(`There is no file ${none}.`);
    expect(() => readJourneyFile(folder)).toThrow(`There is no file ${folder}.`);
    expect(() => readJourneyFile(file('a.har', 'x'))).toThrow(/a\.har: It is not JSON/);
    expect(() => readJourneyFile(file('a.yaml', 'requests: 1'))).toThrow(/a\.yaml: This is no journey: requests: /);
    expect(() => readJourneyFile(file('a.yaml', 'requests: [{ get: / }]'), { second: 'b.har' })).toThrow(
      'is no recording',
    );
    const large = file('large.har', '');
    truncateSync(large, 61 * 2 ** 20);
    expect(() => readJourneyFile(large)).toThrow('large.har has 61 MB, and no more than 50 are read.');
  });
});
