import { expect, it } from '@jest/globals';
import { sampleReply } from '../../../test/sample-replies.js';
import type { Journey, JourneyRequest } from '../journey/journey.js';
import type { JourneyWalk } from '../walk/walker.js';
import { AtRest } from './at-rest.js';

const cart: JourneyRequest = {
  name: '1 GET /cart',
  method: 'GET',
  path: '/cart',
  headers: {},
  body: undefined,
  takes: [],
  keeps: undefined,
};

/** What is said of a request that was answered so the first two times. */
function toldOf(request: JourneyRequest, statuses: readonly number[]): string[] {
  const journey: Journey = { origin: undefined, requests: [request] };
  const walks = statuses.map((status): JourneyWalk => {
    const step = { index: 0, request, reply: sampleReply('', { status }), cookies: [], missing: undefined };
    return { user: 0, steps: [step] };
  });
  return new AtRest(journey, walks, String).unsteady;
}

it('says of a request that is refused at rest that no session shows in it', () => {
  expect(toldOf(cart, [200, 200])).toEqual([]);
  expect(toldOf(cart, [401, 401])).toEqual([
    expect.stringContaining('1 GET /cart is answered 401 when all is at rest'),
  ]);
  expect(toldOf({ ...cart, keeps: { status: 401 } }, [401, 401])).toEqual([]);
});

it('says of a request that is not answered alike what may be wrong with the journey', () => {
  expect(toldOf(cart, [201, 409])).toEqual([expect.stringContaining('1 GET /cart was answered 201 and then 409')]);
});
