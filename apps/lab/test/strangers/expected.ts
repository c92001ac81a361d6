import type { StrangerName } from './strangers.js';

/** The claims of an examination, by what they are about; their numbers stand beside the claims. */
export const claimNumbers = {
  anyReplica: 1,
  standsAlone: 2,
  idAlone: 3,
  cookiesGuarded: 4,
  sentAgainTheSame: 5,
  nobodyElses: 6,
  actsOnce: 7,
  survivesCrash: 8,
  survivesStop: 9,
  survivesRoll: 10,
  survivesScaleOut: 11,
  survivesScaleIn: 12,
  ledBack: 13,
  signedOut: 16,
} as const;

export type ClaimTopic = keyof typeof claimNumbers;

export const [yes, no, untold] = ['holds', 'does not hold', 'cannot tell here'] as const;

/** What is ruled on some claims, by their topics. */
export type Rulings = Readonly<Partial<Record<ClaimTopic, typeof yes | typeof no | typeof untold>>>;

/** What documentation implies for a stranger; of a claim that is not there it says nothing. */
export interface ExpectedFindings {
  /** What it says, in our words. */
  readonly documented: string;
  readonly mode: 'stateless' | 'sticky' | 'shared' | 'any';
  readonly rulings: Rulings;
}

/** Of memory that no process has for itself. */
export const keptWhateverEnds = {
  anyReplica: yes,
  survivesCrash: yes,
  survivesStop: yes,
  survivesRoll: yes,
  survivesScaleOut: yes,
  survivesScaleIn: yes,
} as const;

/** Of memory in a process: a new replica takes nothing away from clients that are led back to theirs. */
export const lostWithItsProcess = {
  anyReplica: no,
  survivesCrash: no,
  survivesStop: no,
  survivesRoll: no,
  survivesScaleOut: yes,
  survivesScaleIn: no,
} as const;

export const expected: Readonly<Record<StrangerName, ExpectedFindings>> = {
  'express-memory-store': {
    documented:
      'MemoryStore does not scale past one process. The cookie has a signed id, and no SameSite unless it is set. A session ' +
      'is gone from its store once it is destroyed.',
    mode: 'sticky',
    rulings: {
      ...lostWithItsProcess,
      standsAlone: no,
      idAlone: yes,
      cookiesGuarded: no,
      sentAgainTheSame: no,
      nobodyElses: yes,
      actsOnce: no,
      signedOut: yes,
    },
  },
  'express-redis-store': {
    documented: 'Sessions lie in Redis, whichever process asks.',
    mode: 'shared',
    rulings: {
      ...keptWhateverEnds,
      standsAlone: no,
      idAlone: yes,
      cookiesGuarded: no,
      nobodyElses: yes,
      actsOnce: no,
      signedOut: yes,
    },
  },
  flask: {
    documented:
      'The session is a signed cookie that its user can read, so that nothing on the server can end it; it has no SameSite ' +
      'unless it is set. A PUT of what is there already changes nothing.',
    mode: 'stateless',
    rulings: {
      ...keptWhateverEnds,
      standsAlone: no,
      idAlone: no,
      cookiesGuarded: no,
      nobodyElses: yes,
      actsOnce: yes,
      signedOut: no,
    },
  },
  django: {
    documented:
      'Sessions lie in the database, and the cookie has an id alone. The cookie of the CSRF token is there for scripts, ' +
      'too, unless CSRF_COOKIE_HTTPONLY is set. A logout takes the session out of the database.',
    mode: 'shared',
    rulings: {
      ...keptWhateverEnds,
      standsAlone: no,
      idAlone: yes,
      cookiesGuarded: no,
      nobodyElses: yes,
      actsOnce: no,
      signedOut: yes,
    },
  },
  jetty: {
    documented: 'Without a SessionDataStore sessions are in memory, and lost when the server stops.',
    mode: 'sticky',
    rulings: {
      ...lostWithItsProcess,
      standsAlone: no,
      idAlone: yes,
      cookiesGuarded: no,
      nobodyElses: yes,
      actsOnce: no,
      signedOut: yes,
    },
  },
  podinfo: {
    documented: 'It keeps nothing of its clients: a token says who they are, signed by a secret that replicas share.',
    mode: 'stateless',
    rulings: { ...keptWhateverEnds, standsAlone: no, idAlone: no, cookiesGuarded: untold, nobodyElses: yes },
  },
  'socket-io': {
    documented:
      'Several servers need sticky sessions, or HTTP long-polling is answered 400, "Session ID unknown". A message is ' +
      'delivered at most once for each time it is sent.',
    mode: 'sticky',
    rulings: { ...lostWithItsProcess, standsAlone: no, nobodyElses: yes },
  },
  'csrf-sync': {
    documented:
      'The token is kept in the session, which is state of the server, and here in its memory; else it is 403.',
    mode: 'sticky',
    rulings: { ...lostWithItsProcess, standsAlone: no, idAlone: yes, nobodyElses: yes },
  },
  'express-rate-limit': {
    documented:
      'Each process counts for itself who asks how often, which headers tell; no reply is another before the limit. No ' +
      'cookie is set.',
    mode: 'stateless',
    rulings: {
      ...keptWhateverEnds,
      standsAlone: yes,
      idAlone: yes,
      cookiesGuarded: untold,
      sentAgainTheSame: yes,
      nobodyElses: yes,
      actsOnce: untold,
      signedOut: untold,
    },
  },
  multer: {
    documented: 'Files are written to the disk of the process that takes them, each under a random name of its own.',
    mode: 'sticky',
    rulings: { ...lostWithItsProcess, standsAlone: no, cookiesGuarded: untold, nobodyElses: yes, actsOnce: untold },
  },
  'others-data': {
    documented: 'Broken on purpose: one replica answers with the data of whoever asked first.',
    mode: 'any',
    rulings: { nobodyElses: no },
  },
  'survives-sign-out': {
    documented: 'Broken on purpose: one replica serves on who has signed out.',
    mode: 'any',
    rulings: { ...keptWhateverEnds, nobodyElses: yes, signedOut: no },
  },
  'acts-twice': {
    documented: 'Broken on purpose: a POST acts again when it is sent again with the same idempotency key.',
    mode: 'any',
    rulings: { ...keptWhateverEnds, nobodyElses: yes, actsOnce: no },
  },
};
