/** How a request ended, as a customer can tell. `unknown` may or may not have been done: it is never counted as failed. */
export type Outcome =
  | { readonly kind: 'ok' }
  | { readonly kind: 'refused'; readonly problem: string; readonly again: boolean }
  | { readonly kind: 'session-lost'; readonly cause: string }
  | { readonly kind: 'unknown'; readonly why: string };

const problemPrefix = 'urn:tellers:problem:';

/** What a customer knows of a reply when it judges it. */
export interface ReceivedReply {
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  /** False for a reply that a gateway made itself, without a pod. */
  readonly fromPod: boolean;
}

/**
 * Judges a reply. A 401 of a mode means that the bank no longer knows this session, whatever the style. A 502 or 504
 * of the gateway says nothing about whether a pod did the work, and neither does the problem `outcome-unknown`.
 */
export function outcomeOf({ path, status, body, fromPod }: ReceivedReply): Outcome {
  if (status < 400) return { kind: 'ok' };
  const problem = problemCode(body) ?? `http-${status}`;
  if (status === 401 && !path.startsWith('/auth/')) return { kind: 'session-lost', cause: problem };
  const silentGateway = (status === 502 || status === 504) && !fromPod;
  if (silentGateway || problem === 'outcome-unknown') return { kind: 'unknown', why: problem };
  return { kind: 'refused', problem, again: status >= 500 || status === 429 || problem === 'transfer-in-flight' };
}

/** The stable code of a problem document (RFC 9457), undefined when the body is none. */
export function problemCode(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('type' in body) || typeof body.type !== 'string') return undefined;
  return body.type.startsWith(problemPrefix) ? body.type.slice(problemPrefix.length) : undefined;
}

/** What a reply's text says to a person: of a problem document its detail, else all of it. */
export function saidIn(text: string): string {
  try {
    const { detail, title } = JSON.parse(text) as { detail?: unknown; title?: unknown };
    const said = detail ?? title;
    return typeof said === 'string' ? said : text;
  } catch {
    return text;
  }
}
