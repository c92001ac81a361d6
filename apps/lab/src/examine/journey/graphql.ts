import { parsedJson } from '../../http/parsed-json.js';

/** `query Cart(…)`, `mutation Logout`, and the first field of one that has no name. */
const operation =
  /^\s*(?:(?:query|mutation)\s+([A-Za-z_]\w*)|(?:(?:query|mutation)[^{]*)?\{\s*(?:\w+\s*:\s*)?([A-Za-z_]\w*))/;
/** Wherever it stands in a document: which of several operations is meant, only the server need know. */
const changing = /\b(mutation|subscription)\b/;

export interface GraphqlOperation {
  /** Its own, else its first field's. */
  readonly name: string;
  readonly changes: boolean;
}

/** What a GraphQL request asks for; undefined where it is none. https://graphql.org/learn/serving-over-http/ */
export function graphqlOperation(body: string | undefined): GraphqlOperation | undefined {
  if (body === undefined || !body.includes('"query"')) return undefined;
  const { operationName, query } = (parsedJson(body) ?? {}) as { operationName?: unknown; query?: unknown };
  if (typeof query !== 'string') return undefined;
  const found = operation.exec(query);
  const isNamed = typeof operationName === 'string' && operationName !== '';
  const name = isNamed ? operationName : (found?.[1] ?? found?.[2]);
  return name === undefined ? undefined : { name, changes: found === null || changing.test(query) };
}
