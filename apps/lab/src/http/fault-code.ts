/** What went wrong, in the system's or the HTTP client's own code (`ECONNREFUSED`); its words where it has none. */
export function faultCode(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : String(error);
}
