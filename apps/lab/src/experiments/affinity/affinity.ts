import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedRequest } from '../../http/recorded-request.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { modes } from '../../bank/modes.js';
import { wherePossible } from '../../platform/cannot-here.js';
import type { Affinity } from '../../platform/platform.js';
import type { Experiment, Lab } from '../experiment.js';
import { LookingCustomers } from '../../bank/looking-customers.js';
import { claims, kinds, type AffinityKey } from './claims.js';
import { spreadOf, type Spread } from './spread.js';
import type { Figures } from '../../statistics/figures.js';

const thinkMs = 150;
const maxUsers = 24;
const watchedMs = 1_500;

/** From the ranges that documents may use (RFC 5737), as those below. */
const shared = '203.0.113.7';

const setups = {
  none: { by: 'none', address: () => shared },
  many: { by: 'address', address: (user: number) => `198.51.100.${user + 1}` },
  one: { by: 'address', address: () => shared },
  cookie: { by: 'cookie', address: () => shared },
} as const satisfies Record<string, { by: Affinity; address: (user: number) => string }>;

type Setup = keyof typeof setups;

/** Claim 16: by what a front door leads clients back, and how many share an address. */
export const affinity: Experiment<AffinityKey> = {
  name: 'affinity',
  summary:
    'clients led back by nothing, by address or by cookie, many behind one address: spread, and requests misrouted',
  claims,
  kinds,
  how:
    `Up to ${maxUsers} customers sign in and look every ${thinkMs} ms on average for ${watchedMs} ms, four ` +
    'times: led back by nothing, by address with one each, by address with one for all as behind the gateway of a company or a ' +
    'carrier, and by cookie with one for all. The addresses are what the lab says in X-Forwarded-For to its own ' +
    'front door (gateway). By address a pod is chosen by the highest random weight. Misrouted: the pod did not know the ' +
    'session, which another one had. Where a front door (ingress) cannot be changed, only what the mode has is measured.',
  rounds: 2,
  modes: ['stateless', 'sticky', 'unpinned', 'shared'],
  together: 'always',
  expectedSeconds: (_, platform) => (platform === 'local' ? 10 : 4),
  measure: async (lab, mode) => {
    const record = lab.recorder().of(mode);
    const pods = (await lab.platform.pods(modes[mode].workload)).filter(({ phase }) => phase === 'ready').length;
    const found: Partial<Record<AffinityKey, number | null>> = {};
    try {
      for (const setup of Object.keys(setups) as Setup[]) {
        const { misrouted, busiest } = await tryOut(lab, record, setup, pods);
        found[`${setup}Misrouted`] = misrouted;
        found[`${setup}Busiest`] = busiest;
      }
    } finally {
      await lab.platform.setAffinity(modes[mode].workload, 'as made');
    }
    return { ...found, pods, ...record.counts } as Figures<AffinityKey>;
  },
};

/** Nothing where the front door cannot be made to do so, which is said. */
async function tryOut(lab: Lab, record: ModeRecord, setup: Setup, pods: number): Promise<Spread> {
  const { mode } = record;
  const { by, address } = setups[setup];
  const set = lab.platform.setAffinity(modes[mode].workload, by).then(() => true);
  if (!(await wherePossible(set, lab.note))) return { misrouted: null, busiest: null };
  lab.progress(`${mode}: led back by ${by}${setup === 'many' ? ', one each' : ''}`);
  const { pool, seed } = lab;
  const count = Math.min(maxUsers, pool.customers.length);
  const users = new LookingCustomers({ pool, users: count, mode, observer: record, seed, thinkMs, address });
  const seen: RecordedRequest[] = [];
  await users.arrive();
  record.onRecorded = (recorded) => seen.push(recorded);
  await sleep(watchedMs);
  record.onRecorded = () => undefined;
  await users.leave();
  return spreadOf(
    seen.filter(({ request }) => request.path.startsWith(modes[mode].path)),
    pods,
  );
}
