import { bankProblems } from '#libs/bank';
import { identityProblems } from '#libs/identity';
import type { ProblemTable } from '#libs/service';

/** Every problem that the account service can answer with. */
export const accountProblems = {
  ...bankProblems,
  ...identityProblems,
  'idempotency-key-missing': { status: 400, title: 'The Idempotency-Key header is missing' },
  'step-out-of-order': { status: 409, title: 'This step is not the next one' },
  'continuation-invalid': { status: 422, title: 'The continuation is not one of ours, or too old' },
} satisfies ProblemTable;
