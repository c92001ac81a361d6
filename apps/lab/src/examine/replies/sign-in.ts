import type { ReadReply } from './read-reply.js';

const signIn =
  /(^|[/._-])((log-?in|sign[-_]?in|log-?on|authenticate|authorize|session-?expired)|(auth|sso|oauth2?|openid-connect|saml2?|sessions?\/new)([/._-]|$))/i;
const signInInOneWord = /[a-z](Login|LogIn|SignIn)/;

/** Whether a reply sends its client to sign in, or asks for a password in its place. */
export function asksToSignIn({ location, asksPassword }: Pick<ReadReply, 'location' | 'asksPassword'>): boolean {
  if (asksPassword) return true;
  // A page that routes by itself has its place behind the hash.
  const place = location?.replace(/\?[^#]*/, '') ?? '';
  return signIn.test(place) || signInInOneWord.test(place);
}
