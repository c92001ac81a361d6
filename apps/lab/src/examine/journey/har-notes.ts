import { type HarEntry, linesOf } from './har-file.js';
import { requestsByOrigin } from './har-origin.js';
import type { EntryKind } from './har-sort.js';

/** What of a HAR does not become part of the journey, in a sentence each. */
export function leftOut(kinds: readonly EntryKind[], elsewhere: readonly HarEntry[], origin: string): string[] {
  const count = (kind: EntryKind) => kinds.filter((other) => other === kind).length;
  const notes: string[] = [];
  const note = (many: number, sentence: string) => {
    if (many > 0) notes.push(sentence);
  };
  const assets = count('asset');
  note(assets, `${requests(assets)} for images, fonts, scripts, style sheets and media ${are(assets)} left out.`);
  const others = [...requestsByOrigin(elsewhere)].map(([other, many]) => `${other} (${many})`);
  note(
    others.length,
    `Requests to ${origin} are taken; those to ${others.join(', ')} are left out. --origin takes another's.`,
  );
  const sockets = count('web socket');
  note(
    sockets,
    `${sockets} WebSocket ${sockets === 1 ? 'connection is' : 'connections are'} not followed: what they carry is not examined.`,
  );
  const streams = count('event stream');
  note(streams, `${requests(streams)} for a stream of events ${are(streams)} left out: their replies do not end.`);
  const preflights = count('preflight');
  note(preflights, `${requests(preflights)} with OPTIONS, of the browser's own, ${are(preflights)} left out.`);
  const unanswered = count('unanswered');
  note(unanswered, `${requests(unanswered)} that got no reply in the recording ${are(unanswered)} left out.`);
  return notes;
}

/** What the recording may lack for being walked, in a sentence each. */
export function lacking(entries: readonly HarEntry[]): string[] {
  const notes: string[] = [];
  const foreign = cookiesFromBefore(entries);
  if (foreign.length > 0) {
    notes.push(
      `The recording begins with cookies that no reply in it gave (${foreign.join(', ')}). If one of them is your ` +
        'session, record again in a private window, from before you sign in: each client begins without cookies here.',
    );
  }
  if (!entries.some(hasSecretHeaders)) {
    notes.push(
      'No cookie and no Authorization header is in it. If scripts of the page send a token, export again with sensitive ' +
        'data (docs/journey.md): browsers leave those headers out otherwise.',
    );
  }
  const contents = entries.map(({ response }) => response.content);
  if (contents.every((content) => !content?.text) && contents.some((content) => (content?.size ?? 0) > 0)) {
    notes.push(
      'The bodies of the replies are not in it, so that no token or id can be found there. Export it with content.',
    );
  }
  if (entries.some(({ request }) => emptyFile.test(request.postData?.text ?? ''))) {
    notes.push(
      'The browser left uploaded files out: the files of the journey are empty. Write their content into the YAML.',
    );
  }
  return notes;
}

const emptyFile = /filename="[^"]+"\r?\n(?:[^\r\n]+\r?\n)*\r?\n\r?\n?--/i;

function cookiesFromBefore(entries: readonly HarEntry[]): string[] {
  const given = new Set<string>();
  const foreign = new Set<string>();
  for (const { request, response } of entries) {
    for (const name of linesOf(request.headers, 'cookie').flatMap(cookieNames)) if (!given.has(name)) foreign.add(name);
    for (const line of linesOf(response.headers, 'set-cookie').flatMap((lines) => lines.split('\n'))) {
      given.add(line.split('=')[0]!.trim());
    }
  }
  return [...foreign];
}

function hasSecretHeaders({ request, response }: HarEntry): boolean {
  return [...request.headers, ...response.headers].some(({ name }) =>
    /^(authorization|cookie|set-cookie)$/i.test(name),
  );
}

function cookieNames(header: string): string[] {
  return header
    .split(';')
    .map((pair) => pair.split('=')[0]!.trim())
    .filter((name) => name !== '');
}

function requests(count: number): string {
  return count === 1 ? '1 request' : `${count} requests`;
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}
