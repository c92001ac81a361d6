/** What a comparison needs of a reply. */
export interface ShapedReply {
  readonly status: number | undefined;
  readonly body: unknown;
}

/**
 * Whether a reply to a customer with a past differs from those to the same customer without one. Two replies without a
 * past tell which parts differ by themselves, as times and request ids do; those parts do not count.
 */
export function isShaped(withPast: ShapedReply, without: readonly [ShapedReply, ShapedReply]): boolean {
  const [one, other] = without.map(leaves) as [Leaves, Leaves];
  const past = leaves(withPast);
  const paths = new Set([...past.keys(), ...one.keys()]);
  return [...paths].some((path) => one.get(path) === other.get(path) && past.get(path) !== one.get(path));
}

type Leaves = Map<string, unknown>;

/** Every plain value of a reply by its path; an empty list or object is a value, too. */
function leaves({ status, body }: ShapedReply): Leaves {
  const found: Leaves = new Map([['status', status]]);
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) {
      found.set(path, value);
      return;
    }
    const parts = Object.entries(value);
    if (parts.length === 0) found.set(path, Array.isArray(value) ? '[]' : '{}');
    for (const [key, part] of parts) walk(part, `${path}/${key}`);
  };
  walk(body, 'body');
  return found;
}
