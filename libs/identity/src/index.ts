export { AccessTokens, accessTokenLifetimeSeconds, type Subject, type TokenParties } from './access-token.js';
export { BearerGuard, Caller } from './bearer.guard.js';
export { Bearer, type BearerRequest } from './bearer.js';
export { IdentityError, type IdentityErrorCode } from './identity-error.js';
export { IdentityIssuerModule, KEY_SCHEDULE, type IssuerSettings } from './identity-issuer.module.js';
export { IdentityVerifierModule, type VerifierSettings } from './identity-verifier.module.js';
export { identityProblems } from './identity.problems.js';
export { publishedKeysAt, signingKeyAt, type KeySchedule } from './key-schedule.js';
export { JwtStrategy } from './jwt.strategy.js';
export { KeySetClient } from './key-set-client.js';
export { KeySetFile } from './key-set-file.js';
export { keySetUrl } from './key-set-url.js';
export { readKeySet } from './key-set-text.js';
export { opaqueString } from './opaque-string.js';
export { defaultPasswordBounds, Passwords, type PasswordBounds, type Turn } from './passwords.js';
export { RefreshTokens } from './refresh-tokens.js';
export {
  formatKeySet,
  generateSigningKey,
  KeySetError,
  parseKeySet,
  type PublicJwk,
  type SigningKey,
} from './signing-keys.js';
export { type Identity } from './token-rules.js';
export { VerifiedTokens } from './verified-tokens.js';
