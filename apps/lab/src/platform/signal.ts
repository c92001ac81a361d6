/** Tells listeners that something has changed, and lets others wait until that makes a condition hold. */
export class Signal<News> {
  readonly #listeners = new Set<(news: News) => void>();

  give(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }

  /** Calls back until the returned function is called. */
  listen(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves when the condition holds, which is tried now and at each signal; `late` tells why it did not in time. */
  until(holds: () => boolean, timeoutMs: number, late: () => string): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        forget();
        settle();
      };
      const timer = setTimeout(() => done(() => reject(new Error(late()))), timeoutMs);
      const check = (): void => {
        if (holds()) done(resolve);
      };
      const forget = this.listen(check);
      check();
    });
  }
}
