/** What ioredis says of a command that was not answered within its time. */
export const timedOut = 'Command timed out';

const unanswered = [
  timedOut,
  'Connection is closed.',
  // Of a transaction whose first answers had come when the connection went.
  'Command aborted due to connection close',
];

const moved = beginningWith('READONLY', 'MASTERDOWN');
const refusals = beginningWith('OOM', 'READONLY', 'MISCONF', 'NOREPLICAS');
const unavailabilities = beginningWith(
  'LOADING',
  'BUSY',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'UNBLOCKED',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
  'DENIED',
  // A store that is a Redis Cluster, or hands its clients on to the new primary: neither is what the bank was given.
  'MOVED',
  'ASK',
  'CROSSSLOT',
  'REDIRECT',
  'ERR max number of clients',
);

/** Before version 7 a store puts the error of a command in a script behind where it happened; a transaction has its own before it. */
function beginningWith(...words: readonly string[]): RegExp {
  const wrapped = '(?:ERR Error running script .* -|EXECABORT Transaction discarded because of: )?';
  return new RegExp(`^${wrapped}(?:${words.join('|')})\\b`);
}

/** Whether another connection may reach a store that takes what this one refused: a failover left it at the old primary. */
export function isRedisMoved(error: Error): boolean {
  return moved.test(error.message);
}

/**
 * Whether the store refused a command before it changed anything, also within a script: it is full, a replica, cannot write
 * its log, or has too few replicas. A command that was sent twice would have found what the first one did.
 */
export function isRedisRefusal(error: unknown): boolean {
  return error instanceof Error && refusals.test(error.message);
}

/**
 * Whether the store did not answer, or not as a store: the outcome of a command that changes something is then unknown.
 * Its other error words (ERR, WRONGTYPE, NOSCRIPT, BUSYKEY and their like) tell of a fault of ours.
 */
export function isRedisFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const fault =
    unanswered.includes(error.message) ||
    error.name === 'MaxRetriesPerRequestError' ||
    isRedisRefusal(error) ||
    unavailabilities.test(error.message);
  // A transaction that was discarded tells apart why its commands were refused; of one that was cut off, all have the same
  // error, which then holds itself.
  const { previousErrors = [] } = error as { readonly previousErrors?: readonly unknown[] };
  return fault || previousErrors.some((previous) => previous !== error && isRedisFault(previous));
}
