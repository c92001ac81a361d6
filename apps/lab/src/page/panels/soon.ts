/** Calls at once and then no more often than that, the last time with the latest. */
export function noMoreOften<Argument>(everyMs: number, call: (latest: Argument) => void): (latest: Argument) => void {
  let waiting: { latest: Argument } | undefined;
  let resting = false;
  const rest = (): void => {
    resting = true;
    setTimeout(() => {
      resting = false;
      if (waiting === undefined) return;
      const { latest } = waiting;
      waiting = undefined;
      call(latest);
      rest();
    }, everyMs);
  };
  return (latest) => {
    if (resting) {
      waiting = { latest };
      return;
    }
    call(latest);
    rest();
  };
}
