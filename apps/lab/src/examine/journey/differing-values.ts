import type { BroughtValue } from './brought-values.js';
import type { JourneyRequest } from './journey.js';

/** A value that differs between two recordings, and that no reply gave. */
export interface DifferingValue {
  /** Of the request that brings it. */
  readonly index: number;
  readonly brought: BroughtValue;
  /** The column of the users' file that stands in its place; undefined where the first recording's value stays. */
  readonly column: string | undefined;
}

const mostNamed = 3;

/** What was done about such values, a sentence for all of one name, without the values. */
export function differingInWords(
  requests: readonly JourneyRequest[],
  differing: readonly DifferingValue[],
): readonly string[] {
  const bringers = new Map<string, Set<string>>();
  for (const { index, brought, column } of differing) {
    const what = brought.kind === 'path' ? 'A part of the path' : `\`${brought.key.replace(/#\d+$/, '')}\``;
    const done = column === undefined ? 'what the first one has stays' : `it is {{${column}}} now`;
    const sentence = `${what} differs between the recordings, and no reply gave it: ${done}`;
    bringers.set(sentence, (bringers.get(sentence) ?? new Set()).add(requests[index]!.name));
  }
  return [...bringers].map(([sentence, names]) => `${sentence} (${listed([...names])}).`);
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
