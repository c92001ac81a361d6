import { bankProblems } from '#libs/bank';
import { identityProblems } from '#libs/identity';
import type { ProblemTable } from '#libs/service';

/** Every problem that the auth service can answer with. */
export const authProblems = { ...bankProblems, ...identityProblems } satisfies ProblemTable;
