import type { RecordedRequest } from '../http/recorded-request.js';
import type { LossCause } from './loss-causes.js';

/** How the boot that a session lived in had ended when the session was lost; undefined when it had not. */
export type BootEnd = 'died' | 'stopped' | undefined;

/**
 * The cause of a lost session.
 * @param mayLose what may be lost by design; what is lost beyond that, no cause explains
 * @param reported the problem's code, by which the bank said that it does not know the session
 * @param end of the boot that answered the customer last
 */
export function causeOfLoss(mayLose: readonly LossCause[], reported: string, end: BootEnd): LossCause {
  const cause = apparentCause(reported, end);
  return cause !== undefined && mayLose.includes(cause) ? cause : 'unexplained';
}

/** What the platform saw of the owner goes before what the bank says of it: a pod may not know yet that another is gone. */
function apparentCause(reported: string, end: BootEnd): LossCause | undefined {
  if (reported === 'session-expired') return 'expired';
  if (reported !== 'session-owner-gone' && reported !== 'session-misrouted') return undefined;
  return causeOfEnd(end) ?? (reported === 'session-misrouted' ? 'misrouted' : undefined);
}

/** Under which a boot that ended takes its sessions with it; undefined while it lives. */
export function causeOfEnd(end: BootEnd): LossCause | undefined {
  if (end === undefined) return undefined;
  return end === 'died' ? 'owner-died' : 'drained-without-handoff';
}

const timeOuts = [
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'gateway-timeout',
  'http-504',
];

/** The cause of a request that was not answered, or by a 5xx; undefined for one that did not fail. */
export function causeOfFailure({ outcome, status, servedBy }: FailedRequest): LossCause | undefined {
  if (outcome.kind === 'unknown' && timeOuts.includes(outcome.why)) return 'timed-out';
  if (outcome.kind !== 'unknown' && (status === undefined || status < 500)) return undefined;
  // What bears no pod's name came, or did not come, from the front door.
  if (servedBy === undefined) return 'gateway-error';
  return status === 500 ? 'unexplained' : 'refused';
}

export type FailedRequest = Pick<RecordedRequest, 'outcome' | 'status' | 'servedBy'>;
