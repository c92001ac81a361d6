/** Where a link or a redirect leads, without the host (a replica may name itself in it) and a session id in the path. */
export function pathOf(reference: string): string {
  return (
    reference
      .trim()
      .replace(/^(https?:)?\/\/[^/?#]*/i, '')
      .replace(/;jsessionid=[^?#]*/i, '') || '/'
  );
}
