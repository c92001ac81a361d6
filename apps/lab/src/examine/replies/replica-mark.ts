import type { Reply } from '../walk/reply.js';
import { placeInPage, placeOf } from './difference.js';
import { readReply } from './read-reply.js';

/** Something in replies that is the same for all of one replica and another for each other replica. */
export interface ReplicaMark {
  /** `header x-served-by`, `cookie SERVERID`, `/hostname`. */
  readonly place: string;
  /** The replica's name where it is known, else what the mark says; undefined where a reply does not bear it. */
  replicaOf(reply: Reply): string | undefined;
}

const byContent =
  /^header (date|age|etag|expires|last-modified|content-length|content-encoding|set-cookie|location|vary|connection|keep-alive|x-cache.*|cf-.*)$/;

/** The marks of replicas that were asked one by one the same thing, twice or more each; the surest first. */
export function replicaMarks(byReplica: ReadonlyMap<string, readonly Reply[]>): ReplicaMark[] {
  const marked = [...byReplica].map(([replica, replies]) => ({ replica, same: sayingsOfAll(replies) }));
  const [first, ...others] = marked;
  if (first === undefined || others.length === 0) return [];
  return [...first.same.keys()].flatMap((place) => {
    const replicas = new Map(
      marked.flatMap(({ replica, same }) => (same.has(place) ? [[same.get(place)!, replica] as const] : [])),
    );
    return replicas.size === marked.length ? [markAt(place, replicas)] : [];
  });
}

/** Names of what tells which process, machine or place it was. */
const telling = /host|pod|serv|instance|replica|backend|node|upstream|container|machine|worker|boot|zone|region/i;

/**
 * What may tell replicas apart where they cannot be asked one by one: what takes a few values over replies to the same
 * request of new clients, each more than once; of a body what is named for it alone. The likeliest first.
 */
export function likelyMarks(replies: readonly Reply[]): ReplicaMark[] {
  const sayings = replies.map(sayingsOf);
  const places = [...new Set(sayings.flatMap((saying) => [...saying.keys()]))];
  const marks = places.flatMap((place) => {
    const counts = new Map<string | undefined, number>();
    for (const saying of sayings) counts.set(saying.get(place), (counts.get(saying.get(place)) ?? 0) + 1);
    const values = [...counts.keys()].filter((value) => value !== undefined);
    const isFew =
      values.length > 1 && values.length === counts.size && [...counts.values()].every((count) => count > 1);
    const isNamed = telling.test(place) || (isOfBody(place) && values.every((value) => telling.test(value)));
    if (!isFew || (isOfBody(place) && !isNamed)) return [];
    return [{ isNamed, mark: markAt(place, new Map(values.map((value) => [value, value]))) }];
  });
  return marks.toSorted((one, other) => Number(other.isNamed) - Number(one.isNamed)).map(({ mark }) => mark);
}

/** A new process may say of itself in a header what none has said; in a body another page may say anything there. */
function markAt(place: string, replicas: ReadonlyMap<string, string>): ReplicaMark {
  return {
    place: placeOf(placeInPage(place)),
    replicaOf(reply) {
      const value = (isOfBody(place) ? sayingsOf(reply) : outerSayingsOf(reply)).get(place);
      return value === undefined ? undefined : (replicas.get(value) ?? (isOfBody(place) ? undefined : value));
    },
  };
}

function isOfBody(place: string): boolean {
  return !/^(header|cookie) /.test(place);
}

/** What all the replies say alike; none of one reply alone, since all of it is alike. */
function sayingsOfAll(replies: readonly Reply[]): Map<string, string> {
  const [first, ...others] = replies.map(sayingsOf);
  if (first === undefined || others.length === 0) return new Map();
  return new Map([...first].filter(([place, value]) => others.every((other) => other.get(place) === value)));
}

/** Headers before cookies before the body: what is told on purpose is surer. */
function sayingsOf(reply: Reply): Map<string, string> {
  const parts = readReply(reply).parts.filter(({ kind, repeated }) => !repeated && !kind.startsWith('cookie '));
  return new Map([...outerSayingsOf(reply), ...parts.map(({ at, tokens }) => [at, tokens.join(' ')] as const)]);
}

function outerSayingsOf({ headers }: Reply): Map<string, string> {
  const lines = Object.entries(headers).map(([name, values]) => [`header ${name}`, values.join(', ')] as const);
  const cookies = (headers['set-cookie'] ?? []).map((line) => {
    const [, name = '', value = ''] = /^([^=;]*)=?([^;]*)/.exec(line) ?? [];
    return [`cookie ${name.trim()}`, value] as const;
  });
  return new Map([...lines.filter(([place]) => !byContent.test(place)), ...cookies]);
}
