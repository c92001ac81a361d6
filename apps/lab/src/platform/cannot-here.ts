/** What this platform cannot do; the message says why in a sentence, for who reads figures. */
export class CannotHere extends Error {
  override readonly name = 'CannotHere';
}

/** Undefined where the platform cannot, which is noted. */
export async function wherePossible<Result>(
  work: Promise<Result>,
  note: (sentence: string) => void,
): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CannotHere)) throw error;
    note(error.message);
    return undefined;
  }
}
