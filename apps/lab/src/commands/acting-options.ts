import { Option } from 'commander';
import { newToken } from '../dashboard/acting/admission.js';
import type { Acting } from '../dashboard/acting/routes.js';

export const tokenVariable = 'TELLERS_PAGE_TOKEN';
const leastCharacters = 16;

/** What a user can mend, and is told without a stack. */
class WrongToken extends Error {
  override readonly name = 'WrongToken';
}

export function readOnlyOption(): Option {
  return new Option('--read-only', 'let the page look and change nothing');
}

/** What lets a page act, unless it is to look alone. A token is no flag: any user of a machine sees flags. */
export function actingBy({ readOnly }: { readonly readOnly?: true }, environment = process.env): Acting | undefined {
  if (readOnly) return undefined;
  const token = environment[tokenVariable] || newToken();
  if (!/^[\w~.-]+$/.test(token) || token.length < leastCharacters) {
    throw new WrongToken(
      `${tokenVariable} takes ${leastCharacters} or more letters, digits and -._~, which need no escape in a link.`,
    );
  }
  return { token };
}
