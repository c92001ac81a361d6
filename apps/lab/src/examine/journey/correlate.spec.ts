import { describe, expect, it } from '@jest/globals';
import { postedForm, postedJson, sampleHar, type SampleEntry } from '../../../test/sample-har.js';
import { correlate, type CorrelatedJourney, correlateWalk } from './correlate.js';
import { readHar } from './read-har.js';

function correlated(first: readonly SampleEntry[], second?: readonly SampleEntry[]): CorrelatedJourney {
  return correlate(readHar(sampleHar(first)), second && readHar(sampleHar(second)));
}

/** What each request brings and takes, without what is empty. */
function summary({ journey }: CorrelatedJourney): unknown[] {
  return journey.requests.map(({ path, body, takes }) => [path, body, ...takes].filter((part) => part !== undefined));
}

function shop(csrf: string, order: number, session: string): SampleEntry[] {
  return [
    { request: 'GET /login', body: `<form><input type=hidden name=_csrf value="${csrf}"></form>` },
    { request: 'POST /login', post: postedForm({ _csrf: csrf, username: 'ann', password: 'correct' }), status: 302 },
    { request: 'POST /orders', post: postedJson({ sku: 'tea-100', quantity: 1 }), body: `{"order":{"id":${order}}}` },
    { request: `GET /orders/${order}`, body: `<p>order ${order} of ${session}</p>` },
  ];
}

describe('one recording', () => {
  it('has a token of a form carried to where it is brought, and says so without its value', () => {
    const result = correlated(shop('k3Jx-91', 1, 's1'));
    expect(summary(result).slice(0, 2)).toEqual([
      ['/login', { name: 'csrf', from: { kind: 'field', field: '_csrf' } }],
      ['/login', '_csrf={{csrf}}&username=ann&password=correct'],
    ]);
    expect(result.found).toEqual(['csrf: from the form of 1 GET /login, brought by 2 POST /login']);
  });

  it('takes no word for a value, nor what the client brought first', () => {
    const result = correlated([
      { request: 'GET /options', body: '{"shipping":["standard","expressDelivery"],"status":"IN_TRANSIT"}' },
      {
        request: 'POST /greet',
        post: postedJson({ name: 'agent007', shipping: 'standard' }),
        body: '{"name":"agent007"}',
      },
      { request: 'PUT /name', post: postedJson({ name: 'agent007', to: 'expressDelivery', status: 'IN_TRANSIT' }) },
    ]);
    expect(result.found).toEqual([]);
    expect(result.journey.requests.flatMap(({ takes }) => takes)).toEqual([]);
  });

  it('carries a bearer token out of JSON into a header, and keeps its scheme', () => {
    const { journey, found } = correlated([
      { request: 'POST /token', post: postedForm({ user: 'ann' }), body: '{"access_token":"eyJh.eyJz.c2ln"}' },
      { request: 'GET /me', headers: { Authorization: 'Bearer eyJh.eyJz.c2ln' }, body: '{}' },
    ]);
    expect(journey.requests[1]!.headers).toEqual({ authorization: 'Bearer {{access_token}}' });
    expect(found).toEqual(['access_token: from the JSON of 1 POST /token, brought by 2 GET /me']);
  });

  it('carries a cookie that is brought as a header, too', () => {
    const { journey } = correlated([
      { request: 'GET /', gives: [['Set-Cookie', 'XSRF-TOKEN=ab12%3D%3D; Path=/']] },
      { request: 'POST /a', headers: { 'X-XSRF-TOKEN': 'ab12==' }, post: postedJson({}) },
    ]);
    expect(journey.requests[0]!.takes).toEqual([
      { name: 'XSRF-TOKEN', from: { kind: 'cookie', cookie: 'XSRF-TOKEN' } },
    ]);
    expect(journey.requests[1]!.headers['x-xsrf-token']).toBe('{{XSRF-TOKEN}}');
  });

  it("carries parts of a redirect's path and query", () => {
    const gives = [['Location', 'http://shop.example/orders/ord_8812?state=a%2Fb77xyz']] as const;
    const result = correlated([
      { request: 'POST /orders', status: 303, gives },
      { request: 'GET /orders/ord_8812?state=a%2Fb77xyz' },
    ]);
    expect(result.journey.requests[1]!.path).toBe('/orders/{{order}}?state={{state}}');
    expect(result.journey.requests[1]!.name).toBe('2 GET /orders/{{order}}');
    expect(result.found).toEqual([
      'order: from the redirect of 1 POST /orders, brought by 2 GET /orders/{{order}}',
      'state: from the redirect of 1 POST /orders, brought by 2 GET /orders/{{order}}',
    ]);
  });

  it('finds an id in the text of a page, where no field has it', () => {
    const { journey } = correlated([
      { request: 'GET /items', body: '<a href="/items/7f3a91bc">Tea</a>\n<script>key = "zz-9981-aa";</script>' },
      { request: 'POST /items/7f3a91bc', headers: { 'X-Key': 'zz-9981-aa' } },
    ]);
    expect(journey.requests[0]!.takes.map(({ from }) => from)).toEqual([
      { kind: 'body', pattern: 'a href="\\/items\\/([^"]+)' },
      { kind: 'body', pattern: 'key = "([^"]+)' },
    ]);
  });

  it('leaves an id as it is of which the text of a page has others before it', () => {
    const { journey } = correlated([
      { request: 'GET /items', body: '<a href="/items/0a1b2c3d">Tea</a>\n<a href="/items/7f3a91bc">Milk</a>' },
      { request: 'GET /items/7f3a91bc' },
    ]);
    expect(journey.requests[1]!.path).toBe('/items/7f3a91bc');
  });

  it('takes a value from the first reply that gave it and from the last before it is brought', () => {
    const form: SampleEntry = { request: 'GET /form', body: '<input type=hidden name=t value="tok-4711">' };
    const post: SampleEntry = { request: 'POST /form', post: postedForm({ t: 'tok-4711' }) };
    const { journey } = correlated([form, form, form, post, form]);
    expect(journey.requests.map(({ takes }) => takes.length)).toEqual([1, 0, 1, 0, 0]);
  });

  it('has an idempotency key made up for each request', () => {
    const { journey } = correlated([
      {
        request: 'POST /pay',
        headers: { 'Idempotency-Key': '0b0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f11' },
        post: postedJson({}),
      },
    ]);
    expect(journey.requests[0]!.headers['idempotency-key']).toBe('{{uuid}}');
  });

  it('gives values of one name different names', () => {
    const { journey } = correlated([
      { request: 'GET /a', body: '{"a":{"token":"aaa-111"},"b":[{"a":{"token":"bbb-222"}}],"uuid":"ccc-333"}' },
      { request: 'GET /b?x=aaa-111&y=bbb-222&z=ccc-333' },
    ]);
    expect(journey.requests[1]!.path).toBe('/b?x={{a_token}}&y={{a_token2}}&z={{value}}');
  });
});

