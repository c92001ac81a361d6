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

const words: Readonly<Record<LossCause, string>> = {
  'owner-died': 'its pod died',
  'drained-without-handoff': 'its pod was stopped',
  misrouted: 'sent to another pod',
  expired: 'timed out, idle too long',
  refused: 'a pod could not serve it',
  'timed-out': 'no answer in time',
  'gateway-error': 'the front door had no pod for it',
  unexplained: 'unexplained',
};

/** Why a session or a request was lost, in a few words; what ran it is a pod, or a replica of whatever service. */
export function causeInWords(cause: string, runner: 'pod' | 'replica' = 'pod'): string {
  return words[cause as LossCause]?.replace('pod', runner) ?? cause;
}
