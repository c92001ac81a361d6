/** Why sessions were lost, by the problem that the bank answered with. */
export interface Causes {
  readonly ownerGone: number;
  readonly misrouted: number;
  readonly otherCause: number;
}

/** Counts the causes of lost sessions. */
export function countCauses(lost: readonly string[]): Causes {
  const because = (cause: string): number => lost.filter((one) => one === cause).length;
  const [ownerGone, misrouted] = [because('session-owner-gone'), because('session-misrouted')];
  return { ownerGone, misrouted, otherCause: lost.length - ownerGone - misrouted };
}
