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
