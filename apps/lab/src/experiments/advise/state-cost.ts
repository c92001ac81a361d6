import { createHmac, randomBytes } from 'node:crypto';

export interface StateCost {
  readonly readKib: number;
  readonly writeKib: number;
}

const fields = 16;
const times = 2_000;
const repeats = 5;

/**
 * CPU in microseconds to read a KiB of state that came from outside (checked by HMAC-SHA-256, parsed) and to write one
 * (serialised, signed): what state costs that does not stay in memory. The least of some repeats, which noise only adds to.
 */
export function stateCost(): StateCost {
  const key = randomBytes(32);
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  const value = () => 'x'.repeat(1_024 / fields - 12);
  const state = Object.fromEntries(Array.from({ length: fields }, (_, index) => [`field${index}`, value()]));
  const text = JSON.stringify(state);
  const kib = text.length / 1_024;
  let seen = 0;
  const read = (): void => void (seen += sign(text).length + Object.keys(JSON.parse(text) as object).length);
  const write = (): void => void (seen += sign(JSON.stringify({ ...state, seen })).length);
  return { readKib: minUs(read) / kib, writeKib: minUs(write) / kib };
}

function minUs(act: () => void): number {
  const each = (): number => {
    const before = performance.now();
    for (let count = 0; count < times; count += 1) act();
    return ((performance.now() - before) * 1_000) / times;
  };
  each();
  return Math.min(...Array.from({ length: repeats }, each));
}
