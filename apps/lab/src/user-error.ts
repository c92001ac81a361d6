/** What the user can mend: the message says how, and is all that is told of it. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
