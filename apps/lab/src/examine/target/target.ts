/** One process of the examined service that can be reached by itself. */
export interface Replica {
  readonly name: string;
  /** Without a trailing slash: `http://127.0.0.1:3001`. */
  readonly address: string;
  /** Headers by which it is reached there; none in most places. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The examined service, wherever it runs. What a target cannot do is not there, and `cannot` says why. */
export interface Target {
  /** What the report calls it: `http://127.0.0.1:3000`, `deployment/cart in shop`. */
  readonly name: string;
  /** Where clients come in, without a trailing slash; undefined where replicas alone are known. */
  readonly frontDoor: string | undefined;
  /** Those that serve now: one that was started again may have another address. None where only a front door is known. */
  replicas(): Promise<readonly Replica[]>;
  /** Why it cannot break, scale or measure: a whole sentence for the report, which says what to do. */
  readonly cannot: Readonly<Partial<Record<TargetAbility, string>>>;
  /** A crash of a replica. Resolves when its process is gone; `settled` tells when another serves. */
  kill?(replica: string): Promise<void>;
  /** What a kill is here, where it is not quite a crash: a sentence for who reads figures. */
  readonly killNote?: string;
  /** A stop in order: SIGTERM and its grace period. Resolves when it is gone. */
  stop?(replica: string): Promise<void>;
  /** Replaces every replica, one at a time. Resolves when all are new. */
  roll?(): Promise<void>;
  /** Resolves when so many serve and no more. */
  scale?(replicas: number): Promise<void>;
  /** Leads clients back to their replica, or not. Only where the front door is the lab's own. */
  affinity?(by: 'none' | 'cookie'): Promise<void>;
  /** Resident memory of each replica, in bytes. */
  memory?(): Promise<ReadonlyMap<string, number>>;
  /** CPU that each replica has used since it began, in seconds. */
  cpuSeconds?(): Promise<ReadonlyMap<string, number>>;
  /** How many lines of each replica's log were so far as the function says, where logs can be read. */
  logged?(isMeant: (line: string) => boolean): Promise<ReadonlyMap<string, number>>;
  /** What happened to replicas though nothing was done to them, in a sentence each. */
  mishaps?(): readonly string[];
  /** Resolves when as many serve as should; rejects after `timeoutMs`. */
  settled(timeoutMs: number): Promise<void>;
  /** Puts replicas back as they were and lets go of all. Safe to call twice. */
  close(): Promise<void>;
}

export type TargetAbility = 'replicas' | 'kill' | 'stop' | 'roll' | 'scale' | 'memory' | 'cpu' | 'frontDoor';
