import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '../../http/connection.js';
import { CookieJar } from '../../http/cookie-jar.js';
import type { RecordedRequest } from '../../http/recorded-request.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { seeded, shuffled } from '../../load/random.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Pod } from '../../platform/platform.js';
import { uncounted } from '../uncounted.js';
import type { Lab } from '../experiment.js';
import { cookiesTo } from '../fresh-pods.js';
import { SessionSeeder, untilOpened } from '../session-seeder.js';
import type { CustomerSession } from '../../bank/observer.js';

export const sampleSize = 200;

const lookEveryMs = 20;
const longestMs = 60_000;

export interface HandedOver {
  /** From the order until one of the last sessions answers elsewhere; null when none did. */
  readonly tookMs: number | null;
  readonly sampled: number;
  readonly lost: number;
}

/** Fills the pod that goes first with so many sessions, takes it away, and asks for them at those that stay. */
export async function handOver(lab: Lab, mode: ModeName, size: number): Promise<HandedOver> {
  const { platform, seed } = lab;
  const { workload } = modes[mode];
  const pods = await platform.pods(workload);
  const leaver = lastOf(pods);
  const record = uncounted(lab, mode);
  const toPod = await cookiesTo(platform, mode, leaver.name);
  await using many = new SessionSeeder({ baseUrl: platform.baseUrl, record, toPod });
  await using connection = new Connection(platform.baseUrl);
  lab.progress(`${mode}: ${leaver.name} is filled with ${size} sessions`);
  await many.open(size, untilOpened(size));
  const held = (await platform.metric(workload, 'tellers_sessions_open')).get(leaver.name) ?? 0;
  const full = held >= size;
  if (!full) lab.note(`${mode}: a pod held ${held} sessions, not ${size}, when it was taken away; that is not timed.`);
  const sessions = many.cookies.map((cookies) => cookies.filter((cookie) => !toPod.includes(cookie)));
  lab.progress(`${mode}: ${leaver.name} is taken away with ${held} sessions`);
  const orderedAt = performance.now();
  const scaling = platform.scale(workload, pods.length - 1);
  const request = new Asker(connection, record, leaver);
  const tookMs = await request.untilElsewhere(sessions.toReversed(), orderedAt);
  await scaling;
  const sample = shuffled(sessions.slice(0, -1), seeded(seed)).slice(0, sampleSize);
  let lost = tookMs === null ? 1 : 0;
  for (const cookies of sample) if (!(await request.isKnown(cookies))) lost++;
  return { tookMs: full ? tookMs : null, sampled: sample.length + 1, lost };
}

/** A StatefulSet takes the highest number away first. */
function lastOf(pods: readonly Pod[]): Pod {
  const numberOf = ({ name }: Pod): number => Number(name.slice(name.lastIndexOf('-') + 1));
  const [last] = pods.toSorted((one, other) => numberOf(other) - numberOf(one));
  if (last === undefined || pods.length < 2) throw new Error('It takes two pods to take one away.');
  return last;
}

/** Asks for sessions of a pod that goes, and books those that are lost. */
class Asker {
  constructor(
    private readonly connection: Connection,
    private readonly record: ModeRecord,
    private readonly leaver: Pod,
  ) {}

  /**
   * Asks for one session after the other until another pod than the leaver knows it: a leaver that is still asked hands
   * that one over at once. A pod may not know at first that the owner stops. What is not known when the owner is gone
   * was not handed over.
   */
  async untilElsewhere(sessions: readonly (readonly string[])[], since: number): Promise<number | null> {
    let cause = 'session-misrouted';
    for (let asked = 0; performance.now() < since + longestMs; asked++) {
      const { outcome, servedBy, endedAt } = await this.#request(sessions[asked % sessions.length] ?? []);
      if (outcome.kind === 'ok' && servedBy?.bootId !== this.leaver.bootId) return endedAt - since;
      if (outcome.kind === 'session-lost') cause = outcome.cause;
      if (cause === 'session-owner-gone') break;
      await sleep(lookEveryMs);
    }
    this.#bookLost(cause);
    return null;
  }

  /** Whether the bank knows the session, which is closed then, as nobody will need it. */
  async isKnown(cookies: readonly string[]): Promise<boolean> {
    const { outcome } = await this.#request(cookies);
    if (outcome.kind === 'session-lost') this.#bookLost(outcome.cause);
    if (outcome.kind !== 'ok') return false;
    await this.#request(cookies, 'DELETE');
    return true;
  }

  async #request(cookies: readonly string[], method: 'GET' | 'DELETE' = 'GET'): Promise<RecordedRequest> {
    this.connection.cookies = CookieJar.holding(cookies);
    const { path } = modes[this.record.mode];
    const recorded = await this.connection.send({ operation: 'who', method, path });
    this.record.requestRecorded(recorded, recorded.startedAt);
    return recorded;
  }

  #bookLost(cause: string): void {
    const { name, bootId = '' } = this.leaver;
    const session: CustomerSession = { mode: this.record.mode, home: { pod: name, bootId }, end: undefined };
    this.record.opened(session);
    session.end = { how: 'lost', cause, unfinished: undefined };
    this.record.ended(session);
  }
}
