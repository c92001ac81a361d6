import { describe, expect, it } from '@jest/globals';
import { json, page } from '../../../test/sample-replies.js';
import { misplacedData } from './misplaced-data.js';
import type { ReadReply } from './read-reply.js';

const told = (replies: Readonly<Record<string, readonly ReadReply[]>>) => new Map(Object.entries(replies));
const found = (toOne: Parameters<typeof told>[0], toOther: Parameters<typeof told>[0]) =>
  misplacedData(told(toOne), told(toOther)).map(({ replica, part }) => `${replica}: ${part.text}`);

const twice = (reply: ReadReply) => [reply, reply];
const phone = (number: string, visits = 1) => json({ phone: number, visits });
const [ada, bob] = [phone('555-0101'), phone('555-0202')];

describe('misplacedData', () => {
  it('finds what one replica gives everybody, though it did so from the first', () => {
    expect(found({ a: twice(ada), b: twice(bob) }, { a: twice(ada), b: twice(ada) })).toEqual(['a: 555-0101']);
    const hello = (name: string) => page(`<h1>Shop</h1><p>Welcome back, ${name}!</p>`);
    expect(
      found({ a: twice(hello('Bob')), b: twice(hello('Ada')) }, { a: twice(hello('Ada')), b: twice(hello('Ada')) }),
    ).toEqual(['b: Welcome back, Ada!']);
  });

  it('finds nothing where each is told their own, or all the same', () => {
    expect(found({ a: twice(bob), b: twice(bob) }, { a: twice(ada), b: twice(ada) })).toEqual([]);
    expect(found({ a: twice(ada), b: twice(ada) }, { a: twice(ada), b: twice(ada) })).toEqual([]);
  });

  it('finds nothing in what tells the replicas apart, nor in what varies', () => {
    const [pod1, pod2] = [json({ pod: 'shop-1' }), json({ pod: 'shop-2' })];
    expect(found({ a: twice(pod1), b: twice(pod2) }, { a: twice(pod1), b: twice(pod2) })).toEqual([]);
    const quote = (text: string) => json({ quote: text });
    expect(
      found(
        { a: twice(quote('less')), b: [quote('more'), quote('less')] },
        { a: twice(quote('less')), b: twice(quote('less')) },
      ),
    ).toEqual([]);
    expect(found({ a: twice(phone('1', 10_500)), b: twice(phone('1', 2)) }, { a: twice(phone('1', 3)) })).toEqual([]);
  });

  it('says nothing by one reply alone', () => {
    expect(found({ a: [ada], b: [bob] }, { a: [ada], b: [ada] })).toEqual([]);
  });
});
