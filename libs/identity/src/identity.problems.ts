import type { ProblemKind } from '#libs/service';
import type { IdentityErrorCode } from './identity-error.js';

/** How each error of identity looks over HTTP; the challenges are those of RFC 6750, section 3. */
export const identityProblems = {
  'token-missing': { status: 401, title: 'Access token missing', headers: { 'www-authenticate': 'Bearer' } },
  'token-invalid': {
    status: 401,
    title: 'Access token not accepted',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  },
  'keys-unavailable': { status: 503, title: 'Keys not there yet', headers: { 'retry-after': '1' } },
  'refresh-token-invalid': {
    status: 401,
    title: 'Refresh token not accepted',
    headers: { 'www-authenticate': 'Bearer' },
  },
  'credentials-invalid': {
    status: 401,
    title: 'Wrong username or password',
    headers: { 'www-authenticate': 'Bearer' },
  },
  'username-taken': { status: 409, title: 'Username taken' },
  'too-busy': { status: 503, title: 'Too busy', headers: { 'retry-after': '1' } },
} satisfies Record<IdentityErrorCode, ProblemKind>;
