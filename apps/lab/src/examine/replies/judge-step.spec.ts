import { describe, expect, it } from '@jest/globals';
import {
  djangoShop,
  expressViews,
  jsonReply,
  noReply,
  redirectTo,
  sampleReply,
  springLogin,
} from '../../../test/sample-replies.js';
import type { KeptWhen } from '../journey/journey.js';
import type { Reply } from '../walk/reply.js';
import { judgeStep, type JudgedReply, type JudgementContext } from './judge-step.js';
import { readReply } from './read-reply.js';
import { Variation } from './variation.js';

const judge = (
  atRest: readonly Reply[],
  reply: Reply,
  context: JudgementContext & { keeps?: KeptWhen } = {},
): JudgedReply => judgeStep({ keeps: context.keeps }, atRest.map(readReply), reply, new Variation(), context);

const django = (user: string, items: readonly string[], token: string) => sampleReply(djangoShop(user, items, token));
const express = (views: number, seconds: number) => sampleReply(expressViews(views, seconds));
const cart = (items: readonly string[], id = 'a') => jsonReply({ id, items, total: items.length * 10 });

describe('judgeStep', () => {
  it.each<[string, Reply[], Reply]>([
    ['Express: the same count', [express(3, 59.9), express(3, 60)], express(3, 12)],
    [
      'Django: a token of its own',
      [django('ada', ['Hat'], 'a1'), django('ada', ['Hat'], 'b2')],
      django('ada', ['Hat'], 'c3'),
    ],
    ['a redirect as ever', [redirectTo('/cart')], redirectTo('http://127.0.0.1:3002/cart')],
    [
      'a redirect to an order of its own',
      [redirectTo('/orders/17'), redirectTo('/orders/18')],
      redirectTo('/orders/23'),
    ],
    ['a login as the first step', [sampleReply(springLogin)], sampleReply(springLogin)],
    ['a redirect to a login where there is always one', [redirectTo('/login')], redirectTo('/login')],
    ['a page that is more', [sampleReply('<p>Hello ada</p>')], sampleReply('<p>Saved</p><p>Hello ada</p>')],
    ['a page that has not changed', [sampleReply('<p>a</p>')], sampleReply('', { status: 304 })],
    ['a refusal as ever', [jsonReply({ error: 'no' }, { status: 403 })], jsonReply({ error: 'no' }, { status: 403 })],
    ['an error as ever', [sampleReply('oops', { status: 500 })], sampleReply('oops', { status: 500 })],
    [
      'an id of its own, where one reply alone is known',
      [jsonReply({ id: '9b2e1c0a-5d3f-4e8b-9a7c-2f1d0e6b8c4a' })],
      jsonReply({ id: '1c0a9b2e-5d3f-4e8b-9a7c-2f1d0e6b8c4b' }),
    ],
  ])('keeps: %s', (_, atRest, reply) => {
    expect(judge(atRest, reply)).toEqual({ ruling: 'kept', how: undefined, why: '' });
  });

  it.each<[string, Reply[], Reply, JudgedReply['how'], string]>([
    [
      'Express: a count from the start',
      [express(3, 60), express(3, 59)],
      express(1, 60),
      'changed',
      'says "views: 1" where it said "views: 3"',
    ],
    [
      'Express: a new visitor',
      [express(3, 60)],
      express(0, 0),
      'changed',
      'no longer says "views: 3"; no longer says "expires in: 60s"',
    ],
    [
      'Django: a login',
      [django('ada', [], 'a')],
      redirectTo('/accounts/login/?next=/cart/'),
      'sent to sign in',
      'answers 302 to /accounts/login/ where it answered 200',
    ],
    [
      'Spring: a login',
      [redirectTo('/orders/7')],
      redirectTo('http://localhost:8080/login', { 'set-cookie': 'JSESSIONID=1' }),
      'sent to sign in',
      'answers 302 to /login where it answered 302 to /orders/7',
    ],
    [
      'Spring: a login in place',
      [sampleReply('<p>Orders</p>')],
      sampleReply(springLogin),
      'sent to sign in',
      'asks for a password, which it did not',
    ],
    [
      'Rails: a login',
      [sampleReply('<p>Orders</p>')],
      redirectTo('/users/sign_in'),
      'sent to sign in',
      'answers 302 to /users/sign_in where it answered 200',
    ],
    [
      'an identity provider',
      [sampleReply('<p>a</p>')],
      redirectTo('https://id.example/oauth2/authorize?client_id=x&state=secret'),
      'sent to sign in',
      'answers 302 to /oauth2/authorize where it answered 200',
    ],
    [
      'an API: 401',
      [cart(['hat'])],
      jsonReply({ type: 'about:blank' }, { status: 401 }),
      'refused',
      'answers 401 where it answered 200',
    ],
    [
      'Laravel: 419',
      [redirectTo('/done')],
      sampleReply('Page Expired', { status: 419 }),
      'refused',
      'answers 419 where it answered 302 to /done',
    ],
    [
      'an empty cart',
      [cart(['hat', 'tie'])],
      cart([]),
      'emptied',
      '/items is empty where it had 2 items; /total has 0 where it had 20',
    ],
    [
      'no user',
      [jsonReply({ user: { name: 'ada' } })],
      jsonReply({ user: null }),
      'emptied',
      '/user is empty or gone where it had something',
    ],
    ['nothing at all', [cart(['hat'])], sampleReply(''), 'emptied', 'brings nothing where it brought json'],
    ['another redirect', [redirectTo('/cart')], redirectTo('/'), 'sent elsewhere', 'sends to / where it sent to /cart'],
    [
      'an upload that is not there',
      [sampleReply('abc', { 'content-type': 'image/png' })],
      sampleReply('Not found', { status: 404 }),
      'refused',
      'answers 404 where it answered 200',
    ],
    [
      'Flask: signed out',
      [sampleReply('Logged in as ada')],
      sampleReply('You are not logged in'),
      'changed',
      'no longer says "Logged in as ada"',
    ],
  ])('loses: %s', (_, atRest, reply, how, why) => {
    expect(judge(atRest, reply)).toEqual({ ruling: 'lost', how, why });
  });

  it('loses a step that had nothing to bring', () => {
    expect(judge([cart(['hat'])], noReply('not sent'), { missing: 'csrf' })).toMatchObject({
      ruling: 'lost',
      how: 'missing value',
      why: 'brings csrf, which no reply had given',
    });
  });

  it('loses a step that shows what another user has', () => {
    const [ada, bob] = ['ada', 'bob'].map((name) => jsonReply({ user: { name }, items: [] }));
    expect(judge([ada!], bob!, { others: [readReply(bob!)] })).toMatchObject({
      ruling: 'lost',
      how: "another user's data",
      why: '/user/name has "bob", which another user alone was shown',
    });
  });

  it.each<[string, Reply, string]>([
    ['no reply', noReply('ECONNREFUSED'), 'gives no reply (ECONNREFUSED)'],
    ['a fault', sampleReply('', { status: 503 }), 'answers 503'],
    ['a limit', jsonReply({}, { status: 429 }), 'answers 429'],
  ])('fails by %s', (_, reply, why) => {
    expect(judge([cart(['hat'])], reply)).toEqual({ ruling: 'failed', how: undefined, why });
  });

  describe('where the journey says what keeps the session', () => {
    it.each<[string, KeptWhen, Reply, JudgedReply['ruling'], string]>([
      ['a text that is there', { contains: 'hat' }, cart(['hat', 'tie', 'cap']), 'kept', ''],
      ['a status that is right', { status: 503 }, sampleReply('', { status: 503 }), 'kept', ''],
      ['a text that is missing', { contains: 'hat' }, cart([]), 'lost', 'lacks "hat"'],
      ['a text that should not be', { lacks: 'sign in' }, sampleReply('Please sign in'), 'lost', 'says "sign in"'],
      ['another status', { status: 200 }, redirectTo('/'), 'lost', 'answers 302 to / where 200 keeps the session'],
      ['a fault', { lacks: 'sign in' }, sampleReply('', { status: 502 }), 'failed', 'answers 502'],
      ['no reply', { contains: 'hat' }, noReply('timeout'), 'failed', 'gives no reply (timeout)'],
    ])('goes by %s', (_, keeps, reply, ruling, why) => {
      expect(judge([cart(['hat'])], reply, { keeps })).toMatchObject({ ruling, why });
    });
  });

  it('tells the first differences and counts the others', () => {
    const of = (value: number) => jsonReply(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key) => [key, value])));
    expect(judge([of(1)], of(2)).why).toBe(
      '/a has 2 where it had 1; /b has 2 where it had 1; /c has 2 where it had 1; and 2 more',
    );
  });
});
