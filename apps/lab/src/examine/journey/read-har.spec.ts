import { describe, expect, it } from '@jest/globals';
import { postedForm, postedJson, sampleHar, type SampleEntry } from '../../../test/sample-har.js';
import { readHar } from './read-har.js';

const page: SampleEntry = { request: 'GET /', body: '<h1>Shop</h1>', gives: [['Set-Cookie', 'sid=s1; Path=/']] };

function names(...entries: SampleEntry[]): string[] {
  return readHar(sampleHar(entries)).exchanges.map(({ request }) => request.name);
}

function notes(...entries: SampleEntry[]): readonly string[] {
  return readHar(sampleHar(entries)).notes;
}

function refusal(text: string, origin?: string): string {
  try {
    readHar(text, origin);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was read.');
}

describe('a HAR', () => {
  it('gives requests in the order in which they began, redirects among them', () => {
    const entries = JSON.parse(
      sampleHar([
        { request: 'POST /login', post: postedForm({ user: 'ann' }), status: 302, gives: [['Location', '/home']] },
        { request: 'GET /home?from=login#top', body: '<h1>Hello</h1>' },
      ]),
    );
    entries.log.entries.reverse();
    const { origin, exchanges } = readHar(JSON.stringify(entries));
    expect(origin).toBe('http://shop.example');
    expect(exchanges.map(({ request, reply }) => [request.name, request.path, reply.status])).toEqual([
      ['1 POST /login', '/login', 302],
      ['2 GET /home', '/home?from=login', 200],
    ]);
    expect(exchanges[0]!.request.body).toBe('user=ann');
    expect(exchanges[0]!.reply.headers).toEqual({ location: ['/home'] });
  });

  it('leaves out what a browser sends by itself', () => {
    const own = {
      ':authority': 'shop.example',
      Cookie: 'sid=1',
      'Sec-Fetch-Mode': 'cors',
      'If-None-Match': '"1"',
      DNT: '1',
    };
    const kept = {
      Accept: 'text/html,application/xhtml+xml;q=0.9',
      'X-Requested-With': 'fetch',
      Authorization: 'Bearer t',
    };
    const [get, post] = readHar(
      sampleHar([
        { request: 'GET /', headers: { ...own, ...kept, Referer: 'http://shop.example/x' } },
        {
          request: 'POST /a',
          headers: { ...own, Accept: '*/*', Origin: 'http://shop.example', Referer: 'http://shop.example/a?b=c' },
          post: postedJson({}),
        },
      ]),
    ).exchanges;
    expect(get!.request.headers).toEqual({
      accept: 'text/html',
      'x-requested-with': 'fetch',
      authorization: 'Bearer t',
    });
    expect(post!.request.headers).toEqual({
      origin: 'http://shop.example',
      referer: 'http://shop.example/',
      'content-type': 'application/json',
    });
  });

  it('leaves static assets out, told by what a browser calls them, by their type or by their name, and says how many', () => {
    const assets: SampleEntry[] = [
      { request: 'GET /logo', type: 'image', mime: 'text/plain' },
      { request: 'GET /font', mime: 'font/woff2' },
      { request: 'GET /app', mime: 'application/javascript; charset=utf-8' },
      { request: 'GET /favicon.ico', status: 404, mime: 'text/html' },
    ];
    expect(names(page, ...assets, { request: 'GET /style.css/edit' })).toEqual(['1 GET /', '2 GET /style.css/edit']);
    expect(notes(page, ...assets)).toEqual([
      '4 requests for images, fonts, scripts, style sheets and media are left out.',
    ]);
  });

  it('leaves out what cannot be walked, and says so', () => {
    const odd: SampleEntry[] = [
      { request: 'GET ws://shop.example/live', status: 101 },
      { request: 'GET /socket.io/?transport=websocket', type: 'websocket', status: 101 },
      { request: 'GET /events', mime: 'text/event-stream' },
      { request: 'OPTIONS /api', status: 204 },
      { request: 'GET /gone', status: 0 },
      { request: 'GET data:image/png;base64,AA' },
    ];
    expect(names(page, ...odd)).toEqual(['1 GET /']);
    expect(notes(page, ...odd)).toEqual([
      '2 WebSocket connections are not followed: what they carry is not examined.',
      '1 request for a stream of events is left out: their replies do not end.',
      "1 request with OPTIONS, of the browser's own, is left out.",
      '1 request that got no reply in the recording is left out.',
    ]);
  });

  it("takes the first document's origin, and says which it left out", () => {
    const api: SampleEntry = { request: 'GET /a', origin: 'https://api.example', body: '{}' };
    const recording = readHar(sampleHar([api, api, api, page, { request: 'GET /cart' }]));
    expect(recording.origin).toBe('http://shop.example');
    expect(recording.notes[0]).toBe(
      "Requests to http://shop.example are taken; those to https://api.example (3) are left out. --origin takes another's.",
    );
    expect(readHar(sampleHar([api, page]), 'https://api.example/').origin).toBe('https://api.example');
  });

  it('takes the origin asked most where a page came from a server of its own, or where there is no page', () => {
    const api: SampleEntry = { request: 'GET /a', origin: 'http://localhost:3000', body: '{}' };
    expect(readHar(sampleHar([page, api, api])).origin).toBe('http://localhost:3000');
    expect(readHar(sampleHar([{ request: 'GET /b', body: '{}' }, api, api])).origin).toBe('http://localhost:3000');
  });

  it('has bodies that a browser gives as parameters, and replies that it gives in base64', () => {
    const text = sampleHar([
      {
        request: 'POST /search',
        headers: { 'Content-Length': '9' },
        post: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'q', value: 'a b' }, { name: 'all' }] },
      },
    ]).replace('"text":""', `"text":"${Buffer.from('Grüße').toString('base64')}","encoding":"base64"`);
    const [{ request, reply }] = readHar(text).exchanges as never as [
      { request: { body: string }; reply: { body: string } },
    ];
    expect(request.body).toBe('q=a+b&all=');
    expect(reply.body).toBe('Grüße');
  });

  it('has each cookie of a header in which a browser put several', () => {
    const { exchanges } = readHar(sampleHar([{ ...page, gives: [['set-cookie', 'a=1; Path=/\nb=2']] }]));
    expect(exchanges[0]!.reply.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2']);
  });

  it('has no session id of a Java server in its paths', () => {
    expect(names({ request: 'GET /login;jsessionid=AB12.node1?a=1' })).toEqual(['1 GET /login']);
  });

  it('says when it began signed in, naming the cookie and not its value', () => {
    const [note] = notes({ request: 'GET /', headers: { Cookie: 'sid=secret1; theme=dark' } }, page);
    expect(note).toContain('cookies that no reply in it gave (sid, theme)');
    expect(note).toContain('in a private window');
    expect(note).not.toContain('secret1');
  });

  it('says when the browser left out cookies, bodies of replies, or files', () => {
    const bare: SampleEntry = { request: 'GET /' };
    expect(notes(bare)[0]).toContain('export again with sensitive data');
    const withoutContent = sampleHar([{ ...page, body: 'x'.repeat(9) }]).replace('"text":"xxxxxxxxx"', '"x":1');
    expect(readHar(withoutContent).notes).toEqual([expect.stringContaining('Export it with content.')]);
    const text =
      '--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\r\n--b--\r\n';
    expect(notes(page, { request: 'POST /up', post: { mimeType: 'multipart/form-data; boundary=b', text } })).toEqual([
      expect.stringContaining('left uploaded files out'),
    ]);
  });

  it('is refused with a sentence that says what to do', () => {
    expect(refusal('{"log":{"entr')).toMatch(/was it cut off\? docs\/journey\.md/);
    expect(refusal('{"requests":[]}')).toContain('no HAR: there is no log.entries');
    expect(refusal('null')).toContain('no HAR');
    expect(refusal(sampleHar([]))).toContain('Open the network panel first');
    expect(refusal('{"log":{"entries":[{"request":{"method":"GET"}}]}}')).toContain('log.entries.[0].request.url');
    expect(refusal(sampleHar([{ request: 'GET /a.png', mime: 'image/png' }]))).toContain('there is only: asset');
    expect(refusal(sampleHar([page]), 'http://other.example')).toBe(
      'No request of the recording went to http://other.example. There are those to http://shop.example.',
    );
    const left: SampleEntry = { request: 'POST /pay', headers: { 'content-length': '12' } };
    expect(refusal(sampleHar([page, left]))).toMatch(
      /^2 POST \/pay sent 12 bytes, and the recording does not have them/,
    );
  });
});
