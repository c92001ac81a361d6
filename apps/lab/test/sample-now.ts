import type { BankSnapshot, CrowdSnapshot } from '../src/protocol/snapshots.js';

/** What a page is told of a bank with nothing in it, but for some parts. */
export const sampleNow = (parts: Partial<BankSnapshot>): BankSnapshot => ({
  bank: 'b',
  baseUrl: 'http://127.0.0.1:8080',
  platform: 'local',
  may: [],
  at: 1,
  readAt: null,
  fault: null,
  workloads: [],
  events: [],
  crowd: null,
  audit: null,
  experiments: null,
  done: [],
  ...parts,
});

/** Nobody in the modes yet, but for some parts. */
export const sampleCrowd = (parts: Partial<CrowdSnapshot>): CrowdSnapshot => ({
  settings: {
    modes: ['sticky'],
    available: ['stateless', 'sticky'],
    customers: 40,
    arrivalsPerSecond: 2,
    maxCustomers: 500,
    maxArrivals: 50,
    thinkMs: 2_000,
  },
  customers: [],
  modes: [],
  losses: [],
  ...parts,
});
