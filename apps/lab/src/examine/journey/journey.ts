/**
 * Requests in their order, as one client of the service sends them. `{{name}}` in a path, a header or a body stands for
 * a value that a reply gave before, a column of the users' CSV file, or one that is made up for each request.
 */
export interface Journey {
  /** Where it was recorded, such as `https://shop.example`; undefined where it was written by hand without one. */
  readonly origin: string | undefined;
  readonly requests: readonly JourneyRequest[];
}

export interface JourneyRequest {
  /** Unlike any other in its journey, and free of secrets: `2 POST /login`. */
  readonly name: string;
  readonly method: string;
  /** With its query, without scheme and host. */
  readonly path: string;
  /** By name in lower case; without those that a client's own machinery sends (cookie, host, content-length, connection). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly takes: readonly TakenValue[];
  /** What its reply must be for the session to be kept; what the reply at rest was, if not given. */
  readonly keeps: KeptWhen | undefined;
  /** Whether it changes nothing; told by its method, and by what GraphQL it is, if not given. */
  readonly reads?: boolean;
  /** Whether it ends the client's session; told by its method and path, if not given. */
  readonly signsOut?: boolean;
}

/** A value that a reply gives and later requests bring as `{{name}}`. */
export interface TakenValue {
  readonly name: string;
  readonly from: ValueSource;
}

export type ValueSource =
  /** A JSON Pointer (RFC 6901) into the reply's body. */
  | { readonly kind: 'json'; readonly pointer: string }
  /** The value of a form's field of that name (`<input name>`), or of `<meta name>`. */
  | { readonly kind: 'field'; readonly field: string }
  /** The first group of a regular expression over a header, or over the body. */
  | { readonly kind: 'header'; readonly header: string; readonly pattern: string }
  | { readonly kind: 'body'; readonly pattern: string }
  /** The value of a cookie, for a request that brings it elsewhere, too, as a header (double-submit CSRF tokens). */
  | { readonly kind: 'cookie'; readonly cookie: string };

/** A reply that meets all that is given keeps the session. */
export interface KeptWhen {
  readonly status?: number;
  readonly contains?: string;
  readonly lacks?: string;
}
