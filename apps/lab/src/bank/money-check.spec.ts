import { expect, it } from '@jest/globals';
import type { Platform } from '../platform/platform.js';
import { checkMoney } from './money-check.js';
import type { CustomerPool } from './pool.js';
import type { AuditReport } from './audit.js';

const clean: AuditReport = { clean: true, accounts: 1, transfers: 0, breach: null };
const pool = { customers: [], knownLossMinor: 0 } as unknown as CustomerPool;

/** A bank whose audit fails so often before it is answered. */
function bank(failures: number): Platform {
  let asked = 0;
  const ask = async (): Promise<string> => {
    if (asked++ < failures) throw new Error('Command timed out');
    return JSON.stringify(clean);
  };
  return { baseUrl: 'http://127.0.0.1', ask } as unknown as Platform;
}

it('begins an audit anew that the store did not answer in time', async () => {
  expect((await checkMoney(bank(2), pool)).audit).toEqual(clean);
});

it('says so when the ledger cannot be audited', async () => {
  await expect(checkMoney(bank(3), pool)).rejects.toThrow('Command timed out');
});
