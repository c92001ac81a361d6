import { alignRecordings } from './align-recordings.js';
import { type BroughtValue, fieldOf, placeOf } from './brought-values.js';
import type { GivenValue } from './given-values.js';
import { bringing, givenTwice, type GivenTwice, type SecondTime } from './recorded-steps.js';
import type { RecordedReply, Recording } from './recording.js';
import { looksGiven } from './value-look.js';

/** Each step of the first recording as it was in the second. @throws UserError where they are of different journeys */
export function recordedAgain(first: Recording, second: Recording): readonly (SecondTime | undefined)[] {
  const pairs = alignRecordings(first, second);
  return first.exchanges.map((_, index) => {
    const other = second.exchanges[pairs.get(index) ?? -1];
    if (other === undefined) return undefined;
    return { brought: new Map(bringing(other).map((value) => [placeOf(value), value.value])), reply: other.reply };
  });
}

/**
 * Each step of a recording as it was when it was walked once more, by the replies: what it would have brought, had the
 * client carried all that replies gave.
 */
export function walkedAgain(
  { exchanges }: Recording,
  replies: readonly (RecordedReply | undefined)[],
): readonly SecondTime[] {
  const seen = new Map<string, GivenTwice[]>();
  return exchanges.map((exchange, index) => {
    const reply = replies[index];
    const brought = new Map<string, string>();
    for (const value of bringing(exchange)) {
      const second = secondOf(value, seen.get(value.value) ?? []);
      if (second !== undefined) brought.set(placeOf(value), second);
    }
    for (const twice of givenTwice(exchange.reply, reply)) {
      seen.set(twice.given.value, [...(seen.get(twice.given.value) ?? []), twice]);
    }
    return { brought, reply };
  });
}

/** What replies give now where they gave the value: the latest that is another, or the same. */
function secondOf(brought: BroughtValue, seen: readonly GivenTwice[]): string | undefined {
  const known = seen.filter(({ given, second }) => second !== undefined && mayBeCarried(brought, given));
  return (known.findLast(({ second }) => second !== brought.value) ?? known.at(-1))?.second;
}

/** A short value may stand anywhere by chance: it must be an id by its name, too, where it is given and where brought. */
function mayBeCarried(brought: BroughtValue, { from, name }: GivenValue): boolean {
  if (looksGiven(brought.value)) return true;
  const isGivenAsId = idNames.test(name) || (from.kind === 'header' && from.header === 'location');
  return isGivenAsId && (brought.kind === 'path' || idNames.test(fieldOf(brought)));
}

const idNames = /(^|[_-])(id|key|ref|no|nr|number|code|token|uuid)$|[a-z](Id|Key|Ref|No|Number|Code|Token)$/;
