/** What this platform cannot do; the message says why in a sentence, for who reads figures. */
export class CannotHere extends Error {
  override readonly name = 'CannotHere';
}
