import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, jsonValue, lorem, oneof, property, tuple } from 'fast-check';
import {
  djangoShop,
  expressViews,
  json,
  page,
  podinfo,
  redirectTo,
  sampleReply,
} from '../../../test/sample-replies.js';
import { readReply, type ReadReply } from './read-reply.js';
import { ReplicaTraits } from './replica-traits.js';
import { Variation } from './variation.js';

const words = (variation: Variation, one: ReadReply, other: ReadReply, mask?: (text: string) => string) =>
  variation.differences(one, other, mask).map((difference) => difference.words);

const learned = (...pairs: readonly (readonly [ReadReply, ReadReply])[]) => {
  const variation = new Variation();
  for (const [one, other] of pairs) variation.learn(one, other);
  return variation;
};

describe('Variation.differences', () => {
  it('never takes the clock for a difference', () => {
    expect(words(new Variation(), page(expressViews(3, 59.98)), page(expressViews(3, 41)))).toEqual([]);
    expect(
      words(
        new Variation(),
        json({ uptime: 4.2, at: '2026-11-29T15:10:28Z' }),
        json({ uptime: 9, at: '2026-11-29T15:10:31Z' }),
      ),
    ).toEqual([]);
  });

  it.each<[string, unknown, unknown, string[]]>([
    ['a number', { cart: { items: 2 } }, { cart: { items: 0 } }, ['/cart/items has 0 where it had 2']],
    [
      'a list that is empty',
      { items: [{ id: 1 }, { id: 2 }] },
      { items: [] },
      ['/items is empty where it had 2 items'],
    ],
    ['a list that is shorter', [{ id: 1 }, { id: 2 }], [{ id: 1 }], ['the list has 1 item where it had 2 items']],
    [
      'an object that is null',
      { user: { name: 'ada', id: 7 } },
      { user: null },
      ['/user is empty or gone where it had something'],
    ],
    ['a value that is gone', { user: 'ada', a: 1 }, { a: 1 }, ['lacks /user, which had "ada"']],
    ['a value that is new', { a: 1 }, { a: 1, error: 'no session' }, ['has /error, which it had not']],
    ['a value that was none', { user: null }, { user: 'ada' }, ['/user has "ada" where it was empty']],
    ['a token', { token: 'abc' }, { token: 'def' }, ['/token has another value']],
    ['nothing', { items: [1, 2] }, { items: [2, 1] }, []],
  ])('tells in JSON of %s', (_, one, other, told) => {
    expect(words(new Variation(), json(one), json(other))).toEqual(told);
  });

  it('tells of a page what it says no longer, and what it says instead', () => {
    const [signedIn, signedOut] = [
      '<p>Logged in as ada</p><a href="/logout">Leave</a>',
      '<p>You are not logged in</p>',
    ].map(page);
    expect(words(new Variation(), signedIn!, signedOut!)).toEqual([
      'no longer says "Logged in as ada"',
      'no longer links to /logout',
      'no longer says "Leave"',
      'says "You are not logged in", which it did not',
    ]);
    expect(words(new Variation(), page('<b>Cart (2)</b>'), page('<b>Cart (0)</b>'))).toEqual([
      'says "Cart (0)" where it said "Cart (2)"',
    ]);
  });

  it('is not misled by one more block above the others', () => {
    const shop = (flash: string) => page(`<body>${flash}<div><p>One</p></div><div><p>Two</p></div></body>`);
    expect(words(new Variation(), shop(''), shop('<div><p>Saved</p></div>'))).toEqual([
      'says "Saved", which it did not',
    ]);
  });

  it('tells of what is said already that it is said once more', () => {
    const cart = (...items: string[]) => page(`<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`);
    expect(words(new Variation(), cart('Hat'), cart('Hat', 'Hat'))).toEqual(['says "Hat" once more than it did']);
  });

  it('tells of status, redirect and kind before all else', () => {
    const [cart, login] = ['/cart?x=1', '/login?next=/cart'].map((to) => readReply(redirectTo(to)));
    expect(words(new Variation(), cart!, login!)).toEqual(['sends to /login?next=… where it sent to /cart?x=…']);
    expect(words(new Variation(), page('<p>a'), login!)).toEqual(['answers 302 to /login where it answered 200']);
    expect(words(new Variation(), json({ a: 1 }), page('<p>a'))).toEqual(['brings html where it brought json']);
  });

  it('tells of cookies by their names alone', () => {
    const fresh = readReply(sampleReply('<p>a', { 'set-cookie': 'connect.sid=s%3Aabc; Path=/' }));
    expect(words(new Variation(), page('<p>a'), fresh)).toEqual(['sets the cookie connect.sid, which it did not']);
  });

  it('shows no secret, no id and no long text', () => {
    const other = { note: 'x'.repeat(200), by: 'ada@example.org', id: '9b2e1c0a-5d3f-4e8b-9a7c-2f1d0e6b8c4a' };
    const told = words(new Variation(), json({ note: 'a', by: 'b', id: 'c' }), json(other), (text) =>
      text.replace('ada@example.org', '•••'),
    );
    expect(told).toEqual([
      `/note has "${'x'.repeat(59)}…" where it had "a"`,
      '/by has "•••" where it had "b"',
      '/id has "…" where it had "c"',
    ]);
    const carts = [json({ 'ada@example.org': 1 }), json({ 'ada@example.org': 2 })] as const;
    expect(words(new Variation(), ...carts, (text) => text.replace('ada@example.org', '•••'))).toEqual([
      '/••• has 2 where it had 1',
    ]);
  });
});

