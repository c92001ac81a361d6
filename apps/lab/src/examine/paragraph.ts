import { listInWords } from '../report/format.js';
import type { Section } from '../report/scorecard.js';
import { figureIn, keptAnyway, keptBy, type ServiceMode } from './service-mode.js';

/** What the service is, what it loses when, and what to change first, in plain words. */
export function paragraphOf(
  { requests, mode }: { readonly requests: number; readonly mode: ServiceMode | undefined },
  sections: readonly Section[],
): string {
  const find = (name: string, key: string): number | null => figureIn(sections, name, key);
  const told = [
    whatItIs(requests, find),
    whatItLoses(sections, find),
    inMode(mode, sections),
    whatFirst(mode, sections, find),
  ];
  return told.filter(Boolean).join(' ');
}

type Find = (name: string, key: string) => number | null;

function whatItIs(count: number, find: Find): string {
  const needing = find('dependencies', 'dependent') ?? find('memory', 'needing');
  const depend =
    needing === null ? '' : needing === 0 ? ', and none needs an earlier one' : `, and ${needing} need an earlier one`;
  const [process, client, shared] = [
    find('memory', 'inProcess'),
    find('memory', 'inClient'),
    find('memory', 'inShared'),
  ];
  const again = find('memory', 'freshLost') === 0 ? ', which knows it again when it is started anew' : '';
  const places = [
    ...(process
      ? [`in the replica that answered, its process or a folder of its own (${process} ${requestsIn(process)})${again}`]
      : []),
    ...(shared ? [`in a store that all replicas reach (${shared})`] : []),
    ...(client ? [`in what the client brings back (${client})`] : []),
  ];
  const lies = places.length === 0 ? '' : ` What they go by is remembered ${listInWords(places)}.`;
  const carried = find('client-carries', 'carried');
  const carries =
    carried === null
      ? ''
      : carried === 0
        ? ' A client carries nothing.'
        : ` A client carries ${Math.round(carried)} bytes with each request.`;
  return `The journey has ${count} ${requestsIn(count)}${depend}.${lies}${carries}`;
}

const events = [
  ['kill', 'a crash'],
  ['stop', 'a stop in order'],
  ['roll', 'a rolling update'],
  ['out', 'a scale-out'],
  ['in', 'a scale-in'],
] as const;

/** By what was done to it; where nothing was, by where memory lies. */
function whatItLoses(sections: readonly Section[], find: Find): string | undefined {
  const tried = events.flatMap(([event, words]) => {
    const share = keptBy(sections, event);
    return share === null ? [] : [[words, share] as const];
  });
  const anyway = keptAnyway(sections);
  if (anyway !== null && anyway < 100 && tried.every(([, share]) => share === 100)) {
    const none = tried.length === 0 ? '' : ` It loses no session by ${listInWords(tried.map(([words]) => words))}.`;
    return `What it loses else cannot be told: with nothing done ${Math.round(100 - anyway)} % of the sessions are lost, too, and the notes say by which reply that shows.${none}`;
  }
  if (tried.length === 0) {
    if (find('memory', 'inProcess'))
      return 'Whatever ends a replica, or sends a client to another one, loses its session.';
    return find('memory', 'otherLost') === 0
      ? 'Any replica serves any client, so that the end of one loses no session.'
      : undefined;
  }
  const lost = tried
    .filter(([, share]) => share < 100)
    .map(([words, share]) => `${Math.round(100 - share)} % by ${words}`);
  const keeping = tried.filter(([, share]) => share === 100).map(([words]) => words);
  if (lost.length === 0) return `It loses no session by ${listInWords(keeping)}.`;
  const none = keeping.length === 0 ? '' : `; none by ${listInWords(keeping)}`;
  return `Of the sessions that are open it loses ${listInWords(lost)}${none}.`;
}

/** What each mode comes to, whatever store it is. */
export const modeWords = {
  stateless: 'each request carries all that it needs',
  shared: 'sessions lie in a shared store, and any replica serves any client',
  sticky: 'sessions lie in one replica, and clients must come back to it',
  unpinned: 'sessions lie in one replica, and clients are not led back to it',
  handoff: 'sessions lie in one replica, and a replica that stops hands them over',
} as const satisfies Record<ServiceMode, string>;

function inMode(mode: ServiceMode | undefined, sections: readonly Section[]): string | undefined {
  if (mode !== undefined) {
    const isLedBackKnown = figureIn(sections, 'affinity', 'held') !== null;
    const condition =
      mode === 'sticky' && !isLedBackKnown ? ' if your front door leads clients back, and unpinned if it does not' : '';
    return `Of the five modes it is in ${mode}${condition}: ${modeWords[mode]}.`;
  }
  if (!sections.some(({ name }) => name === 'memory')) return undefined;
  return 'Which of the five modes it is in, cannot be told here: that takes two replicas that can be asked one by one.';
}

/** What may be another user's data is looked at before all else; then what loses sessions, and then what else is amiss. */
function whatFirst(mode: ServiceMode | undefined, sections: readonly Section[], find: Find): string {
  const look = find('personalisation', 'othersShown')
    ? 'Look first: a reply shows what only another user’s replies had shown. If that is theirs alone, it is a fault whatever ' +
      'the mode; if it is one thing that all users share, and the last one changed, it is none.'
    : undefined;
  const anyway = keptAnyway(sections);
  // What loses sessions by itself is nothing to scale, whichever mode it is.
  const first =
    anyway !== null && anyway < 100
      ? 'Find out first why sessions are lost with nothing done: until then nothing says what scaling would lose.'
      : mode && advice[mode];
  const beside = [
    ...(find('sign-out', 'served')
      ? ['end what a client carried when it signs out, at every replica, for it still opens what it opened']
      : []),
    ...(find('again', 'actedTwice')
      ? ['have the client make up a key for each act, for a request that is sent again acts again']
      : []),
  ];
  const rest =
    beside.length === 0 ? undefined : `${first === undefined ? 'Change' : 'Beside that'}: ${beside.join('; ')}.`;
  return [look, first, rest].filter((part) => part !== undefined).join(' ');
}

const advice: Readonly<Record<ServiceMode, string>> = {
  unpinned:
    'Change first: lead clients back to their replica by a cookie, or better move sessions to a shared store, which needs ' +
    'no affinity and outlives a crash.',
  sticky:
    'Change first: move sessions to a shared store, or have a replica that stops hand them over if a crash may lose some (what ' +
    'lies in a folder outlives its process on a volume); until then keep replicas up, and scale in slowly.',
  handoff:
    'Nothing must change while a crash may lose the sessions of one replica; a shared store would keep those, too.',
  shared:
    'Nothing must change to scale its replicas: see to it that the store is up, since all sessions are lost with it.',
  stateless: 'Nothing must change to scale it.',
};

const requestsIn = (count: number): string => (count === 1 ? 'request' : 'requests');
