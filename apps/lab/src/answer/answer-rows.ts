import { modes, type ModeName } from '../bank/modes.js';
import { killHere } from '../platform/platform.js';
import { figureText } from '../report/format.js';
import type { Unit } from '../report/plot.js';

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
  /** Undefined for one figure as it is, with its interval. */
  readonly write?: WriteFigures;
  /** How a note begins that puts the figure of some modes in doubt. */
  readonly doubtedBy?: { readonly note: string; readonly in: (mode: ModeName) => boolean };
}

type WriteFigures = (values: readonly number[], unit: Unit) => string;

interface DesignSource extends RowWords {
  readonly byDesign: (mode: ModeName) => string;
}

const inAll: WriteFigures = (values, unit) => figureText(values.reduce((sum, value) => sum + value, 0), unit); // prettier-ignore
/** A slope may come out negative by noise. */
const notBelowNought: WriteFigures = ([value = 0], unit) => figureText(Math.max(0, value), unit);
const partOf: WriteFigures = ([part, whole]) => `${part} of ${whole}`;
const whatIsNot: WriteFigures = ([percent = 0]) => figureText(100 - percent, 'percent');

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
        about: 'Of the pods, under load',
        experiment: 'advise',
        keys: ['cpu'],
      },
      {
        label: 'bytes a request, both ways',
        about: 'Headers and bodies of request and reply',
        experiment: 'redundancy',
        keys: ['requestHeader', 'requestBody', 'replyHeader', 'replyBody'],
        write: inAll,
      },
      {
        label: 'memory of an empty pod',
        about: 'With no session in it',
        experiment: 'memory',
        keys: ['fittedAt0'],
        write: ([bytes = 0]) => `${Math.round(bytes / 1e6)}\u00a0MB`,
      },
      {
        label: 'memory for a session in a pod',
        about: 'Heap that one more session, or request, leaves in use',
        experiment: 'memory',
        keys: ['kept'],
        write: notBelowNought,
      },
      {
        label: 'store operations a request',
        about: 'On Redis, for the session’s sake',
        byDesign: (mode) => String(modes[mode].storeOperations),
      },
    ],
  },
  {
    title: 'What it loses',
    rows: [
      {
        label: 'all is well: sessions lost',
        about: 'While nobody does anything to any pod',
        experiment: 'amnesia',
        keys: ['lostBefore'],
      },
      {
        label: 'a pod killed: sessions lost',
        about: 'Of those in the pod',
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
        write: whatIsNot,
      },
      {
        label: 'a rollout: sessions lost',
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
        label: 'store paused: looks failed',
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
        label: 'a new pod: even after',
        about: 'From ready to an even share',
        experiment: 'scale-out',
        keys: ['even'],
      },
      {
        label: 'the hottest pod: its load',
        about: 'Of the average, with sessions that stay',
        experiment: 'cold-pod',
        keys: ['hottestLoad'],
      },
      {
        label: 'four pods: throughput',
        about: 'Of four times that of one',
        experiment: 'speed-up',
        keys: ['ideal4'],
      },
    ],
  },
];
