import type { BroughtValue } from './brought-values.js';
import { isTypedToSignIn } from './secret-look.js';
import type { WantedValue } from './wanted-value.js';
import { madeUpAs } from './value-look.js';

const newForEachRequest = /^x?-?(idempotency-key|request-id|correlation-id)$/;

/** What stands for a value that a client makes up for each request: known by two of them, or by its header. */
export function madeUpFor(brought: BroughtValue, { value, second }: WantedValue): string | undefined {
  if (isTypedToSignIn(brought)) return undefined;
  const { kind, key } = brought;
  if (second !== undefined) return madeUpAs(value, second);
  const isNew = kind === 'header' && newForEachRequest.test(key);
  return isNew ? (madeUpAs(value, value) ?? 'uuid') : undefined;
}
