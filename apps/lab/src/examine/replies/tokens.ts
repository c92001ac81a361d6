/** Stands for a point or a span of time in tokens. */
export const time = '\u0001';

const month = '(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\\.?';
const day = `(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(?:\\d{1,2}[ /-]${month}[ /-]\\d{2,4}|${month} \\d{1,2}(?:,? \\d{4})?|\\d{1,2}[/.]\\d{1,2}[/.]\\d{4})`;
const clock = '\\d{1,2}:\\d\\d(?::\\d\\d)?(?:[.,]\\d+)?(?: ?[ap]\\.?m\\b\\.?)?';
const zone =
  '(?: ?(?:GMT|UTC|Z|CES?T|[EP][SD]T)(?:[+-]\\d\\d:?\\d\\d)?| ?[+-]\\d\\d:?\\d\\d)?(?: \\([^)]*\\))?(?: \\d{4}\\b)?';
const unit = '(?:ns|µs|us|ms|msecs?|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|milliseconds?)';

/** What changes with the clock alone: it is never compared, whether or not it was seen to change. */
const times = new RegExp(
  [
    // ISO 8601 and RFC 3339, as databases and logs write it, too.
    `\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?(?: ?(?:Z|UTC|[+-]\\d\\d:?\\d\\d))?`,
    // HTTP dates, JavaScript's, ctime's, Django's, access logs'.
    `${day}(?:,? (?:at )?|:)${clock}${zone}`,
    `\\b\\d{1,2}:\\d\\d:\\d\\d(?:[.,]\\d+)?\\b`,
    // Seconds, milli-, micro- or nanoseconds since 1970, from 2020 to 2033.
    `\\b1[6-9]\\d{8}(?:\\d{3}|\\d{6}|\\d{9})?(?:\\.\\d+)?\\b`,
    `\\b(?:\\d+h)?(?:\\d+m)?\\d+(?:[.,]\\d+)? ?${unit}\\b(?: ago\\b)?`,
  ].join('|'),
  'giu',
);

/** A word keeps its hyphens and dots, so that an id, an address or a pod's name is one token. */
const token = /[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?|[^\s\p{L}\p{N}_]/gu;

/** Text in words and signs, with what changes with the clock masked. */
export function tokensOf(text: string): string[] {
  return text.replace(times, ` ${time} `).match(token) ?? [];
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a token is an id or a secret by its look: long, of letters and digits without sense. */
export function isOpaque(word: string): boolean {
  if (uuid.test(word) || /^\d{19,}$/.test(word)) return true;
  // A name in a path has its digits apart from its letters (`air-max-2024`).
  return (
    word.length >= 16 && word.split(/[-._]/).some((run) => run.length >= 10 && /\d/.test(run) && /[a-z]/i.test(run))
  );
}

/** Whether a token is a word or a number, rather than a sign. */
export function isWord(word: string): boolean {
  return /[\p{L}\p{N}]/u.test(word);
}

/** Text without what looks like an id or a secret, for whom it is shown to. */
export function withoutOpaque(text: string): string {
  return text.replace(token, (word) => (isOpaque(word) ? '…' : word));
}
