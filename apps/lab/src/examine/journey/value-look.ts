import { isOpaque } from '../replies/tokens.js';

const shortest = 6;
/** `checkout`, `orderStatus`, `OrderStatus`, `PAID`. */
const word = /^(?:[A-Z]?[a-z]{2,}(?:[A-Z][a-z]{2,})*|[A-Z]+|[a-z])$/;
const wordAndNumber = /^[a-z]+[-_]?\d{1,3}$/i;

/** Whether a value that a reply gave and a request brings is no word that both just happen to use: `standard`. */
export function looksGiven(value: string): boolean {
  return value.length >= shortest && !value.split(/[ _./:;,-]+/).every((part) => part === '' || word.test(part));
}

/** Whether a value is nothing that anybody writes into a page by hand, so that it may be looked for in its text. */
export function looksLikeId(value: string): boolean {
  const isNumber = /^\d+$/.test(value);
  return (
    value.length >= (isNumber ? shortest : 8) && /\d/.test(value) && !wordAndNumber.test(value) && !/\s/.test(value)
  );
}

/** What a client makes up anew for each request, told by two such values; undefined where they tell nothing. */
export function madeUpAs(one: string, other: string): 'uuid' | 'now' | 'random' | undefined {
  const both = (shape: RegExp) => shape.test(one) && shape.test(other);
  if (both(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i)) return 'uuid';
  if (both(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/)) return 'now';
  if (both(/^(?=.*\d)(?=.*[a-z])[\da-z]{12,}$/i)) return 'random';
  return undefined;
}

/** Whether a client made up both values, in whatever form: nobody types a time in numbers, an id or a token. */
export function looksMadeUp(one: string, other: string): boolean {
  const isTime = (value: string) => /^1[6-9]\d{8}(\d{3})?(\.\d+)?$/.test(value);
  const isToken = (value: string) =>
    /^[\w+/=~-]{16,}$/.test(value) && (isOpaque(value) || /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])/.test(value));
  const isMadeUp = (value: string) => isTime(value) || isToken(value);
  return madeUpAs(one, other) !== undefined || (isMadeUp(one) && isMadeUp(other));
}
