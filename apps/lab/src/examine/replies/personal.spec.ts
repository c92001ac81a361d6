import { describe, expect, it } from '@jest/globals';
import { djangoShop, json, page } from '../../../test/sample-replies.js';
import { otherUsersData, personalisedParts } from './personal.js';
import { Variation } from './variation.js';

const django = (user: string, items: readonly string[], token: string) => page(djangoShop(user, items, token));

describe('personalisedParts', () => {
  it('names the places that depend on who asks, and no value of them', () => {
    const of = (name: string, visit: number) => json({ user: { name }, shop: 'Hats', visit });
    expect(personalisedParts([of('ada', 1), of('ada', 2)], [of('bob', 3), of('bob', 4)], new Variation())).toEqual([
      '/user/name',
    ]);
  });

  it('tells the text that differs by what it has in common', () => {
    const [ada, bob] = [
      [django('ada', ['Hat'], 'a'), django('ada', ['Hat'], 'b')],
      [django('bob', ['Hat'], 'c'), django('bob', ['Hat'], 'd')],
    ];
    expect(personalisedParts(ada, bob, new Variation())).toEqual(['"Welcome, …"']);
  });

  it('finds nothing where all are told the same', () => {
    expect(personalisedParts([json({ a: 1 })], [json({ a: 1 })], new Variation())).toEqual([]);
  });
});

describe('otherUsersData', () => {
  const [ada, bob] = [django('ada', ['Hat'], 'k3JsPq81LmN0tYb7'), django('bob', ['Tie'], 'Zx9WvU55RrT2eQa1')];

  it('finds another user’s name, in a page and in JSON', () => {
    expect(otherUsersData(django('bob', ['Hat'], 'x'), [ada], [bob])).toEqual([
      'says "Welcome, bob", which another user alone was shown',
    ]);
    const of = (owner: string) => json({ owner });
    expect(otherUsersData(of('bob'), [of('ada')], [of('bob')])).toEqual([
      '/owner has "bob", which another user alone was shown',
    ]);
  });

  it('finds another user’s token, and does not show it', () => {
    const told = otherUsersData(django('ada', ['Hat'], 'Zx9WvU55RrT2eQa1'), [ada], [bob]);
    expect(told).toEqual(['the field csrfmiddlewaretoken has a value, which another user alone was shown']);
  });

  it('finds nothing in one’s own page, nor in one that nobody has', () => {
    expect(otherUsersData(ada, [ada], [bob])).toEqual([]);
    expect(otherUsersData(django('guest', [], 'y'), [ada], [bob])).toEqual([]);
  });

  it('takes no small number, and nothing of a list that all may see, for another’s', () => {
    const of = (balance: number, posts: readonly string[]) => json({ balance, posts: posts.map((by) => ({ by })) });
    expect(otherUsersData(of(20, ['ada', 'bob']), [of(10, ['ada'])], [of(20, ['bob'])])).toEqual([]);
  });
});
