import { bankProblems } from '#libs/bank';
import { identityProblems } from '#libs/identity';
import type { ProblemTable } from '#libs/service';

/** Why a session is not known here. */
export const unknownSessionProblems = {
  'session-missing': { status: 401, title: 'No session cookie came with the request' },
  'session-owner-gone': { status: 401, title: 'The pod that held the session is gone' },
  'session-misrouted': { status: 401, title: 'Another pod holds the session' },
  'session-expired': { status: 401, title: 'The session has expired' },
  'session-signed-out': { status: 401, title: 'The session was signed out' },
  'session-replaced': { status: 401, title: 'Newer sessions of its customer took its place' },
} satisfies ProblemTable;

/** Every problem that the session service can answer with. */
export const sessionProblems = {
  ...bankProblems,
  ...identityProblems,
  ...unknownSessionProblems,
  'too-many-sessions': {
    status: 503,
    title: 'As many sessions are held as may be',
    headers: { 'retry-after': '5' },
  },
  'pod-draining': {
    status: 503,
    title: 'This pod is stopping and takes no new sessions',
    headers: { 'retry-after': '0' },
  },
  'session-contended': {
    status: 503,
    title: 'Other requests keep changing the session',
    headers: { 'retry-after': '1' },
  },
  'step-out-of-order': { status: 409, title: 'This step is not the next one' },
  'no-transfer': { status: 404, title: 'No transfer was begun' },
} satisfies ProblemTable;
