import { UserError } from '../../user-error.js';
import { recordedExchange } from './har-exchange.js';
import { harEntries } from './har-file.js';
import { lacking, leftOut } from './har-notes.js';
import { chosenOrigin, originOf } from './har-origin.js';
import { entryKind } from './har-sort.js';
import type { Recording } from './recording.js';

/** Reads what a browser exported: the requests of one origin, without static assets. @throws UserError */
export function readHar(text: string, origin?: string): Recording {
  const entries = harEntries(text);
  const kinds = new Map(entries.map((entry) => [entry, entryKind(entry)]));
  const requests = entries.filter((entry) => kinds.get(entry) === 'request');
  if (requests.length === 0) {
    const found = [...new Set(kinds.values())].join(', ');
    throw new UserError(
      `No request in this HAR can be walked; there is only: ${found}. Record pages or API calls, too.`,
    );
  }
  const chosen = chosenOrigin(requests, origin);
  const own = requests.filter((entry) => originOf(entry) === chosen);
  const elsewhere = requests.filter((entry) => originOf(entry) !== chosen);
  return {
    origin: chosen,
    exchanges: own.map(recordedExchange),
    notes: [...leftOut([...kinds.values()], elsewhere, chosen), ...lacking(own)],
  };
}
