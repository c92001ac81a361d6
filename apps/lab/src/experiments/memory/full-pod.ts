import { Connection } from '../../customers/connection.js';
import { CookieJar } from '../../customers/cookie-jar.js';
import type { Exchange } from '../../customers/exchange.js';
import { problemCode } from '../../customers/outcome.js';
import type { ModeRecord } from '../../load/mode-record.js';
import { seeded } from '../../load/random.js';
import { modes } from '../../modes.js';
import type { Figures, Lab } from '../experiment.js';
import type { ManySessions } from '../many-sessions.js';
import { shuffled } from '../schedule.js';
import type { MemoryKey } from './claims.js';

const tries = 20;

export type FullKey = Extract<MemoryKey, 'most' | 'toldFull' | 'goOn'>;

/**
 * What clients see of a pod that takes no more sessions: whether those past its bound are told so by a problem document
 * with a 503 and a time to try again, and whether those inside go on.
 */
export async function meetFullPod(lab: Lab, many: ManySessions, record: ModeRecord): Promise<Figures<FullKey>> {
  const { path } = modes[record.mode];
  const connection = new Connection(lab.platform.baseUrl);
  const [told, went]: [Exchange[], Exchange[]] = [[], []];
  try {
    for (const cookies of shuffled(many.cookies, seeded(lab.seed)).slice(0, tries)) {
      told.push(await many.tryOne(connection));
      connection.cookies = CookieJar.holding(cookies);
      const asked = await connection.send({ operation: 'who', method: 'GET', path });
      record.exchanged(asked, asked.startedAt);
      went.push(asked);
    }
  } finally {
    await connection.close();
  }
  const share = (some: readonly Exchange[]): number => (100 * some.length) / tries;
  return {
    most: many.opened,
    toldFull: share(told.filter(saysFull)),
    goOn: share(went.filter(({ outcome }) => outcome.kind === 'ok')),
  };
}

const saysFull = ({ status, body, retryAfterMs }: Exchange): boolean =>
  status === 503 && problemCode(body) === 'too-many-sessions' && retryAfterMs !== undefined;
