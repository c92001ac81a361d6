import { bodyKind } from './body-kind.js';
import { type BroughtValue, fieldOf } from './brought-values.js';
import type { JourneyRequest } from './journey.js';
import { namesIn } from './placeholders.js';

const secretNames =
  /pass(word|wd|phrase|code)|(^|_)pass$|^pwd|secret|token|api[-_]?key|^otp$|^pin$|^cvv|^cvc|card[-_]?number|credential|authorization|session[-_]?id$|^sid$|csrf|xsrf|signature/i;
const userNames = /(^|_)(user(_?name|_?id)?|e-?mail|login|account)$/i;
const jwt = /\beyJ[\w-]{4,}\.[\w-]+\.[\w-]*/;
/** What in a text of no known form may mean that a secret stands in it. */
const secretText = /pass(word|wd|phrase)|secret|token|credential|\beyJ[\w-]{4,}\./i;
const longAndRandom = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w+/=.~-]{32,}$/;

/** Whether a value is what only its owner may know, by its name or by its look. */
export function isSecret(brought: BroughtValue): boolean {
  const { kind, value } = brought;
  if (value === '' || namesIn(value).length > 0) return false;
  return (kind !== 'path' && secretNames.test(fieldOf(brought))) || jwt.test(value) || longAndRandom.test(value);
}

/** Whether a value says who somebody is, by its name. */
export function isWho(brought: BroughtValue): boolean {
  const isInBody = brought.kind === 'form' || brought.kind === 'json';
  return isInBody && brought.value !== '' && namesIn(brought.value).length === 0 && userNames.test(fieldOf(brought));
}

/** Whether a person types it to sign in: whatever it looks like, no client makes it up. */
export function isTypedToSignIn(brought: BroughtValue): boolean {
  return isWho(brought) || isPassword(brought);
}

/** Whether a value is a password, by its name. */
export function isPassword(brought: BroughtValue): boolean {
  return /pass/i.test(fieldOf(brought)) && isSecret(brought);
}

/** Where in such a text the secret stands nobody knows. */
export function isSecretText({ body = '', headers }: JourneyRequest): boolean {
  const isOpaque = bodyKind(body, headers['content-type']) === 'text' && namesIn(body).length === 0;
  return isOpaque && secretText.test(body);
}
