import { UserError } from '../../user-error.js';

/** What stands between the lab and a bank on a cluster, with the command to try next: the user can mend it. */
export class ClusterFault extends UserError {
  override readonly name = 'ClusterFault';
}

/** Whether an API server refused a call for want of a right. */
export function isForbidden(error: unknown): boolean {
  return (error as { code?: unknown }).code === 403;
}

/** Whether there is no such object, or no such kind. */
export function isMissing(error: unknown): boolean {
  return (error as { code?: unknown }).code === 404;
}

/** Why a call failed, in few words: an API server answers with a Status object, the network with a code. */
export function whyOf(error: unknown): string {
  const { message, code, body, errors } = (error ?? {}) as Partial<
    Record<'message' | 'code' | 'body' | 'errors', unknown>
  >;
  if (typeof message !== 'string') return String(error);
  const said = messageIn(body);
  if (said !== undefined) return said;
  if (typeof code === 'number') return `it answers ${code}`;
  if (Array.isArray(errors) && errors.length > 0) return whyOf(errors[0]);
  return message === '' ? String(code) : message;
}

function messageIn(body: unknown): string | undefined {
  try {
    const status = (typeof body === 'string' ? JSON.parse(body) : body) as { message?: unknown } | undefined;
    return typeof status?.message === 'string' ? status.message : undefined;
  } catch {
    // Something between us and the API server answered, in its own words.
    return undefined;
  }
}
