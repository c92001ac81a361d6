import { describe, expect, it } from '@jest/globals';
import {
  djangoShop,
  json,
  jsonReply,
  noReply,
  page,
  redirectTo,
  sampleReply,
  springLogin,
} from '../../../test/sample-replies.js';
import { readReply, type ReadReply } from './read-reply.js';

const said = ({ parts }: ReadReply) => parts.map(({ kind, text }) => `${kind}: ${text}`);

describe('readReply', () => {
  it('takes JSON apart by pointers, and tells the length of its lists', () => {
    expect(said(json({ user: { name: 'ada' }, 'a/b': null, items: [{ id: 7 }, { id: 8 }], none: [] }))).toEqual([
      '/user/name: ada',
      '/a~1b: ',
      '/items: 2 items',
      '/items/*/id: 7',
      '/items/*/id: 8',
      '/none: ',
    ]);
  });

  it('knows an object’s ids for places in a list', () => {
    expect(said(json({ 17: 'a', '507f1f77bcf86cd799439011': 'b', plain: 'c' }))).toEqual([
      '/*: a',
      '/*: b',
      '/plain: c',
    ]);
  });

  it('reads JSON that is not declared as such', () => {
    expect(readReply(sampleReply('{"a":1}', { 'content-type': 'text/plain' })).format).toBe('json');
  });

  it('reads a page as a person does: what it says, where it leads, what its forms hold', () => {
    expect(said(page(djangoShop('ada', ['Blue shirt', 'Hat &amp; scarf'], 'tok')))).toEqual([
      'text: Cart | Shop',
      'link: /',
      'text: Home',
      'text: Welcome, ada',
      'form: POST /accounts/logout/',
      'field csrfmiddlewaretoken: tok',
      'text: Log out',
      'text: Your cart',
      'text: Blue shirt',
      'text: Hat & scarf',
    ]);
  });

  it('reads a form’s choices, its text areas, and state that a page brings for its scripts', () => {
    const form = `<form action="http://127.0.0.1:3001/order;jsessionid=AB12?x=1"><select name="size"><option value="s">Small</option>
      <option value="l" selected>Large</option></select><input type="checkbox" name="gift"><input type="checkbox" name="news" checked>
      <textarea name="note">a &lt; b</textarea><input type="submit" value="Order"></form>
      <script id="__DATA__" type="application/json">{"cart":[1]}</script>`;
    expect(said(page(form))).toEqual([
      'form: GET /order?x=1',
      'field size: l',
      'field news: on',
      'field note: a < b',
      'text: Order',
      'script#__DATA__/cart: 1 item',
      'script#__DATA__/cart/*: 1',
    ]);
  });

  it('knows that a page asks for a password, and keeps none that stands in it', () => {
    const login = page(springLogin.replace('name="password"', 'name="password" value="hunter2"'));
    expect(login.asksPassword).toBe(true);
    expect(JSON.stringify(login.parts)).not.toContain('hunter2');
  });

  it('says where a redirect leads without host and session id, and reads no body of it', () => {
    const reply = readReply(redirectTo('http://localhost:8080/login;jsessionid=0A1B?next=/cart', { status: 303 }));
    expect(said(reply)).toEqual(['redirect: /login?next=/cart']);
    expect(reply.location).toContain('localhost');
  });

  it('names the cookies that are set, without their values and those that are cleared', () => {
    const cookies = [
      'sid=s%3Asecret; Path=/; HttpOnly',
      'old=; Max-Age=0',
      'gone=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    ];
    const reply = readReply(sampleReply('', { 'set-cookie': cookies }));
    expect(reply.cookies).toEqual(['sid']);
    expect(JSON.stringify(reply.parts)).not.toContain('secret');
  });

  it('reads text by its lines, and what is no text by its length and digest', () => {
    const text = { 'content-type': 'text/plain' };
    expect(said(readReply(sampleReply('one\n\n two \n', text)))).toEqual(['text: one', 'text: two']);
    const [image, other] = ['abc', 'abd'].map((body) =>
      said(readReply(sampleReply(body, { 'content-type': 'image/png' }))),
    );
    expect(image).not.toEqual(other);
  });

  it('reads a feed by its elements, and JSON that is cut as text', () => {
    const feed = sampleReply('<feed><title>News</title><entry><a>x</a>y</entry></feed>', {
      'content-type': 'application/atom+xml',
    });
    expect(said(readReply(feed))).toEqual(['text: News', 'text: x', 'text: y']);
    expect(readReply({ ...jsonReply({}), body: '{"a": [1, 2' }).format).toBe('text');
  });

  it('reads that no reply came', () => {
    expect(readReply(noReply('ECONNRESET'))).toMatchObject({
      status: undefined,
      fault: 'ECONNRESET',
      format: 'nothing',
      parts: [],
    });
  });

  it('survives replies that nest without end', () => {
    expect(page('<div>'.repeat(100_000)).format).toBe('html');
    expect(readReply({ ...jsonReply({}), body: '['.repeat(5_000) + ']'.repeat(5_000) }).parts.length).toBeLessThan(200);
  });

  it('survives a page that is no proper one', () => {
    expect(said(page('</p><b>a<p>b</i></b><li>c<li>d<table><td>e'))).toEqual(
      expect.arrayContaining(['text: c', 'text: d', 'text: e']),
    );
  });
});
