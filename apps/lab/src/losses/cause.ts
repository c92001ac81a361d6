import type { Exchange } from '../customers/exchange.js';
import type { ModeName } from '../modes.js';

/** Under which a lost session or a failed request is booked; the last one is a fault of ours. */
export const lossCauses = [
  'owner-died',
  'drained-without-handoff',
  'misrouted',
  'expired',
  'refused',
  'timed-out',
  'gateway-error',
  'unexplained',
] as const;

export type LossCause = (typeof lossCauses)[number];

/** How the boot that a session lived in had ended when the session was lost; undefined when it had not. */
export type BootEnd = 'died' | 'stopped' | undefined;

/** What each mode may lose by its design; what it loses beyond that, no cause explains. */
const mayLose: Readonly<Record<ModeName, readonly LossCause[]>> = {
  stateless: ['expired'],
  sticky: ['owner-died', 'drained-without-handoff', 'misrouted', 'expired'],
  unpinned: ['owner-died', 'drained-without-handoff', 'misrouted', 'expired'],
  handoff: ['owner-died', 'misrouted', 'expired'],
  shared: ['expired'],
};

/**
 * The cause of a lost session.
 * @param told the problem's code, by which the bank said that it does not know the session
 * @param end of the boot that answered the customer last
 */
export function causeOfLoss(mode: ModeName, told: string, end: BootEnd): LossCause {
  const cause = apparentCause(told, end);
  return cause !== undefined && mayLose[mode].includes(cause) ? cause : 'unexplained';
}

/** What the platform saw of the owner goes before what the bank says of it: a pod may not know yet that another is gone. */
function apparentCause(told: string, end: BootEnd): LossCause | undefined {
  if (told === 'session-expired') return 'expired';
  if (told !== 'session-owner-gone' && told !== 'session-misrouted') return undefined;
  if (end === 'died') return 'owner-died';
  if (end === 'stopped') return 'drained-without-handoff';
  return told === 'session-misrouted' ? 'misrouted' : undefined;
}

const timeOuts = [
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'gateway-timeout',
  'http-504',
];

/** The cause of a request that was not answered, or by a 5xx; undefined for one that did not fail. */
export function causeOfFailure({ outcome, status, servedBy }: FailedExchange): LossCause | undefined {
  if (outcome.kind === 'unknown' && timeOuts.includes(outcome.why)) return 'timed-out';
  if (outcome.kind !== 'unknown' && (status === undefined || status < 500)) return undefined;
  // What bears no pod's name came, or did not come, from the front door.
  if (servedBy === undefined) return 'gateway-error';
  return status === 500 ? 'unexplained' : 'refused';
}

export type FailedExchange = Pick<Exchange, 'outcome' | 'status' | 'servedBy'>;
