import { describe, expect, it } from '@jest/globals';
import { jsonReply, podinfo, sampleReply } from '../../../test/sample-replies.js';
import type { Reply } from '../walk/reply.js';
import { likelyMarks, replicaMarks } from './replica-mark.js';

const podOf = (name: string) =>
  [8, 9].map((goroutines) => jsonReply(podinfo(name, goroutines), { date: name, 'x-request-id': goroutines }));

describe('replicaMarks', () => {
  it('finds the place that is the same for a replica, and another for each', () => {
    const marks = replicaMarks(
      new Map([
        ['a', podOf('cart-x2k4j')],
        ['b', podOf('cart-q8zt5')],
      ]),
    );
    expect(marks.map(({ place }) => place)).toEqual(['/hostname']);
    expect(marks[0]?.replicaOf(podOf('cart-q8zt5')[0]!)).toBe('b');
    expect(marks[0]?.replicaOf(podOf('cart-mm1xx')[0]!)).toBeUndefined();
    expect(marks[0]?.replicaOf(sampleReply('<p>a</p>'))).toBeUndefined();
  });

  it('puts headers and cookies before the body', () => {
    const of = (name: string): Reply[] =>
      [1, 2].map((views) =>
        sampleReply(`<p>${views}</p><footer>${name}</footer>`, {
          'x-served-by': name,
          'set-cookie': [`SERVERID=${name}; Path=/`, `sid=${name}${views}`],
        }),
      );
    const marks = replicaMarks(
      new Map([
        ['a', of('a1')],
        ['b', of('b1')],
      ]),
    );
    expect(marks.map(({ place }) => place)).toEqual(['header x-served-by', 'cookie SERVERID', 'text in footer[1]']);
    expect(marks[0]?.replicaOf(sampleReply('', { 'x-served-by': 'c1' }))).toBe('c1');
  });

  it('finds none where replicas are alike, or were asked but once', () => {
    const same = [sampleReply('<p>a</p>'), sampleReply('<p>a</p>')];
    expect(
      replicaMarks(
        new Map([
          ['a', same],
          ['b', same],
        ]),
      ),
    ).toEqual([]);
    expect(
      replicaMarks(
        new Map([
          ['a', podOf('x').slice(1)],
          ['b', podOf('y').slice(1)],
        ]),
      ),
    ).toEqual([]);
  });
});

describe('likelyMarks', () => {
  it('finds what takes a few values, each more than once', () => {
    const replies = ['cart-0', 'cart-1', 'cart-0', 'cart-1'].map((pod, index) =>
      sampleReply('<p>Shop</p>', { 'x-pod': pod, 'x-request-id': index, 'x-version': 3 }),
    );
    expect(likelyMarks(replies).map(({ place }) => place)).toEqual(['header x-pod']);
    expect(likelyMarks(replies)[0]?.replicaOf(sampleReply('', { 'x-pod': 'cart-2' }))).toBe('cart-2');
  });

  it('goes by no count and no user’s name, where a host is named', () => {
    const of = (hostname: string, count: number, user: string) =>
      jsonReply({ ...podinfo(hostname, count), user }, { 'x-cost': count });
    const replies = [of('a1', 8, 'ada'), of('b1', 9, 'bob'), of('a1', 9, 'ada'), of('b1', 8, 'bob')];
    const marks = likelyMarks(replies);
    expect(marks.map(({ place }) => place)).toEqual(['/hostname', 'header x-cost']);
    expect(replies.map((reply) => marks[0]?.replicaOf(reply))).toEqual(['a1', 'b1', 'a1', 'b1']);
  });
});
