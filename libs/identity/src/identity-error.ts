import { CodedError } from '#libs/service';

/** What can be wrong with who you are, with the sentence that a client reads. */
const sentences = {
  'token-missing': 'This needs an access token: Authorization: Bearer <token>.',
  'token-invalid': 'The access token is not accepted. Sign in again or refresh it.',
  'keys-unavailable': 'The keys that tokens are checked with are not there yet.',
  'refresh-token-invalid': 'The refresh token is not accepted. Sign in again.',
  'credentials-invalid': 'No customer has this username and password.',
  'username-taken': 'Another customer has this username.',
  'too-busy': 'Too many are signing in at this moment.',
} as const;

export type IdentityErrorCode = keyof typeof sentences;

/** A caller who is not let in. */
export class IdentityError extends CodedError {
  declare readonly code: IdentityErrorCode;

  constructor(code: IdentityErrorCode) {
    super(code, sentences[code]);
  }
}
