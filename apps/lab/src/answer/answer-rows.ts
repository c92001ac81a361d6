import { modes, type ModeName } from '../bank/modes.js';
import { killHere } from '../platform/platform.js';

/** How a row's cells come about: from figures of one experiment, or from the design. */
export type RowSource = MeasuredSource | DesignSource;

interface RowWords {
  readonly label: string;
  readonly about: string;
}

export interface MeasuredSource extends RowWords {
  readonly experiment: string;
  /** Without all of these there is no cell. */
  readonly keys: readonly string[];
  /** Undefined for the first figure as it is, with its interval. */
  readonly reckon?: (values: readonly number[]) => number;
  /** Undefined for the number with the first figure's unit. */
  readonly write?: (values: readonly number[]) => string;
  /** How a note begins that puts the figure of some modes in doubt. */
  readonly doubtedBy?: { readonly note: string; readonly in: (mode: ModeName) => boolean };
}

interface DesignSource extends RowWords {
  readonly byDesign: (mode: ModeName) => number;
}

const inAll = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
/** A slope may come out negative by noise. */
const notBelowNought = ([value = 0]: readonly number[]): number => Math.max(0, value);
const whatIsNot = ([percent = 0]: readonly number[]): number => 100 - percent;
const partOf = ([part, whole]: readonly number[]): string => `${part} of ${whole}`;

/** Rows that the answer in short is told by, too. */
export const rowsInShort = {
  cpu: 'CPU for an act of a user',
  heap: 'heap for a session in a pod',
  store: 'store operations a request',
  well: 'all is well: sessions lost',
  killed: 'a pod killed: sessions lost',
  rollout: 'a rollout: sessions lost',
  paused: 'store paused: looks failed',
  even: 'twice the pods: even after',
  hottest: 'twice the pods: hottest’s load',
} as const;

/** What a reader who must decide asks of each mode. */
export const answerRows: readonly { readonly title: string; readonly rows: readonly RowSource[] }[] = [
  {
    title: 'What it costs',
    rows: [
      {
        label: 'requests for an act of a user',
        about: 'A look or a step of a transfer; more where less is remembered',
        experiment: 'advise',
        keys: ['perAct'],
      },
      {
        label: 'CPU for one request more',
        about: 'Of the pods, under load, while users look',
        experiment: 'advise',
        keys: ['cpu'],
      },
      {
        label: rowsInShort.cpu,
        about: 'The two above, one times the other',
        experiment: 'advise',
        keys: ['cpu', 'perAct'],
        reckon: ([cpu = 0, requests = 0]) => cpu * requests,
      },
      {
        label: 'bytes a request of a journey',
        about: 'Headers and bodies, both ways, from the sign-in to the transfer',
        experiment: 'redundancy',
        keys: ['requestHeader', 'requestBody', 'replyHeader', 'replyBody'],
        reckon: inAll,
      },
      {
        label: 'memory of an empty pod',
        about: 'With no session in it',
        experiment: 'memory',
        keys: ['fittedAt0'],
        write: ([bytes = 0]) => `${Math.round(bytes / 1e6)}\u00a0MB`,
      },
      {
        label: rowsInShort.heap,
        about: 'What one more, or one more request, leaves in use after a collection of garbage',
        experiment: 'memory',
        keys: ['kept'],
        reckon: notBelowNought,
      },
      {
        label: rowsInShort.store,
        about: 'On Redis, for the session’s sake',
        byDesign: (mode) => modes[mode].storeOperations,
      },
    ],
  },
  {
    title: 'What it loses',
    rows: [
      {
        label: rowsInShort.well,
        about: 'While nobody does anything to any pod',
        experiment: 'amnesia',
        keys: ['lostBefore'],
      },
      {
        label: rowsInShort.killed,
        about: 'Of those in the pod, in all rounds',
        experiment: 'amnesia',
        keys: ['livedLost', 'lived'],
        write: partOf,
        doubtedBy: { note: killHere, in: (mode) => modes[mode].store === 'handoff' },
      },
      {
        label: 'a pod killed: money lost',
        about: 'By the statements of all customers',
        experiment: 'amnesia',
        keys: ['moneyLost'],
      },
      {
        label: 'a pod stopped: transfers lost',
        about: 'Of those that were before their last step',
        experiment: 'wizard',
        keys: ['stopAfterAmount'],
        reckon: whatIsNot,
      },
      {
        label: rowsInShort.rollout,
        about: 'Of those open at its start; more, where one is lost again',
        experiment: 'rolling-update',
        keys: ['lost', 'active'],
        write: partOf,
      },
      {
        label: 'a scale-in: sessions lost',
        about: 'Of those in the pod that went; more, where others were lost too',
        experiment: 'scale-in',
        keys: ['lost', 'inPod'],
        write: partOf,
      },
      {
        label: rowsInShort.paused,
        about: 'Of the looks while Redis stood still',
        experiment: 'store-down',
        keys: ['pauseLooks'],
      },
      {
        label: 'store restarted: looks failed',
        about: 'Of the looks while Redis was away',
        experiment: 'store-down',
        keys: ['restartLooks'],
      },
      {
        label: 'store full: looks failed',
        about: 'Of the looks while Redis took nothing more',
        experiment: 'store-down',
        keys: ['fillLooks'],
      },
      {
        label: 'store failing: sessions lost',
        about: 'By any of these three',
        experiment: 'store-down',
        keys: ['lost'],
      },
    ],
  },
  {
    title: 'How it scales',
    rows: [
      {
        label: 'a new pod: its first load',
        about: 'Of an even share, in its first seconds',
        experiment: 'scale-out',
        keys: ['newShare'],
      },
      {
        label: rowsInShort.even,
        about: 'From ready to at most 120 % of the average in the hottest, for users who stay',
        experiment: 'rebalance',
        keys: ['even'],
        write: ([ms = 0]) => `${Math.round(ms / 1_000)}\u00a0s`,
      },
      {
        label: rowsInShort.hottest,
        about: 'Of the average, at the end, for users who stay',
        experiment: 'rebalance',
        keys: ['hottest'],
      },
      {
        label: 'four pods: throughput',
        about: 'Of four times that of one pod of the same mode',
        experiment: 'speed-up',
        keys: ['ideal4'],
      },
    ],
  },
];
