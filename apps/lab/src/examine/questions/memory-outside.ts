import { places } from '../journey/journey-parts.js';
import type { AtRest } from './at-rest.js';
import { looksLikeContent, nameOf, valueOf } from './cookies.js';
import type { ProbedRequest } from './probed-request.js';
import { lastOf, sendTo } from './walks.js';
import type { JourneyWalk } from '../walk/walker.js';

/** Where memory lies that no replica's end takes away. */
export type OutsideMemory = 'client' | 'shared';

/** So many earlier requests are looked at, the latest first. */
const maxLookedAt = 5;

/**
 * Where memory lies that any replica finds again. A client that has not seen the last change, but is shown it, is told by
 * a shared store; if it is not, the look of what it brings decides, since a service may as well have given it a new id.
 */
export async function memoryOutside(request: ProbedRequest): Promise<OutsideMemory> {
  const { index } = request;
  for (let earlier = index - 1; earlier > 0 && index - earlier <= maxLookedAt; earlier--) {
    if (await isShownToOldClient(request, earlier)) return 'shared';
  }
  return (await bringsContent(request)) ? 'client' : 'shared';
}

/** Whether a reply that needs that earlier request is the same for a client as it was before it. */
async function isShownToOldClient(request: ProbedRequest, earlier: number): Promise<boolean> {
  const { examination, atRest, index, home } = request;
  const old = await sendTo(examination, home, places(0, earlier));
  const without = await sendTo(examination, home, places(earlier + 1, index + 1), old);
  if (isKept(atRest, without) || lastOf(without).missing !== undefined) return false;
  await sendTo(examination, home, places(earlier, index), old);
  return isKept(atRest, await sendTo(examination, home, [index], old));
}

/** Whether what the reply depends on looks like content rather than an id: a cookie, or the token of an Authorization. */
async function bringsContent({ examination, atRest, index, home }: ProbedRequest): Promise<boolean> {
  const client = await sendTo(examination, home, places(0, index));
  const { cookies, request } = lastOf(await sendTo(examination, home, [index], client));
  const token = request.headers['authorization']?.split(' ').at(-1);
  if (token !== undefined && looksLikeContent(token)) return true;
  for (const cookie of cookies.filter((one) => looksLikeContent(valueOf(one)))) {
    const options = { to: () => home, only: [index], user: client.user, as: client };
    if (!isKept(atRest, await examination.walker.walk({ ...options, withoutCookies: [nameOf(cookie)] }))) return true;
  }
  return false;
}

const isKept = (atRest: AtRest, walk: JourneyWalk): boolean => atRest.judge(lastOf(walk)).ruling === 'kept';
