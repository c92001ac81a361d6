import { bankProblems } from '#libs/bank';
import { identityProblems } from '#libs/identity';
import type { ProblemTable } from '#libs/service';

/** Every problem that the auth service can answer with. */
export const authProblems = {
  ...bankProblems,
  ...identityProblems,
  'too-many-failures': { status: 429, title: 'Too many wrong passwords' },
} satisfies ProblemTable;
