import { Connection } from '../../http/connection.js';
import { CookieJar } from '../../http/cookie-jar.js';
import type { RecordedRequest } from '../../http/recorded-request.js';
import { problemCode } from '../../http/outcome.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { seeded, shuffled } from '../../load/random.js';
import { modes } from '../../bank/modes.js';
import type { Lab } from '../experiment.js';
import type { SessionSeeder } from '../session-seeder.js';
import type { MemoryKey } from './claims.js';
import type { Figures } from '../../statistics/figures.js';

const tries = 20;

export type FullKey = Extract<MemoryKey, 'max' | 'refusedAsFull' | 'goOn'>;

/**
 * What clients see of a pod that takes no more sessions: whether those past its bound are told so by a problem document
 * with a 503 and a time to try again, and whether those inside go on.
 */
export async function meetFullPod(lab: Lab, many: SessionSeeder, record: ModeRecord): Promise<Figures<FullKey>> {
  const { path } = modes[record.mode];
  await using connection = new Connection(lab.platform.baseUrl);
  const [reported, went]: [RecordedRequest[], RecordedRequest[]] = [[], []];
  for (const cookies of shuffled(many.cookies, seeded(lab.seed)).slice(0, tries)) {
    reported.push(await many.tryOne(connection));
    connection.cookies = CookieJar.holding(cookies);
    const asked = await connection.send({ operation: 'who', method: 'GET', path });
    record.requestRecorded(asked, asked.startedAt);
    went.push(asked);
  }
  const share = (some: readonly RecordedRequest[]): number => (100 * some.length) / tries;
  return {
    max: many.opened,
    refusedAsFull: share(reported.filter(saysFull)),
    goOn: share(went.filter(({ outcome }) => outcome.kind === 'ok')),
  };
}

const saysFull = ({ status, body, retryAfterMs }: RecordedRequest): boolean =>
  status === 503 && problemCode(body) === 'too-many-sessions' && retryAfterMs !== undefined;
