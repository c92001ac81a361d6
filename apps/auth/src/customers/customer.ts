import { z } from 'zod';
import { opaqueString } from '#libs/identity';

/** Two that differ in case only are the same name. */
export const username = z
  .string({ error: 'must be text' })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/, {
    error: 'must be 3 to 64 letters (a to z), digits, dots, underscores or hyphens, and begin with a letter or digit',
  })
  .toLowerCase()
  .meta({ examples: ['ada'] });

/** Not by a pattern, which would stand in the OpenAPI document: few of its readers know a class of characters by its name. */
const hasNoControls = (text: string) => /^\P{Cc}*$/u.test(text);
const noControls = { error: 'must not have control characters' };

const tooShort = { error: 'must have at least 8 characters', abort: true };

/** As long as documented both as it was sent, which is all that a reader of the document can count, and as it is prepared. */
export const password = z
  .string({ error: 'must be text' })
  .min(8, tooShort)
  .max(128, { error: 'must have at most 128 characters', abort: true })
  .overwrite(opaqueString)
  .min(8, tooShort)
  .refine(hasNoControls, noControls)
  .meta({
    description: 'Without control characters; spaces and accents as RFC 8265 prepares them',
    format: 'password',
  });

/** What a new customer sends. */
export const newCustomer = z.object({
  username,
  password,
  name: z
    .string({ error: 'must be text' })
    .max(100, { error: 'must have at most 100 characters' })
    .trim()
    .min(1, { error: 'must not be empty' })
    .refine(hasNoControls, noControls)
    .meta({ description: 'Without control characters', examples: ['Ada Lovelace'] }),
});

export type NewCustomer = z.output<typeof newCustomer>;

/** A customer as stored, under the username. */
export interface Customer {
  readonly customerId: string;
  readonly username: string;
  readonly name: string;
  readonly passwordHash: string;
  /** Whether the accounts were opened; until then the registration is half done and nobody can sign in. */
  readonly opened: boolean;
}
