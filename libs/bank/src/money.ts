import { z } from 'zod';

/** Largest amount and largest balance in minor units: 2^53 - 1, the last integer that a double holds exactly. */
export const maxMinor = Number.MAX_SAFE_INTEGER;

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** An amount that moves, in minor units (cents): an integer from 1 to 2^53 - 1. */
export const amountMinor = z
  .number({ error: 'must be a number' })
  .int({ error: `must be an integer from 1 to ${maxMinor}` })
  .positive({ error: `must be an integer from 1 to ${maxMinor}` });

/** An ISO 4217 code in capitals, such as EUR. */
export const currency = z
  .string({ error: 'must be an ISO 4217 currency code' })
  .length(3, { error: 'must be an ISO 4217 currency code', abort: true })
  .refine((code) => currencies.has(code), { error: 'must be an ISO 4217 currency code' })
  .meta({ examples: ['EUR'], pattern: '^[A-Z]{3}$', description: 'ISO 4217' });
