import type { LossCause } from '../losses/loss-causes.js';

/** The two styles: each request whole, or a teller that remembers. */
export type Style = 'stateless' | 'stateful';

/** A pair of store and affinity, with the path that it answers under. */
export interface Mode {
  readonly name: ModeName;
  readonly style: Style;
  readonly workload: WorkloadName;
  /** Prefix of its paths at the front door. */
  readonly path: string;
  readonly store: 'none' | 'memory' | 'handoff' | 'redis';
  readonly affinity: 'none' | 'cookie';
  /** Operations on the store that a request takes for the sake of its session. */
  readonly storeOperations: number;
  /** Where a session lives, to be read after "a session lives". */
  readonly livesIn: string;
  /** What it does with what it is told, for somebody who never heard of it. */
  readonly meaning: string;
  /** What it may lose by its design. */
  readonly mayLose: readonly LossCause[];
}

export type ModeName = 'stateless' | 'sticky' | 'unpinned' | 'handoff' | 'shared';

/** What a platform scales as one: a Deployment or a StatefulSet. */
export type WorkloadName =
  'auth' | 'account' | 'session-sticky' | 'session-unpinned' | 'session-handoff' | 'session-shared';

export const modes: Readonly<Record<ModeName, Mode>> = {
  stateless: {
    name: 'stateless',
    style: 'stateless',
    workload: 'account',
    path: '/account',
    store: 'none',
    affinity: 'none',
    storeOperations: 0,
    livesIn: 'in what the client sends; the server keeps nothing',
    meaning: 'No pod remembers you. Each request brings all it needs, and any pod answers.',
    mayLose: ['expired'],
  },
  sticky: {
    name: 'sticky',
    style: 'stateful',
    workload: 'session-sticky',
    path: '/session',
    store: 'memory',
    affinity: 'cookie',
    storeOperations: 0,
    livesIn: 'in the memory of one pod, to which a cookie brings the client back',
    meaning: 'One pod remembers you, in its memory. A cookie leads you back to it.',
    mayLose: ['owner-died', 'drained-without-handoff', 'misrouted', 'expired'],
  },
  unpinned: {
    name: 'unpinned',
    style: 'stateful',
    workload: 'session-unpinned',
    path: '/unpinned/session',
    store: 'memory',
    affinity: 'none',
    storeOperations: 0,
    livesIn: 'in the memory of one pod, which the next request may miss',
    meaning: 'One pod remembers you, in its memory, but nothing leads you back to it.',
    mayLose: ['owner-died', 'drained-without-handoff', 'misrouted', 'expired'],
  },
  handoff: {
    name: 'handoff',
    style: 'stateful',
    workload: 'session-handoff',
    path: '/handoff/session',
    store: 'handoff',
    affinity: 'cookie',
    storeOperations: 0,
    livesIn: 'in the memory of one pod; a pod that stops writes it out, and another takes it over',
    meaning: 'One pod remembers you. When it is stopped in order, it hands you over.',
    mayLose: ['owner-died', 'misrouted', 'expired'],
  },
  shared: {
    name: 'shared',
    style: 'stateful',
    workload: 'session-shared',
    path: '/shared/session',
    store: 'redis',
    affinity: 'none',
    storeOperations: 2,
    livesIn: 'in Redis, where every pod finds it',
    meaning: 'Redis remembers you, so any pod can answer.',
    mayLose: ['expired'],
  },
};

/** Why the same customers ask more of one style than of the other. */
export const requestsOfALook =
  'A look is two requests in the stateless style and one in the stateful, so that the same customers send more in the former.';

export const modeNames = Object.keys(modes) as ModeName[];

/** All modes as a scorecard tells of them. */
export const modesInReport = Object.values(modes).map(({ name, style, livesIn }) => ({
  name,
  about: `${style}: a session lives ${livesIn}.`,
}));

/** The mode whose pods a workload's are; undefined for one that serves all. */
export const modeOfWorkload = (workload: string): Mode | undefined =>
  Object.values(modes).find((mode) => mode.workload === workload);

export const keepsSessions = (workload: string): boolean => modeOfWorkload(workload)?.style === 'stateful';

/** Whether a workload's sessions are all in the store, so that its pods hold none. */
export const isInRedis = (workload: string): boolean => modeOfWorkload(workload)?.store === 'redis';

/** Whether a mode's sessions live in the memory of its pods. */
export const isHeldInPod = (mode: ModeName): boolean => ['memory', 'handoff'].includes(modes[mode].store);

/** Whether a request may miss its session by design, since nothing leads it to the pod that has it. */
export const isMisroutedByDesign = (mode: ModeName): boolean => isHeldInPod(mode) && modes[mode].affinity === 'none';
