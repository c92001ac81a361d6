import type { Redis } from 'ioredis';
import { accountsScript } from './accounts.lua.js';
import { closeUnusedScript } from './close-unused.lua.js';
import { openAccountsScript } from './open-accounts.lua.js';
import { transferScript } from './transfer.lua.js';

/** Keys that the transfer script takes before its arguments. */
export const transferKeyCount = 6;

/** The ledger's scripts as commands: sent by digest, and in full only to a Redis that does not know them yet. */
export interface LedgerCommands {
  ledgerTransfer(...keysAndArguments: string[]): Promise<[storeMs: string, reply: string]>;
  ledgerAccounts(
    accountsKey: string,
    prefix: string,
  ): Promise<[id: string, kind: string, currency: string, balance: string][]>;
  ledgerOpenAccounts(keyCount: number, ...keysAndArguments: string[]): Promise<string>;
  ledgerCloseUnused(
    ...keysAndArguments: [accountsKey: string, sequenceKey: string, recordKey: string, ...args: string[]]
  ): Promise<'closed' | 'in-use'>;
}

export function ledgerCommands(redis: Redis): LedgerCommands {
  redis.defineCommand('ledgerTransfer', { lua: transferScript, numberOfKeys: transferKeyCount });
  redis.defineCommand('ledgerAccounts', { lua: accountsScript, numberOfKeys: 1 });
  redis.defineCommand('ledgerOpenAccounts', { lua: openAccountsScript });
  redis.defineCommand('ledgerCloseUnused', { lua: closeUnusedScript, numberOfKeys: 3 });
  return redis as Redis & LedgerCommands;
}
