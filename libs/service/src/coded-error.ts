/**
 * Base of every domain error. Callers switch on `code`, which never changes; `details` are safe to show to a client.
 */
export class CodedError extends Error {
  /** What its reply says beside what every error of that code does. */
  readonly headers: Readonly<Record<string, string>> = {};

  constructor(
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
