import { expect, it } from '@jest/globals';
import { sampleReply } from '../../../test/sample-replies.js';
import type { Journey, JourneyRequest } from '../journey/journey.js';
import type { JourneyWalk, WalkedStep } from '../walk/walker.js';
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

const stepOf = (request: JourneyRequest, status: number): WalkedStep => ({
  index: 0,
  request,
  reply: sampleReply('', { status }),
  cookies: [],
  missing: undefined,
});

/** Of a request that was answered so the first two times. */
function restOf(request: JourneyRequest, statuses: readonly number[]): AtRest {
  const journey: Journey = { origin: undefined, requests: [request] };
  const walks = statuses.map((status): JourneyWalk => ({ user: 0, steps: [stepOf(request, status)] }));
  return new AtRest(journey, walks, String);
}

const toldOf = (request: JourneyRequest, statuses: readonly number[]): string[] => restOf(request, statuses).unsteady;

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

it('tells a fault of the service from what a request gets without those that it needs', () => {
  const atRest = restOf(cart, [200, 200]);
  const walked = [stepOf(cart, 500)];
  atRest.alone.push(atRest.judge(stepOf(cart, 401)));
  expect(atRest.faultIn(walked)).toBe('1 GET /cart, answers 500');
  expect(atRest.faultIn([stepOf(cart, 401)])).toBeUndefined();
  atRest.alone[0] = atRest.judge(stepOf(cart, 500));
  expect(atRest.faultIn(walked)).toBeUndefined();
});