describe('two recordings', () => {
  it('have carried what differs between them, however short it is, and nothing that does not', () => {
    const result = correlated(shop('k3Jx-91', 1, 's1'), shop('p8Qz-17', 2, 's2'));
    expect(summary(result)).toEqual([
      ['/login', { name: 'csrf', from: { kind: 'field', field: '_csrf' } }],
      ['/login', '_csrf={{csrf}}&username=ann&password=correct'],
      ['/orders', '{"sku":"tea-100","quantity":1}', { name: 'order_id', from: { kind: 'json', pointer: '/order/id' } }],
      ['/orders/{{order_id}}'],
    ]);
  });

  it('show that a value is no state by its being the same', () => {
    const products: SampleEntry[] = [
      { request: 'GET /products', body: '[{"sku":"tea-10045"}]' },
      { request: 'GET /products/tea-10045' },
    ];
    expect(correlated(products).journey.requests[1]!.path).toBe('/products/{{sku}}');
    expect(correlated(products, products).journey.requests[1]!.path).toBe('/products/tea-10045');
  });

  it('may have requests that the other has not', () => {
    const poll: SampleEntry = { request: 'GET /poll', body: '{}' };
    const [one, ...others] = shop('p8Qz-17', 2, 's2');
    const { journey } = correlated(shop('k3Jx-91', 1, 's1'), [one!, poll, poll, ...others]);
    expect(journey.requests.map(({ name }) => name)).toEqual([
      '1 GET /login',
      '2 POST /login',
      '3 POST /orders',
      '4 GET /orders/{{order_id}}',
    ]);
  });

  it('tell what the client makes up for each request, and leave what nobody gave', () => {
    const paid = (key: string, at: string, note: string): SampleEntry[] => [
      { request: 'POST /pay', post: postedJson({ key, at, note }), body: '{}' },
    ];
    const { journey, found, seconds } = correlated(
      paid('0b0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f11', '2026-11-29T12:00:00Z', 'for Ann'),
      paid('5a0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f22', '2026-11-29T12:05:00Z', 'for Bob'),
    );
    expect(journey.requests[0]!.body).toBe('{"key":"{{uuid}}","at":"{{now}}","note":"for Ann"}');
    expect([found, seconds?.[0]?.get('json /note')]).toEqual([[], 'for Bob']);
  });

  it('take nothing for made up that a person types to sign in, whatever it looks like', () => {
    const signedIn = (username: string, password: string): SampleEntry[] => [
      { request: 'POST /login', post: postedForm({ username, password }) },
    ];
    const { journey } = correlated(
      signedIn('customer000001', 'summer2026rain'),
      signedIn('customer000002', 'winter2026snow'),
    );
    expect(journey.requests[0]!.body).toBe('username=customer000001&password=summer2026rain');
  });

  it('leave an id that the client made up, and brings more than once, as it is', () => {
    const cart = (id: string): SampleEntry[] => [
      { request: 'POST /cart', post: postedJson({ id }) },
      { request: `GET /cart/${id}` },
    ];
    const id = '0b0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f11';
    const { journey } = correlated(cart(id), cart('5a0e7c4e-8f8e-4a52-9d4e-0d4d8a8f3f22'));
    expect(journey.requests.map(({ path, body }) => [path, body])).toEqual([
      ['/cart', `{"id":"${id}"}`],
      [`/cart/${id}`, undefined],
    ]);
  });

  it('are refused where they are of different journeys', () => {
    const other: SampleEntry[] = [{ request: 'GET /admin' }, { request: 'GET /users' }, { request: 'GET /login' }];
    expect(() => correlated(shop('a', 1, 's'), other)).toThrow(/of the 4 requests of the first, 1 are in the second/);
  });
});

