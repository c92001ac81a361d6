import type { BankNow, CrowdNow } from '../src/dashboard/web/messages.js';

/** What a page is told of a bank with nothing in it, but for some parts. */
export const sampleNow = (parts: Partial<BankNow>): BankNow => ({
  bank: 'b',
  door: 'http://127.0.0.1:8080',
  platform: 'local',
  may: [],
  at: 1,
  readAt: null,
  fault: null,
  workloads: [],
  happenings: [],
  crowd: null,
  audit: null,
  experiments: null,
  ...parts,
});

/** Nobody at the counters yet, but for some parts. */
export const sampleCrowd = (parts: Partial<CrowdNow>): CrowdNow => ({
  settings: {
    modes: ['sticky'],
    available: ['stateless', 'sticky'],
    customers: 40,
    arrivalsPerSecond: 2,
    customersMost: 500,
    arrivalsMost: 50,
    thinkMs: 2_000,
  },
  customers: [],
  modes: [],
  losses: [],
  ...parts,
});
