import { graphqlOperation } from './graphql.js';
import { isSafe } from './is-safe.js';
import type { JourneyRequest } from './journey.js';

/** Whether a request may change something: as the journey says, or by its method, but for GraphQL that only queries. */
export function mayChange({ method, body, reads }: Pick<JourneyRequest, 'method' | 'body' | 'reads'>): boolean {
  if (reads !== undefined) return !reads;
  return !isSafe(method) && graphqlOperation(body)?.changes !== false;
}
