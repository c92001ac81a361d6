import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import { newToken } from '../dashboard/acting/admission.js';
import type { Acting } from '../dashboard/acting/routes.js';
import { UserError } from '../user-error.js';

const tokenVariable = 'TELLERS_PAGE_TOKEN';
const minCharacters = 16;

/** Whether somebody gave the token, so that it is known to who should know it. */
export interface GivenActing extends Acting {
  readonly given: boolean;
}

export function readOnlyOption(): Option {
  return new Option('--read-only', 'let the page look and change nothing');
}

/** What lets a page act, unless it is to look alone. A token is no flag: any user of a machine sees flags. */
export function actingBy(
  { readOnly }: { readonly readOnly?: true },
  environment = process.env,
): GivenActing | undefined {
  if (readOnly) return undefined;
  const given = givenToken(environment);
  const token = given ?? newToken();
  if (!/^[\w~.-]+$/.test(token) || token.length < minCharacters) {
    throw new UserError(
      `${tokenVariable} takes ${minCharacters} or more letters, digits and -._~, which need no escape in a link.`,
    );
  }
  return { token, given: given !== undefined };
}

function givenToken(environment: NodeJS.ProcessEnv): string | undefined {
  const file = environment[`${tokenVariable}_FILE`];
  const token = environment[tokenVariable];
  if (file === undefined) return token;
  if (token !== undefined)
    throw new UserError(`${tokenVariable}_FILE: ${tokenVariable} is set too: leave one of them out.`);
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new UserError(`${tokenVariable}_FILE: ${(error as Error).message}: name a file that this user may read.`);
  }
}
