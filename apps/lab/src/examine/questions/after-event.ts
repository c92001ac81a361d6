import { setTimeout as sleep } from 'node:timers/promises';
import { places } from '../journey/journey-parts.js';
import { mayChange } from '../journey/may-change.js';
import type { LossCause } from '../../losses/loss-causes.js';
import type { Reply } from '../walk/reply.js';
import type { JourneyWalk, WalkedStep } from '../walk/walker.js';
import type { AtRest } from './at-rest.js';
import type { Examination } from './question.js';
import type { JourneyMiddle } from '../journey/journey-parts.js';
import { homeOf, lastOf, sendTo, type AskedPlace } from './walks.js';

const sessions = 12;
/** Each user's replies at rest are learned first. */
const maxUsers = 4;
/** A request that fails is sent again so often after the event, each time so much later; once if it may change something. */
const maxAgain = 5;
const againMs = 1_000;
/** What a rollout may take. */
export const settledWithinMs = 120_000;

/** What became of sessions that were open when something was done to the service. */
export interface EventLosses {
  /** That were open when it happened. */
  readonly sessions: number;
  /** Of each that could not be opened the request that was refused, and how. */
  readonly unopened: readonly string[];
  /** Of each lost session the request that showed it, and how. */
  readonly lost: readonly string[];
  /** The cause of each request that failed. */
  readonly failed: readonly LossCause[];
}

/**
 * Opens sessions, lets the event happen, and has half of them go on meanwhile, and all after it. Where what is sent twice is
 * answered otherwise the second time, those who go on meanwhile go half of the way, and from there after it.
 */
export async function afterEvent(
  examination: Examination,
  event: () => Promise<void>,
  { middle, end, goesOnTwice }: JourneyMiddle & { readonly goesOnTwice: boolean },
): Promise<EventLosses> {
  const { target, walker, users } = examination;
  const homes = await target.replicas();
  const lost = new Map<number, string>();
  const failed: LossCause[] = [];
  const all = Array.from({ length: sessions }, (_, session) => session);
  const placeOf = (session: number): AskedPlace =>
    target.frontDoor === undefined ? homes[session % homes.length]! : 'front door';
  const open = async (session: number): Promise<JourneyWalk> => {
    const user = session % Math.min(maxUsers, users.length);
    await examination.atRest(user);
    return walker.walk({ to: () => placeOf(session), only: places(0, middle), user });
  };
  const opened = await Promise.all(all.map(open));
  const unopened = new Map<number, string>();
  for (const session of all) {
    if ((await refusalIn(opened[session]!)) === undefined) continue;
    // One after the other now: a service may bound how many sign in at once.
    const again = (opened[session] = await open(session));
    const refusal = await refusalIn(again);
    if (refusal !== undefined) unopened.set(session, refusal);
  }
  const walking = all.filter((session) => !unopened.has(session));
  const happening = event();
  const over = happening.then(() => target.settled(settledWithinMs));
  // Whoever waits below is told.
  over.catch(() => {});
  const halfway = middle + Math.ceil((end - middle) / 2);
  const [earlyTo, laterFrom] = goesOnTwice ? [end, middle] : [halfway, halfway];
  const isEarly = (session: number): boolean => session % 4 < 2;
  const early = walking.filter(isEarly);
  const meanwhile = Promise.all(early.map((session) => goOn(session, middle, earlyTo)));
  meanwhile.catch(() => {});
  await over;
  await meanwhile;
  await Promise.all(walking.map((session) => goOn(session, isEarly(session) ? laterFrom : middle, end)));
  return { sessions: walking.length, unopened: [...unopened.values()], lost: [...lost.values()], failed };

  /** What was refused of what is answered well at rest, and how; what needs an earlier request is refused as the session is lost. */
  async function refusalIn({ steps, user }: JourneyWalk): Promise<string | undefined> {
    const atRest = await examination.atRest(user);
    const fault = atRest.faultIn(steps);
    if (fault !== undefined) return fault;
    const refused = steps.find(
      (step) =>
        (step.reply.status ?? 599) >= 400 && !atRest.needsEarlier(step.index) && atRest.judge(step).ruling !== 'kept',
    );
    return refused && `${refused.request.name}, ${atRest.judge(refused).why}`;
  }

  async function goOn(session: number, from: number, to: number): Promise<void> {
    if (lost.has(session)) return;
    let client: JourneyWalk = opened[session]!;
    const atRest = await examination.atRest(client.user);
    for (const index of places(from, to)) {
      const send = (place: AskedPlace): Promise<JourneyWalk> =>
        walker.walk({ to: () => place, only: [index], user: client.user, as: client });
      let now = await send(placeOf(session));
      let judged = atRest.judge(lastOf(now));
      if (judged.ruling === 'failed') {
        failed.push(causeOf(lastOf(now).reply));
        await over;
        // A front door may hear late of who serves now; who gets no answer has not lost its session yet.
        const most = mayChange(examination.journey.requests[index]!) ? 1 : maxAgain;
        for (let again = 0; again < most && judged.ruling === 'failed'; again++) {
          if (again > 0) await sleep(againMs);
          now = await send(await placeAfter(session));
          judged = atRest.judge(lastOf(now));
        }
      }
      // What needs no earlier request shows nothing of a session.
      if (judged.ruling !== 'kept' && atRest.needsEarlier(index)) {
        lost.set(session, `${lastOf(now).request.name}, ${judged.why}`);
        return;
      }
      client = now;
    }
    opened[session] = client;
  }

  /** Where no front door leads clients on, they go where somebody serves. */
  async function placeAfter(session: number): Promise<AskedPlace> {
    if (target.frontDoor !== undefined) return 'front door';
    const serving = await target.replicas();
    return serving.find(({ name }) => name === homes[session % homes.length]!.name) ?? serving[0] ?? placeOf(session);
  }
}

/** Whether a session can go on from its middle twice with the same replies: what waits for news has none the second time. */
export async function canGoOnTwice(examination: Examination, { middle, end }: JourneyMiddle): Promise<boolean> {
  const atRest = await examination.atRest(0);
  const home = await homeOf(examination);
  const once = await sendTo(examination, home, places(0, end));
  const { steps } = await sendTo(examination, home, places(middle, end), once);
  return steps.every((step) => isKept(atRest, step));
}

/** Whether another replica goes on with a session from its middle while its own lives: then no process has of it what a crash takes. */
export async function goesOnElsewhere(examination: Examination, { middle, end }: JourneyMiddle): Promise<boolean> {
  const [home, other] = await examination.target.replicas();
  if (home === undefined || other === undefined) return false;
  const atRest = await examination.atRest(0);
  const opened = await sendTo(examination, home, places(0, middle));
  const { steps } = await sendTo(examination, other, places(middle, end), opened);
  return steps.every((step) => isKept(atRest, step));
}

/** What needs no earlier request shows nothing of a session. */
function isKept(atRest: AtRest, step: WalkedStep): boolean {
  return atRest.judge(step).ruling === 'kept' || !atRest.needsEarlier(step.index);
}

function causeOf({ status, fault }: Reply): LossCause {
  if (fault === 'timeout' || status === 504 || fault?.includes('TIMEOUT')) return 'timed-out';
  return status === undefined || status === 502 ? 'gateway-error' : 'refused';
}
