import { bodyKind } from './body-kind.js';
import { type BroughtValue, broughtValues, changeValues, fieldOf } from './brought-values.js';
import type { Journey, JourneyRequest } from './journey.js';
import { namesIn, namesOf } from './placeholders.js';
import { renamed } from './request-name.js';
import type { JourneyUser } from './users.js';

/** A journey without secrets, and the secrets apart, as columns of a user. */
export interface LiftedJourney {
  readonly journey: Journey;
  readonly user: JourneyUser;
}

const secretNames =
  /pass(word|wd|phrase|code)|(^|_)pass$|^pwd|secret|token|api[-_]?key|^otp$|^pin$|^cvv|^cvc|card[-_]?number|credential|authorization|session[-_]?id$|^sid$|csrf|xsrf|signature/i;
const userNames = /(^|_)(user(_?name|_?id)?|e-?mail|login|account)$/i;
const jwt = /\beyJ[\w-]{4,}\.[\w-]+\.[\w-]*/;
/** What in a text of no known form may mean that a secret stands in it. */
const secretText = /pass(word|wd|phrase)|secret|token|credential|\beyJ[\w-]{4,}\./i;
const longAndRandom = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w+/=.~-]{32,}$/;

/**
 * Puts `{{user.name}}` in the place of what only its owner may know: passwords and who they belong to, tokens, keys, by
 * their names or by their look. What a reply gave has a name of its own already, and stays.
 */
export function liftSecrets(journey: Journey): LiftedJourney {
  const user = new Map<string, string>();
  const named = new Set(journey.requests.flatMap(namesOf));
  const columnOf = (value: string, field: string): string => {
    // The same value has the same column wherever it is brought.
    const known = [...user].find(([, other]) => other === value);
    if (known !== undefined) return known[0];
    const base = `user.${field.replace(/[^\w-]+/g, '_') || 'secret'}`;
    let column = base;
    for (let number = 2; user.has(column) || named.has(column); number += 1) column = `${base}${number}`;
    user.set(column, value);
    return column;
  };
  const requests = journey.requests.map((request, index) => {
    const isSignIn = broughtValues(request).some((value) => /pass/i.test(fieldOf(value)) && isSecret(value));
    const lifted = changeValues(request, (value) =>
      isSecret(value) || (isSignIn && isWho(value)) ? `{{${columnOf(value.value, columnFor(value))}}}` : value.value,
    );
    return renamed(
      index,
      request,
      isSecretText(lifted) ? { ...lifted, body: `{{${columnOf(lifted.body!, 'body')}}}` } : lifted,
    );
  });
  return { journey: { ...journey, requests }, user };
}

/** Where in such a text the secret stands nobody knows. */
function isSecretText({ body = '', headers }: JourneyRequest): boolean {
  const isOpaque = bodyKind(body, headers['content-type']) === 'text' && namesIn(body).length === 0;
  return isOpaque && secretText.test(body);
}

function isSecret(brought: BroughtValue): boolean {
  const { kind, value } = brought;
  if (value === '' || namesIn(value).length > 0) return false;
  return (kind !== 'path' && secretNames.test(fieldOf(brought))) || jwt.test(value) || longAndRandom.test(value);
}

function isWho(brought: BroughtValue): boolean {
  const isInBody = brought.kind === 'form' || brought.kind === 'json';
  return isInBody && brought.value !== '' && namesIn(brought.value).length === 0 && userNames.test(fieldOf(brought));
}

function columnFor(brought: BroughtValue): string {
  if (brought.kind === 'path') return 'secret';
  return brought.kind === 'header' && brought.key === 'authorization' ? 'token' : fieldOf(brought);
}
