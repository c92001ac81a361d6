/** What can stop a customer from going on; journeys catch these and nothing else. */
export abstract class Setback extends Error {}

/** The counter no longer knows the visit; `cause` is the problem's code. */
export class SessionLost extends Setback {
  constructor(override readonly cause: string) {
    super(`The session is lost: ${cause}.`);
  }
}

/** The bank said no, and asking again would not help or did not. */
export class Refused extends Setback {
  constructor(readonly problem: string) {
    super(`The bank refused: ${problem}.`);
  }
}

/** No answer, although it was asked for again and again. */
export class Unanswered extends Setback {
  constructor(readonly why: string) {
    super(`The bank did not answer: ${why}.`);
  }
}

/** The lab told the customer to go. */
export class Stopped extends Setback {
  constructor() {
    super('The lab stops.');
  }
}
