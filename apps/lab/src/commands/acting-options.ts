import { InvalidArgumentError, Option } from 'commander';
import { newToken } from '../dashboard/acting/admission.js';
import type { Acting } from '../dashboard/acting/routes.js';

const tokenVariable = 'TELLERS_PAGE_TOKEN';
const leastCharacters = 16;

export function readOnlyOption(): Option {
  return new Option('--read-only', 'let the page look and change nothing');
}

/** What lets a page act, unless it is to look alone. A token is no flag: any user of a machine sees flags. */
export function actingBy({ readOnly }: { readonly readOnly?: true }, environment = process.env): { acting?: Acting } {
  if (readOnly) return {};
  const token = environment[tokenVariable] || newToken();
  if (!/^[\w~.-]+$/.test(token) || token.length < leastCharacters) {
    throw new InvalidArgumentError(
      `error: ${tokenVariable} takes ${leastCharacters} or more letters, digits and -._~, which need no escape in a link.`,
    );
  }
  return { acting: { token } };
}
