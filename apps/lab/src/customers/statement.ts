import type { Asking } from './asking.js';

/** One line of an account's statement. */
export interface Entry {
  readonly id: string;
  readonly transferId: string;
  /** Negative when money left the account. */
  readonly amountMinor: number;
  readonly counterparty: string;
}

interface EntriesPage {
  readonly entries: readonly Entry[];
  readonly next: string | null;
}

/** Reads a whole statement page by page, over HTTP as any customer can. */
export async function readStatement(ask: Asking, accountId: string, bearer: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after = ''; ;) {
    const path = `/account/accounts/${accountId}/entries?limit=100${after}`;
    const page = (await ask({ operation: 'statement', method: 'GET', path, bearer })).body as EntriesPage;
    entries.push(...page.entries);
    if (page.next === null || page.entries.length === 0) return entries;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}
