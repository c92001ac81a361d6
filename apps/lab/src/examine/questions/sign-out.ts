import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import { mayChange } from '../journey/may-change.js';
import { places, signOutIn } from '../journey/journey-parts.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { homeOf, lastOf, sendTo } from './walks.js';

const kinds = {
  asked: { label: 'old requests after sign-out', unit: 'count', over: 'total' },
  served: { label: 'of which were served', unit: 'count', over: 'total' },
  replicas: { label: 'replicas asked', unit: 'count', over: 'median' },
} as const;

type ServiceSignOutKey = keyof typeof kinds;

/** After a sign-out: what the client carried before it, at each replica. */
export const signOut = serviceQuestion<ServiceSignOutKey>(
  {
    name: 'sign-out',
    summary: 'does what a client carried before it signed out still open anything, on any replica?',
    columns: [service],
    cannotHere: ({ journey }) =>
      signOutIn(journey) === undefined
        ? 'no request of the journey reads as a sign-out (logout, sign-off, revoke, DELETE /session); say signsOut: true of ' +
          'the one that is.'
        : undefined,
    kinds,
    how:
      'A client walks up to the sign-out, asks each replica, and sends it. Then a client with the cookies and values from before it ' +
      'sends again, to each replica, what only reads and is not served to a new client. One is still served if it gets what it gets at rest.',
    claims: [
      {
        number: 16,
        sentence: 'After a sign-out, what the client carried opens nothing, on any replica.',
        decidedBy: ['served', 'asked'],
        rule,
      },
    ],
  },
  measure,
);

/** Not if one reply was still given. */
function rule({ service: figures }: FiguresBy<'service', ServiceSignOutKey>): Verdict {
  if (figures?.asked == null || figures.asked === 0) {
    return cannotTell('no request before the sign-out that only reads needs the client to be signed in.');
  }
  const said = `${figures.served} of ${figures.asked} requests were served as before the sign-out.`;
  return figures.served === 0 ? holds(said) : fails(said);
}

async function measure(
  examination: Examination,
  { note }: QuestionRound,
): Promise<FiguresBy<'service', ServiceSignOutKey>> {
  const { target, journey } = examination;
  const atRest = await examination.atRest(0);
  const home = await homeOf(examination);
  const out = signOutIn(journey) ?? 0;
  const isGuarded = (index: number): boolean => !mayChange(journey.requests[index]!) && atRest.needsEarlier(index);
  const guarded = places(0, out).filter(isGuarded);
  const before = await sendTo(examination, home, places(0, out));
  const replicas = await target.replicas();
  // As through a front door, each replica has seen the client, and may have kept something of it.
  for (const place of replicas.slice(1)) await sendTo(examination, place, guarded, before);
  await sendTo(examination, home, [out], before);
  let served = 0;
  for (const place of replicas.length === 0 ? [home] : replicas) {
    for (const index of guarded) {
      const step = lastOf(await sendTo(examination, place, [index], before));
      if (atRest.judge(step).ruling !== 'kept') continue;
      served++;
      note(
        `${step.request.name} is still served after the sign-out${place === 'front door' ? '' : ` by ${place.name}`}.`,
      );
    }
  }
  return {
    service: { asked: guarded.length * Math.max(1, replicas.length), served, replicas: Math.max(1, replicas.length) },
  };
}
