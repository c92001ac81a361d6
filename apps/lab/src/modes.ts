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
  },
  sticky: {
    name: 'sticky',
    style: 'stateful',
    workload: 'session-sticky',
    path: '/session',
    store: 'memory',
    affinity: 'cookie',
  },
  unpinned: {
    name: 'unpinned',
    style: 'stateful',
    workload: 'session-unpinned',
    path: '/unpinned/session',
    store: 'memory',
    affinity: 'none',
  },
  handoff: {
    name: 'handoff',
    style: 'stateful',
    workload: 'session-handoff',
    path: '/handoff/session',
    store: 'handoff',
    affinity: 'cookie',
  },
  shared: {
    name: 'shared',
    style: 'stateful',
    workload: 'session-shared',
    path: '/shared/session',
    store: 'redis',
    affinity: 'none',
  },
};

export const modeNames = Object.keys(modes) as ModeName[];
