/** A place that runs share; each beats there under its own name for as long as it lives. */
export interface LeasePlace {
  beat(): Promise<void>;
  /** How long the beat of each other run was before this one's last, by the place's own clock, in ms. */
  silences(): Promise<ReadonlyMap<string, number>>;
  /** Takes away what that run has here. */
  remove(run: string): Promise<void>;
  /** Takes away what this run has here. */
  removeOwn(): Promise<void>;
}

/** A run that was silent for longer may be dead. */
const leaseMs = 10_000;
/** So often it must be found silent, one beat of our own after the other: a machine that slept wakes up run by run. */
const proofs = 3;

/** Beats in one place, and clears away after runs that beat no more, in whatever container they ran. */
export class Lease {
  readonly #foundSilent = new Map<string, number>();
  #renewing: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(private readonly place: LeasePlace) {}

  /** To be called each second, one call after the other. */
  renew(): Promise<void> {
    this.#renewing = this.#ended ? Promise.resolve() : this.#renew();
    return this.#renewing;
  }

  /** Beats no more, and takes away what this run has; also when it did before. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#renewing.catch(() => {});
    await this.place.removeOwn();
  }

  async #renew(): Promise<void> {
    await this.place.beat();
    const silences = await this.place.silences();
    for (const [run, silentMs] of silences) {
      const found = silentMs > leaseMs ? (this.#foundSilent.get(run) ?? 0) + 1 : 0;
      this.#foundSilent.set(run, found);
      if (found >= proofs) await this.place.remove(run);
    }
  }
}
