/** What stands between the lab and a bank on a cluster, with the command to try next: the user can mend it. */
export class ClusterFault extends Error {
  override readonly name = 'ClusterFault';
}

/** Why a call failed, in few words: an API server answers with a Status object, the network with a code. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, body } = error as { code?: unknown; body?: unknown };
  const said = messageIn(body);
  if (said !== undefined) return said;
  if (typeof code === 'number') return `it answers ${code}`;
  const { errors } = error as { errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0) return whyOf(errors[0]);
  return error.message === '' ? String(code) : error.message;
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
