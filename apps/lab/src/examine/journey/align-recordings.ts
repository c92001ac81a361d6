import { UserError } from '../../user-error.js';
import type { JourneyRequest } from './journey.js';
import type { Recording } from './recording.js';

/**
 * Which request of `second` is the same step as which of `first`, by their places: the longest common subsequence of
 * methods and paths, whose ids may differ. @throws UserError where they are not of the same journey
 */
export function alignRecordings(first: Recording, second: Recording): ReadonlyMap<number, number> {
  const ones = first.exchanges.map(({ request }) => stepOf(request));
  const others = second.exchanges.map(({ request }) => stepOf(request));
  // longest[i][j]: how many steps ones from i on and others from j on have in common.
  const longest = Array.from({ length: ones.length + 1 }, () => Array.from({ length: others.length + 1 }, () => 0));
  for (let i = ones.length - 1; i >= 0; i -= 1) {
    for (let j = others.length - 1; j >= 0; j -= 1) {
      longest[i]![j] =
        ones[i] === others[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const pairs = new Map<number, number>();
  for (let i = 0, j = 0; i < ones.length && j < others.length;) {
    if (ones[i] === others[j]) pairs.set(i++, j++);
    else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i += 1;
    else j += 1;
  }
  if (pairs.size * 2 < Math.min(ones.length, others.length)) {
    throw new UserError(
      `The two recordings are of different journeys: of the ${ones.length} requests of the first, ${pairs.size} are in ` +
        'the second. Record the same steps twice, each time in a new private window.',
    );
  }
  return pairs;
}

function stepOf({ method, path }: JourneyRequest): string {
  const [withoutQuery = ''] = path.split('?');
  const segments = withoutQuery
    .split('/')
    .map((segment) => (/\d/.test(segment) || segment.length > 20 ? '*' : segment));
  return `${method} ${segments.join('/')}`;
}
