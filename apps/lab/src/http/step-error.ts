/** What can stop a customer from going on; journeys catch these and nothing else. */
export abstract class StepError extends Error {}

/** False when a step error stopped it: what the bank refused or lost is in the record. */
export async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof StepError) return false;
    throw error;
  }
}

/** The mode no longer knows the session; `cause` is the problem's code. */
export class SessionLost extends StepError {
  constructor(override readonly cause: string) {
    super(`The session is lost: ${cause}.`);
  }
}

/** The bank said no, and asking again would not help or did not. */
export class RequestRefused extends StepError {
  constructor(readonly problem: string) {
    super(`The bank refused: ${problem}.`);
  }
}

/** No answer, although it was asked for again and again. */
export class NoAnswer extends StepError {
  constructor(readonly why: string) {
    super(`The bank did not answer: ${why}.`);
  }
}

/** The lab told the customer to go. */
export class Stopped extends StepError {
  constructor() {
    super('The lab stops.');
  }
}
