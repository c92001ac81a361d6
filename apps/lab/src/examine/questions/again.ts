import { places } from '../journey/journey-parts.js';
import { cannotTell, fails, holds, type Verdict } from '../../statistics/verdict.js';
import type { FiguresBy } from '../../statistics/figures.js';
import type { WalkedStep } from '../walk/walker.js';
import { takeValues } from '../journey/take-values.js';
import { mayChange } from '../journey/may-change.js';
import type { Examination } from './question.js';
import { service, serviceQuestion, type QuestionRound } from './service-question.js';
import { homeOf, lastOf, sendTo, type AskedPlace } from './walks.js';

const kinds = {
  tried: { label: 'requests sent twice', unit: 'count', over: 'median' },
  actedTwice: { label: 'acted twice, as replies show', unit: 'count', over: 'median' },
  actedOnce: { label: 'acted once, as replies show', unit: 'count', over: 'median' },
  untold: { label: 'of which no reply tells', unit: 'count', over: 'median' },
} as const;

type AgainKey = keyof typeof kinds;

/** Each request that may change something, sent twice with the same content. */
export const again = serviceQuestion<AgainKey>(
  {
    name: 'again',
    summary: 'is it safe to send a request again, as a client does whose reply got lost?',
    columns: [service],
    cannotHere: ({ journey }) => {
      if (!journey.requests.some(mayChange)) {
        return 'the journey has nothing but requests that only read (GET, HEAD, queries of GraphQL); --allow-writes sends others, too.';
      }
      return undefined;
    },
    maxRounds: 2,
    kinds,
    how:
      'For each request that may change something, a new client walks up to it, sends it twice with the same content, cookies ' +
      'and values, and goes on to the end. It acted twice if a later reply is not what it is at rest. It acted once if later ' +
      'replies are, though they would not be without it, and it gave no other id the second time. Else nobody can tell.',
    claims: [
      {
        number: 7,
        sentence: 'A request that is sent twice acts once.',
        decidedBy: ['actedTwice', 'actedOnce', 'untold'],
        rule,
      },
    ],
  },
  measure,
);

/** Not if one acted twice; holds if every one is seen to have acted once. */
function rule({ service: figures }: FiguresBy<'service', AgainKey>): Verdict {
  if (figures?.tried == null || figures.tried === 0) return cannotTell('nothing was sent twice.');
  const { tried, actedTwice, actedOnce, untold } = figures;
  const said = `of ${tried} requests ${actedTwice} acted twice and ${actedOnce} once; of ${untold} no later reply tells.`;
  if ((actedTwice ?? 0) > 0) return fails(said);
  return untold === 0 ? holds(said) : cannotTell(said);
}

async function measure(examination: Examination, { note }: QuestionRound): Promise<FiguresBy<'service', AgainKey>> {
  const { requests } = examination.journey;
  const atRest = await examination.atRest(0);
  const home = await homeOf(examination);
  const changing = [...requests.keys()].filter((index) => mayChange(requests[index]!));
  const changeIn = (steps: readonly WalkedStep[]): string | undefined =>
    steps
      .map((step) => [step.request.name, atRest.changeIn(step)] as const)
      .flatMap(([name, why]) => (why === undefined ? [] : [`${name} ${why}`]))[0];
  let [actedTwice, actedOnce] = [0, 0];
  for (const index of changing) {
    const { name } = requests[index]!;
    examination.progress(`again: ${name}`);
    const { later, given } = await afterTwice(examination, home, index);
    const twice = changeIn(later);
    if (twice !== undefined) {
      actedTwice++;
      note(`${name} acted twice: then ${twice}.`);
      continue;
    }
    if (given.length > 0) {
      note(
        `${name} gave another ${given.join(' and ')} the second time: whether it acted twice, no later reply tells.`,
      );
      continue;
    }
    const others = places(0, requests.length).filter((one) => one !== index);
    const without = changeIn((await sendTo(examination, home, others)).steps);
    if (without === undefined) note(`Whether ${name} acted twice, no later reply tells.`);
    else actedOnce++;
  }
  const tried = changing.length;
  return { service: { tried, actedTwice, actedOnce, untold: tried - actedTwice - actedOnce } };
}

/** What follows a request that was sent twice, and the values that it gave each time anew. */
async function afterTwice(
  examination: Examination,
  home: AskedPlace,
  index: number,
): Promise<{ readonly later: readonly WalkedStep[]; readonly given: readonly string[] }> {
  const { walker, journey } = examination;
  const before = index === 0 ? undefined : await sendTo(examination, home, places(0, index));
  const as = before === undefined ? {} : { as: before };
  const twice = await walker.walk({ to: () => home, only: [index], times: 2, user: 0, ...as });
  const later = places(index + 1, journey.requests.length);
  // Without anything sent there is no last step.
  if (later.length === 0 || lastOf(twice).missing !== undefined) return { later: [], given: [] };
  return { later: (await sendTo(examination, home, later, twice)).steps, given: givenAnew(twice.steps) };
}

/** Names of values that each of two replies gave, and not the same: an id of what was made may be one. */
function givenAnew([first, second]: readonly WalkedStep[]): string[] {
  if (first === undefined || second === undefined) return [];
  const [one, other] = [first, second].map(({ request, reply }) => takeValues(request, reply, () => undefined));
  return [...one!].flatMap(([name, value]) => (other!.has(name) && other!.get(name) !== value ? [name] : []));
}
