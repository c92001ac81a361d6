import { type AffinityMark, affinityMark, byAddress, readCookie } from './affinity.js';

/** A pod as the gateway sees it. */
export interface Upstream {
  readonly name: string;
  readonly bootId: string;
  readonly port: number;
  /** False for a pod that is stopping: it serves on for the clients whose cookie names it, and gets no new ones. */
  readonly accepting: boolean;
}

/** A path prefix and the pods behind it; clients come back to a pod by the cookie of that name, or by their address. */
export interface Route {
  readonly path: string;
  readonly affinityCookie?: string;
  readonly byAddress?: true;
  readonly upstreams: readonly Upstream[];
}

/** A pod to send to, and what to tell the client so that it comes back: undefined if it knows already or need not. */
export interface UpstreamChoice {
  readonly upstream: Upstream;
  readonly setCookie: string | undefined;
}

/** One route, its pods in turn. */
export class LiveRoute {
  readonly #accepting: readonly Upstream[];
  readonly #marks = new Map<Upstream, AffinityMark>();
  readonly #byCookie = new Map<string, UpstreamChoice>();
  #turn: number;

  constructor(
    readonly definition: Route,
    turn: number,
  ) {
    this.#turn = turn;
    this.#accepting = definition.upstreams.filter((upstream) => upstream.accepting);
    if (definition.affinityCookie === undefined) return;
    for (const upstream of definition.upstreams) {
      const mark = affinityMark(definition.affinityCookie, upstream);
      this.#marks.set(upstream, mark);
      this.#byCookie.set(mark.value, { upstream, setCookie: undefined });
    }
  }

  get pinned(): boolean {
    return this.definition.affinityCookie !== undefined || this.byAddress;
  }

  get byAddress(): boolean {
    return this.definition.byAddress === true;
  }

  get turn(): number {
    return this.#turn;
  }

  /** The pod that the client's cookie names, if it still serves; else the next ready one; undefined if none is. */
  choose(cookieHeader: string | undefined, address = ''): UpstreamChoice | undefined {
    if (this.byAddress) {
      const upstream = byAddress(address, this.#accepting);
      return upstream && { upstream, setCookie: undefined };
    }
    if (this.definition.affinityCookie !== undefined && cookieHeader !== undefined) {
      const value = readCookie(cookieHeader, this.definition.affinityCookie);
      const known = value === undefined ? undefined : this.#byCookie.get(value);
      if (known !== undefined) return known;
    }
    return this.chooseNext(undefined);
  }

  /** The next ready pod in turn other than the one that just failed. */
  chooseNext(failed: Upstream | undefined): UpstreamChoice | undefined {
    const pods = this.#accepting;
    for (let tries = 0; tries < pods.length; tries += 1) {
      const upstream = pods[this.#turn % pods.length];
      this.#turn += 1;
      if (upstream !== undefined && upstream.port !== failed?.port) {
        return { upstream, setCookie: this.#marks.get(upstream)?.setCookie };
      }
    }
    return undefined;
  }
}

/** The routing table: the longest prefix that ends at a path segment wins, as for Kubernetes' `pathType: Prefix`. */
export class RoutingTable {
  #routes: readonly LiveRoute[] = [];

  /** Takes a new table; routes that stay go on where their turn was. */
  replace(definitions: readonly Route[]): void {
    const turns = new Map(this.#routes.map((route) => [route.definition.path, route.turn]));
    this.#routes = definitions
      .map((definition) => new LiveRoute(definition, turns.get(definition.path) ?? 0))
      .toSorted((a, b) => b.definition.path.length - a.definition.path.length);
  }

  /** Finds the route of a request target such as `/account/accounts?limit=1`. */
  match(target: string): LiveRoute | undefined {
    return this.#routes.find((route) => isUnder(target, route.definition.path));
  }
}

function isUnder(target: string, prefix: string): boolean {
  if (!target.startsWith(prefix)) return false;
  const next = target.charAt(prefix.length);
  return next === '' || next === '/' || next === '?';
}
