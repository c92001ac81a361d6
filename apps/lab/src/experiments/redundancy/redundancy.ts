import { journey } from '../../bank/journey.js';
import { ClientSession } from '../../bank/client-session.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { constantVirtualUsers } from '../../load/constant-virtual-users.js';
import { seeded } from '../../load/random.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Experiment, Lab } from '../experiment.js';
import { claims, kinds, type RedundancyKey } from './claims.js';
import { cpuSecondsOf } from '../cpu.js';
import { verifyingCost } from './verifying-cost.js';
import type { Figures } from '../../statistics/figures.js';

/** Enough to keep two pods busy, few enough that auth, which hashes passwords, is not what is measured. */
const customersAtOnce = 6;

/** Claim 7: what a request carries, and what it costs to read that. */
export const redundancy: Experiment<RedundancyKey> = {
  name: 'redundancy',
  summary: 'what each request carries that the bank was told before: bytes, and CPU to verify it',
  claims,
  kinds,
  how:
    `${customersAtOnce} customers at a time make whole journeys without thinking. Bytes are counted at the customer's ` +
    'socket, sign-in at auth left out. CPU is what the pods of the mode used. Verifying: the CPU of account pods for ' +
    'requests with a token never seen less that for the same requests with one token each; in a journey each pod that ' +
    'sees a token verifies it once (stateless: every account pod, stateful: the pod that opens the session).',
  rounds: { local: 5, kubernetes: 3 },
  together: 'always',
  expectedSeconds: ({ seconds }) => 1.25 * seconds + 2,
  async measure(lab, mode) {
    const verifyUs = await lab.oncePerRound('the cost of verifying a token', () => verifyingCost(lab));
    return journeys(lab, mode, verifyUs);
  },
};

async function journeys(lab: Lab, mode: ModeName, verifyUs: number): Promise<Figures<RedundancyKey>> {
  lab.progress(`${mode}: pods warm up`);
  await keepBusy(lab, lab.recorder().of(mode), (lab.seconds * 1_000) / 4);
  const record = lab.recorder().of(mode);
  lab.progress(`${mode}: customers come for ${lab.seconds} s`);
  const before = await cpuSecondsOf(lab.platform, mode);
  await keepBusy(lab, record, lab.seconds * 1_000);
  const cpu = ((await cpuSecondsOf(lab.platform, mode)) - before) * 1e6;
  const { style, workload } = modes[mode];
  const pods = await lab.platform.pods(workload);
  const verified = style === 'stateless' ? record.sessionsOpened * pods.length : record.sessionsOpened;
  const { requests, bytes, cost } = record;
  return {
    requests,
    requestHeader: record.perRequest(bytes.requestHeader),
    requestBody: record.perRequest(bytes.requestBody),
    replyHeader: record.perRequest(bytes.replyHeader),
    replyBody: record.perRequest(bytes.replyBody),
    carried: record.perRequest(cost.carriedBytes),
    cpu: record.perRequest(cpu),
    verifyShare: cpu === 0 ? null : (100 * verified * verifyUs) / cpu,
    verifyEachShare: style !== 'stateless' || cpu === 0 ? null : shareIfEach(cpu, requests, verified, verifyUs),
  };
}

/** The share if each request's token were verified anew: the true cost with the remembered ones added. */
function shareIfEach(cpu: number, requests: number, verified: number, verifyUs: number): number {
  const all = requests * verifyUs;
  return (100 * all) / (cpu - verified * verifyUs + all);
}

async function keepBusy({ pool, seed }: Lab, record: ModeRecord, durationMs: number): Promise<void> {
  const randoms = Array.from({ length: customersAtOnce }, (_, user) => seeded(seed, user));
  const iterate = async (_: number, _index: number, user: number): Promise<void> => {
    const random = randoms[user]!;
    const customer = await pool.take();
    const clientSession = new ClientSession(customer, record.mode, record, performance.now());
    await journey({ clientSession, payee: pool.payeeFor(customer, random), random, thinkMs: 0 });
    pool.release(customer);
  };
  await constantVirtualUsers({ users: customersAtOnce, durationMs, iterate }).run();
}
