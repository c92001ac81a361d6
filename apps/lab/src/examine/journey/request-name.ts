import { graphqlOperation } from './graphql.js';
import type { JourneyRequest } from './journey.js';

const longest = 60;

/** What a request is called that was given no name: `2 POST /login`, `3 POST /graphql Cart`. */
export function requestName(
  index: number,
  { method, path, body }: Pick<JourneyRequest, 'method' | 'path'> & Partial<Pick<JourneyRequest, 'body'>>,
): string {
  const [withoutQuery = ''] = path.split('?');
  const shown = withoutQuery.length > longest ? `${withoutQuery.slice(0, longest - 1)}…` : withoutQuery;
  return [index + 1, method, shown, graphqlOperation(body)?.name].filter((part) => part !== undefined).join(' ');
}

/** `after` under the name that its path asks for now, unless somebody had named it otherwise. */
export function renamed(index: number, before: JourneyRequest, after: JourneyRequest): JourneyRequest {
  return before.name === requestName(index, before) ? { ...after, name: requestName(index, after) } : after;
}