describe('Variation.learn', () => {
  it('knows a hidden token again that each page brings anew', () => {
    const variation = learned([page(djangoShop('ada', ['Hat'], 'k3J')), page(djangoShop('ada', ['Hat'], 'Qz8'))]);
    expect(words(variation, page(djangoShop('ada', ['Hat'], 'k3J')), page(djangoShop('ada', ['Hat'], 'mm1')))).toEqual(
      [],
    );
    expect(words(variation, page(djangoShop('ada', ['Hat'], 'k3J')), page(djangoShop('bob', ['Hat'], 'mm1')))).toEqual([
      'says "Welcome, bob" where it said "Welcome, ada"',
    ]);
  });

  it('masks one word of a text, and goes on seeing the others', () => {
    const visit = (count: number, user: string) => page(`<p>Visit ${count} of ${user} to us</p>`);
    const variation = learned([visit(41, 'ada'), visit(42, 'ada')]);
    expect(words(variation, visit(41, 'ada'), visit(77, 'ada'))).toEqual([]);
    expect(words(variation, visit(41, 'ada'), visit(77, 'bob'))).toHaveLength(1);
  });

  it('takes what varies in one place of a list to vary in all', () => {
    const orders = (...ids: number[]) => json({ orders: ids.map((id) => ({ id, item: 'hat' })) });
    expect(words(learned([orders(1, 2), orders(1, 3)]), orders(1, 2), orders(8, 9))).toEqual([]);
  });

  it('knows a place by itself where all of it varies', () => {
    const quote = (text: string, name = 'ada') =>
      page(`<blockquote class="quote"><p>${text}</p></blockquote><p>Hello ${name}</p>`);
    const variation = learned([quote('Less is more.'), quote('Simple things should be simple.')]);
    expect(words(variation, quote('Less is more.'), quote('Worse is better, they say.'))).toEqual([]);
    expect(words(variation, quote('Less is more.'), quote('Worse is better, they say.', 'bob'))).toHaveLength(1);
  });

  it('sees that a list is empty that was never so, however it varied', () => {
    const todos = (...names: string[]) => json({ todos: names.map((name) => ({ name })) });
    const variation = learned([todos('a', 'b'), todos('a', 'b', 'c')]);
    expect(words(variation, todos('a'), todos('x', 'y', 'z', 'q'))).toEqual([]);
    expect(words(variation, todos('a', 'b'), todos())).toEqual(['/todos is empty where it had 2 items']);
  });

  it('sees that a page’s list is gone whose items were never the same', () => {
    const list = (...names: string[]) => page(`<div><ul>${names.map((name) => `<li>${name}`).join('')}</ul></div>`);
    const variation = learned([list('a1'), list('b2', 'c3')]);
    expect(words(variation, list('a1'), page('<p>Saved</p><div><ul><li>d4</ul></div>'))).toEqual([
      'says "Saved", which it did not',
    ]);
    expect(words(variation, list('a1'), page('<p>None</p>'))).toEqual([
      'text in li is empty or gone where it had something',
      'says "None", which it did not',
    ]);
  });

  it('takes statuses that both came for the same', () => {
    const put = (status: number) => readReply(sampleReply('', { status }));
    const variation = learned([put(201), put(204)]);
    expect(words(variation, put(201), put(204))).toEqual([]);
    expect(words(variation, put(201), put(404))).toHaveLength(1);
  });

  it('masks what a replica says of itself in all requests, once one has shown it', () => {
    const traits = new ReplicaTraits();
    new Variation(traits).learn(
      json(podinfo('podinfo-7d4b9c-x2k4j', 8)),
      json(podinfo('podinfo-7d4b9c-q8zt5', 11)),
      'replica',
    );
    const served = (by: string, cart: number) => page(`<p>Cart (${cart})</p><footer>Served by ${by}</footer>`);
    const elsewhere = new Variation(traits);
    expect(words(elsewhere, served('podinfo-7d4b9c-x2k4j', 2), served('podinfo-7d4b9c-q8zt5', 2))).toEqual([]);
    expect(words(elsewhere, served('podinfo-7d4b9c-x2k4j', 2), served('podinfo-7d4b9c-q8zt5', 0))).toHaveLength(1);
    expect(words(new Variation(), served('podinfo-7d4b9c-x2k4j', 2), served('podinfo-7d4b9c-q8zt5', 2))).toHaveLength(
      1,
    );
  });

  it('masks a number that a replica says of itself where the same text says it', () => {
    const traits = new ReplicaTraits();
    const footer = (pid: number, text: string) => page(`<p>${text}</p><footer>Served by process ${pid}</footer>`);
    new Variation(traits).learn(footer(4242, 'Home'), footer(4250, 'Home'), 'replica');
    expect(words(new Variation(traits), footer(4242, 'Cart'), footer(9001, 'Cart'))).toEqual([]);
  });

  it('finds nothing any more between two replies that it has learned from', () => {
    const anyReply = oneof(
      jsonValue().map(json),
      array(tuple(constantFrom('p', 'li', 'div'), lorem({ maxCount: 4 })), { maxLength: 6 }).map((blocks) =>
        page(`<main>${blocks.map(([name, text]) => `<${name}>${text}</${name}>`).join('')}</main>`),
      ),
    );
    assert(
      property(anyReply, anyReply, (one, other) => {
        expect(words(learned([one, other]), one, other)).toEqual([]);
        expect(words(learned([one, other]), other, one)).toEqual([]);
      }),
    );
  });
});
