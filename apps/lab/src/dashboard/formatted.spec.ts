import { describe, expect, it } from '@jest/globals';
import { sampleNow } from '../../test/sample-now.js';
import type { Autoscaling } from '../platform/platform.js';
import type { PodSnapshot } from '../protocol/snapshots.js';
import {
  cpuShareOf,
  bankAddress,
  figuresOf,
  hasMark,
  measuredIn,
  milliseconds,
  readable,
  roughly,
  scalingOf,
  withoutUnit,
} from '../page/formatted.js';
import { terms } from '../page/terms.js';

const silent = { cpu: null, memoryBytes: null, sessions: null, perSecond: null, failed: null, p99Ms: null };
const pod: PodSnapshot = {
  name: 'session-sticky-0',
  phase: 'ready',
  bootId: null,
  cpu: 62.6,
  memoryBytes: 91e6,
  sessions: 3,
  perSecond: 4.4,
  failed: 1,
  p99Ms: 12.3,
};
const autoscaling: Autoscaling = { min: 2, max: 6, current: 2, desired: 3, cpu: 71, target: 50, unit: 'm', others: [] };

describe('what the page tells', () => {
  it('tells a pod, and of sessions only where they are kept', () => {
    const texts = (name: string, of: PodSnapshot) => figuresOf(name, of, null).map(({ text }) => text);
    expect(texts('session-sticky', pod)).toEqual(['4', '12 ms', '3', '63m', '91 MB']);
    expect(texts('account', pod)).toEqual(['4', '12 ms', '1', '63m', '91 MB']);
  });

  it('says where the sessions of a pod are that holds none', () => {
    const none = { ...pod, sessions: 0 };
    expect(figuresOf('session-shared', none, null)).toContainEqual({ label: 'sessions', text: 'in Redis' });
    expect(measuredIn('session-shared', none)).toEqual({ inside: 'serves the experiment', dots: 0 });
  });

  it('has a plain word for each figure of a pod', () => {
    const labels = ['session-sticky', 'account'].flatMap((name) =>
      figuresOf(name, pod, null).map(({ label }) => label),
    );
    expect(labels.filter((label) => terms[label] === undefined)).toEqual([]);
  });

  it('tells what is not known from what is none', () => {
    const none = { ...pod, perSecond: 0, sessions: 0 };
    expect(figuresOf('session-sticky', none, null).map(({ text }) => text)).toEqual([
      '0',
      '12 ms',
      '0',
      '63m',
      '91 MB',
    ]);
    const unknown = figuresOf('session-sticky', { ...pod, ...silent }, null).map(({ text }) => text);
    expect(unknown).toEqual(['–', '–', '–', '–', '–']);
  });

  it('draws CPU against what the autoscaler aims at: half of the bar', () => {
    expect(figuresOf('account', pod, autoscaling)).toContainEqual({ label: 'CPU', text: '63m / 50m' });
    expect(cpuShareOf({ ...pod, cpu: 50 }, autoscaling)).toBe(0.5);
    expect(cpuShareOf({ ...pod, cpu: 400 }, autoscaling)).toBe(1);
    expect(cpuShareOf({ ...pod, cpu: null }, autoscaling)).toBe(0);
  });

  it('draws CPU against a core where there is no such aim', () => {
    for (const other of [null, { ...autoscaling, unit: '%' } as const, { ...autoscaling, target: null }]) {
      expect(hasMark(other)).toBe(false);
      expect(cpuShareOf({ ...pod, cpu: 500 }, other)).toBe(0.5);
    }
  });

  it('says what the autoscaler does, and where there is none', () => {
    expect(scalingOf(autoscaling)).toBe(
      'The autoscaler (HPA) has 2, wants 3, between 2 and 6; it reads CPU 71m of 50m that it aims at.',
    );
    expect(scalingOf({ ...autoscaling, cpu: null })).toContain('reads CPU unknown');
    expect(scalingOf(null)).toContain('by hand');
  });

  it('tells a latency with as many figures as it has meaning', () => {
    expect([null, 3.14, 12.3, 1_234].map(milliseconds)).toEqual(['–', '3.1 ms', '12 ms', '1.2 s']);
  });

  it('tells a length of time roughly', () => {
    expect([4_400, 119_000, 200_000].map(roughly)).toEqual(['4 s', '119 s', '3 min']);
  });

  it.each([
    ['idleMs', 250, 'idle', '250 ms'],
    ['expiresInMs', 300_000, 'expiresIn', '5 min'],
    ['id', '0f8fad5b-d9cb-469f-a165-70867728950e', 'id', '0f8fad5b…'],
    ['payee', 'Bob', 'payee', 'Bob'],
    ['looks', 3, 'looks', '3'],
    ['payee', null, 'payee', 'nothing'],
  ])('tells %s of the bank so that it can be read', (name, value, displayName, displayed) => {
    expect([withoutUnit(name), readable(name, value)]).toEqual([displayName, displayed]);
  });

  it('tells moments as times of day', () => {
    expect(readable('since', '2026-11-24T12:34:56.789Z')).toMatch(/^\d\d:34:56$/);
  });
});

const local = sampleNow({ baseUrl: 'http://127.0.0.1:8080' });
const inCluster = sampleNow({ platform: 'kubernetes', baseUrl: 'http://tellers-gateway.tellers.svc' });

describe('the front door that a reader is told', () => {
  it.each([
    ['its own port on one machine', local, 'http://127.0.0.1:4000', '/', 'http://127.0.0.1:8080'],
    ['that through which the page came', inCluster, 'http://bank.example', '/lab/', 'http://bank.example'],
    ['that which the lab knows', inCluster, 'http://127.0.0.1:4000', '/', 'http://tellers-gateway.tellers.svc'],
  ])('is %s', (_, now, origin, pathname, address) => expect(bankAddress(now, { origin, pathname })).toBe(address));
});
