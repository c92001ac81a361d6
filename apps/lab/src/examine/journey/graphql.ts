/** `query Cart(…)`, `mutation Logout`, and the first field of one that has no name. */
const operation =
  /^\s*(?:(?:query|mutation)\s+([A-Za-z_]\w*)|(?:(?:query|mutation)[^{]*)?\{\s*(?:\w+\s*:\s*)?([A-Za-z_]\w*))/;

/**
 * What a GraphQL request asks for, by the name of its operation, else by its first field; undefined where it is none.
 * https://graphql.org/learn/serving-over-http/
 */
export function graphqlOperation(body: string | undefined): string | undefined {
  if (body === undefined || !body.includes('"query"')) return undefined;
  try {
    const { operationName, query } = JSON.parse(body) as { operationName?: unknown; query?: unknown };
    if (typeof query !== 'string') return undefined;
    if (typeof operationName === 'string' && operationName !== '') return operationName;
    const found = operation.exec(query);
    return found?.[1] ?? found?.[2];
  } catch {
    return undefined;
  }
}