describe('a recording and a walk of it', () => {
  /** What the walk of the first recording was answered, with replies like those of the second. */
  function walked(first: readonly SampleEntry[], second: readonly (SampleEntry | undefined)[]): CorrelatedJourney {
    const replies = second.map((entry) => entry && readHar(sampleHar([entry])).exchanges[0]!.reply);
    return correlateWalk(readHar(sampleHar(first)), replies);
  }

  it('show what is carried, however short it is, as two recordings do', () => {
    const [first, second] = [shop('k3Jx-91', 1, 's1'), shop('p8Qz-17', 2, 's2')];
    const { seconds: _, ...twice } = correlated(first, second);
    expect(walked(first, second)).toEqual(twice);
  });

  it('show that a value is no state by its being the same', () => {
    const products: SampleEntry[] = [
      { request: 'GET /products', body: '[{"sku":"tea-10045"}]' },
      { request: 'GET /products/tea-10045' },
    ];
    expect(walked(products, products).journey.requests[1]!.path).toBe('/products/tea-10045');
  });

  it('take no short value that just happens to be another one now', () => {
    const cart = (count: number): SampleEntry[] => [
      { request: 'GET /cart', body: `{"count":${count},"page_id":7}` },
      { request: 'POST /items/3', post: postedJson({ quantity: 3, sort: 7 }) },
    ];
    const { path, body } = walked(cart(3), cart(5)).journey.requests[1]!;
    expect([path, body]).toEqual(['/items/3', '{"quantity":3,"sort":7}']);
  });

  it('take a short id from the reply that gives another one now, not from one that gives the same', () => {
    const orders = (id: number): SampleEntry[] => [
      { request: 'POST /orders', body: `{"order":{"id":${id}}}` },
      { request: 'GET /page', body: '{"page_id":7}' },
      { request: `GET /orders/${id}` },
    ];
    expect(walked(orders(7), orders(8)).journey.requests[2]!.path).toBe('/orders/{{order_id}}');
  });

  it('go by the look where the walk got no reply', () => {
    const { journey } = walked(shop('k3Jx-91', 1, 's1'), [undefined, undefined, shop('', 4, '')[2], undefined]);
    expect(journey.requests[1]!.body).toContain('_csrf={{csrf}}');
    expect(journey.requests[3]!.path).toBe('/orders/{{order_id}}');
  });
});
