/** Calls back when whoever started this process has ended, or let go of it, also when that was while it was still loading. */
export function whenParentEnds(then: () => void): void {
  // The event comes once, and nobody who listens later hears of it.
  if (process.connected) process.once('disconnect', then);
  else then();
}
