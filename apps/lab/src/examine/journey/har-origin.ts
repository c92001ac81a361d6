import { UserError } from '../../user-error.js';
import type { HarEntry } from './har-file.js';

/** Whose requests are taken: the origin asked for, else the first document's, else the one that was asked most. */
export function chosenOrigin(entries: readonly HarEntry[], wished: string | undefined): string {
  const counts = requestsByOrigin(entries);
  if (wished !== undefined) {
    const origin = URL.canParse(wished) ? new URL(wished).origin : wished;
    if (counts.has(origin)) return origin;
    throw new UserError(
      `No request of the recording went to ${origin}. There are those to ${[...counts.keys()].join(', ')}.`,
    );
  }
  const document =
    entries.find((entry) => isDocument(entry) && entry.response.status === 200) ?? entries.find(isDocument);
  const ofDocument = document && originOf(document);
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one)[0]!;
  // A page whose own origin gave nothing but itself is served apart from the service that it asks.
  return ofDocument !== undefined && (counts.get(ofDocument)! > 1 || counts.size === 1) ? ofDocument : most;
}

/** How many requests went to each origin. */
export function requestsByOrigin(entries: readonly HarEntry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const origin of entries.map(originOf)) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  return counts;
}

/** Such as `https://shop.example`. */
export function originOf({ request }: HarEntry): string {
  return new URL(request.url).origin;
}

function isDocument({ _resourceType: type, request, response }: HarEntry): boolean {
  return type === undefined
    ? request.method === 'GET' && /^text\/html/i.test(response.content?.mimeType ?? '')
    : type === 'document';
}
