import type { Entry, EntryPage } from '#libs/bank';
import type { Send } from '../http/retry.js';

/** Reads a whole statement page by page, over HTTP as any customer can. */
export async function readStatement(send: Send, accountId: string, bearer: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after = ''; ;) {
    const path = `/account/accounts/${accountId}/entries?limit=100${after}`;
    const page = (await send({ operation: 'statement', method: 'GET', path, bearer })).body as EntryPage;
    entries.push(...page.entries);
    if (page.next === null || page.entries.length === 0) return entries;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}
