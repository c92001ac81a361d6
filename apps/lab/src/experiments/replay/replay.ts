import { Connection } from '../../http/connection.js';
import { CookieJar } from '../../http/cookie-jar.js';
import type { RecordedRequest } from '../../http/recorded-request.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { seeded, shuffled } from '../../load/random.js';
import { modes, type ModeName } from '../../bank/modes.js';
import { uncounted } from '../uncounted.js';
import type { Experiment, Lab } from '../experiment.js';
import { claims, kinds, type ReplayKey } from './claims.js';
import { replacePods } from '../fresh-pods.js';
import { recordJourneys, type Recorded } from './recording.js';
import { isSameReply, ofOneReply } from './same-reply.js';
import type { Figures } from '../../statistics/figures.js';

const customersRecorded = 8;
const customersRecordedQuick = 4;

/** Claim 6: requests that were recorded, sent again alone, in any order, to pods that never saw the customer. */
export const replay: Experiment<ReplayKey> = {
  name: 'replay',
  summary: 'recorded requests, sent again alone and in any order to a fresh pod: how many get the same reply',
  claims,
  kinds,
  how:
    `${customersRecorded} customers (${customersRecordedQuick} in a quick run) look, pay and look twice, and nobody signs out. All have paid before the first looks ` +
    "again, so that the ledger is the same from there on. Then every pod of the mode is killed, and each request to the mode's " +
    'own paths is sent again to its successors, with the same method, path, headers, cookies and body, one after the other ' +
    'in an order that the seed shuffles. The same reply: the same status and body, but for what belongs to one reply alone ' +
    `(${Object.keys(ofOneReply).join(', ')}). Requests that had read the ledger before the money moved count only in "to ` +
    'all": there the ledger tells something else, whoever asks.',
  rounds: { local: 5, kubernetes: 3 },
  together: 'always',
  expectedSeconds: (_, platform) => (platform === 'local' ? 5 : 25),
  measure,
};

async function measure(lab: Lab, mode: ModeName): Promise<Figures<ReplayKey>> {
  const { platform, pool, quick, seed } = lab;
  if (platform.killNote !== undefined) lab.note(platform.killNote);
  const record = uncounted(lab, mode);
  const count = Math.min(quick ? customersRecordedQuick : customersRecorded, pool.customers.length - 1);
  lab.progress(`${mode}: ${count} customers are recorded`);
  const recorded = await recordJourneys(lab, mode, count, record);
  await using connection = new Connection(platform.baseUrl);
  lab.progress(`${mode}: every pod is killed`);
  await replacePods(platform, mode);
  lab.progress(`${mode}: ${recorded.length} requests are sent again`);
  const compared: Compared[] = [];
  for (const one of shuffled(recorded, seeded(seed))) compared.push(await sendAgain(one, connection, record));
  return figuresOf(compared);
}

interface Compared {
  readonly was: Recorded;
  readonly now: RecordedRequest;
  readonly same: boolean;
  readonly movedAgain: boolean;
}

async function sendAgain(was: Recorded, connection: Connection, record: ModeRecord): Promise<Compared> {
  connection.cookies = CookieJar.holding(was.cookies);
  const now = await connection.send(was.request);
  record.requestRecorded(now, now.startedAt);
  if (was.request.operation === 'open' && now.outcome.kind === 'ok') await signOutAtService(was, connection);
  return { was, now, same: isSameReply(was.reply, now), movedAgain: movedAgain(was, now, record.mode) };
}

/** The session that the replay opened is of no use to anyone, and a pod that stops would wait for it. */
async function signOutAtService({ request }: Recorded, connection: Connection): Promise<void> {
  await connection.send({ operation: 'close', method: 'DELETE', path: request.path });
}

/**
 * Whether the reply to a confirmation tells of another transfer than it did. Where the client brings the transfer's key
 * that is a fault, and the statements are to find it; a stateful service makes a key up when a transfer begins,
 * and requests that happen to come in the old order begin another one.
 */
function movedAgain({ request, customer, reply }: Recorded, now: RecordedRequest, mode: ModeName): boolean {
  if (request.operation !== 'confirm' || now.outcome.kind !== 'ok' || modes[mode].style === 'stateless') return false;
  const [before, after] = [reply.body, now.body].map((body) => (body as { transferId?: string }).transferId);
  if (before === undefined || before === after) return false;
  const attempt = customer.transfers.attempts.find(({ transferId }) => transferId === before);
  if (attempt === undefined) return false;
  attempt.belief = 'moved-again';
  return true;
}

function figuresOf(compared: readonly Compared[]): Figures<ReplayKey> {
  const comparable = compared.filter(({ was }) => !was.ledgerMoved);
  const percent = (some: readonly Compared[], of: readonly Compared[]): number | null =>
    of.length === 0 ? null : (100 * some.length) / of.length;
  return {
    asked: compared.length,
    comparable: comparable.length,
    same: percent(
      comparable.filter(({ same }) => same),
      comparable,
    ),
    sameOfAll: percent(
      compared.filter(({ same }) => same),
      compared,
    ),
    unknown: percent(
      compared.filter(({ now }) => now.outcome.kind === 'session-lost'),
      compared,
    ),
    movedAgain: compared.filter((one) => one.movedAgain).length,
  };
}
