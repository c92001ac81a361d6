import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmallBank } from '../../../test/small-bank.js';
import type { Platform } from '../../platform/platform.js';
import { isOverdue, tryStolenToken } from './stolen-token.js';

let bank: SmallBank;
let platform: Platform;

beforeEach(async () => {
  bank = await new SmallBank().open();
  const pods = async (workload?: string) => (['account', 'session-sticky'].includes(workload ?? '') ? [{}] : []);
  platform = { baseUrl: bank.baseUrl, pods } as unknown as Platform;
});

afterEach(() => bank.close());

const refused = { status: 401, body: { type: 'urn:tellers:problem:token-invalid' } };

describe('a stolen token', () => {
  it('is tried in each mode that there is, until it is refused there', async () => {
    let looks = 0;
    bank.fault = ({ method, path }) => {
      if (path === '/account/accounts' && ++looks > 2) return refused;
      return method === 'POST' && path === '/session' ? refused : undefined;
    };
    const fates = await tryStolenToken(platform);
    expect([...fates.keys()]).toEqual(['stateless', 'sticky']);
    expect(fates.get('stateless')).toMatchObject({ over: true, tries: 3 });
    expect(fates.get('stateless')!.worked).toBeGreaterThanOrEqual(1);
    expect(fates.get('stateless')!.worked).toBeLessThan(2);
    expect(fates.get('sticky')).toMatchObject({ over: true, tries: 1, worked: 0 });
  });

  it('is told nothing by a pod that fails, and is nobody’s load at the stateful service', async () => {
    bank.fault = ({ path }) => (path === '/account/accounts' ? { status: 503 } : undefined);
    const fates = await tryStolenToken(platform, 1_500);
    expect(fates.get('stateless')).toMatchObject({ over: false, tries: 0, worked: 0 });
    expect(fates.get('sticky')).toMatchObject({ over: false, tries: 2 });
    expect(bank.pods.map(({ sessions }) => sessions.size)).toEqual([0, 0]);
  });

  it('is tried to its end, whatever the patience, when that is near', async () => {
    let looks = 0;
    bank.fault = ({ path }) => {
      if (path === '/auth/login')
        return { status: 200, body: { access_token: 't-a', refresh_token: 'r-a', expires_in: 1 } };
      return path === '/session' || (path === '/account/accounts' && ++looks > 2) ? refused : undefined;
    };
    const fates = await tryStolenToken(platform, 0);
    expect(fates.get('stateless')).toMatchObject({ over: true, tries: 3 });
    expect(fates.get('stateless')!.left).toBeLessThanOrEqual(1);
  });

  it('is overdue when it works past its own end, and not by what clocks may differ', () => {
    expect(isOverdue({ worked: 304, left: 300 })).toBe(false);
    expect(isOverdue({ worked: 307, left: 300 })).toBe(true);
  });
});
