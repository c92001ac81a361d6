import { z } from 'zod';
import { opaqueString } from '#libs/identity';
import { username } from '../customers/customer.js';

export const credentials = z.object({
  username,
  password: z
    .string({ error: 'must be text' })
    .min(1, { error: 'must not be empty' })
    .max(128, { error: 'must have at most 128 characters' })
    .overwrite(opaqueString),
});

export type PasswordCredentials = z.output<typeof credentials>;

/** What refreshing and signing out take, by its OAuth name (RFC 6749, section 6). */
export const refreshGrant = z.object({
  refresh_token: z
    .string({ error: 'must be text' })
    .min(1, { error: 'must not be empty' })
    .max(256, { error: 'must have at most 256 characters' }),
});

export type RefreshGrant = z.output<typeof refreshGrant>;

/** A reply with tokens (RFC 6749, section 5.1). */
export const tokenReply = z.object({
  access_token: z.string().meta({ description: 'A JWT (RFC 9068), signed by ES256' }),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds that the access token lives' }),
  refresh_token: z.string().meta({ description: 'Opaque, for one use' }),
});

export type IssuedTokens = z.output<typeof tokenReply>;
