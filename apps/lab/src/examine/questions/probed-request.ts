import type { JudgedReply } from '../replies/judge-step.js';
import type { AtRest } from './at-rest.js';
import type { Examination } from './question.js';
import { lastOf, sendTo, type AskedPlace } from './walks.js';

/** A request of the journey that is sent in other circumstances than at rest. */
export interface ProbedRequest {
  readonly examination: Examination;
  readonly atRest: AtRest;
  /** Its place in the journey. */
  readonly index: number;
  /** Where the client was before. */
  readonly home: AskedPlace;
}

/**
 * What becomes of the request at that place, sent by a client that sent those before at home. One that fails, or
 * follows what failed, is tried once more, so that nothing hangs on one fault.
 */
export async function probe(
  { examination, atRest, index, home }: ProbedRequest,
  place: AskedPlace,
  before: readonly number[],
): Promise<JudgedReply> {
  const once = async (): Promise<JudgedReply> => {
    const client = before.length === 0 ? undefined : await sendTo(examination, home, before);
    const judged = atRest.judge(lastOf(await sendTo(examination, place, [index], client)));
    const fault = judged.ruling === 'kept' ? undefined : atRest.faultIn(client?.steps ?? []);
    return fault === undefined ? judged : { ruling: 'failed', how: undefined, why: `${judged.why}, after ${fault}` };
  };
  const first = await once();
  return first.ruling === 'failed' ? once() : first;
}
