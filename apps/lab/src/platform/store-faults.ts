/** What can happen to the store that every mode keeps its money in, and some their sessions. */
export interface StoreFaults {
  /** It answers nobody for so long, as with a stalled disk or network. Resolves when that has begun. */
  pause(ms: number): Promise<void>;
  /** It is stopped in order and started again on its data; resolves when it answers. */
  restart(): Promise<void>;
  /** It has no memory left for so long: it refuses every change, and answers what only reads. Resolves when that has begun. */
  fill(ms: number): Promise<void>;
}

export type StoreFault = keyof StoreFaults;
