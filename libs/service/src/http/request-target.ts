/** A target that names the host, too, as a proxy may send it (RFC 9112, section 3.2.2). */
const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/is;

/** The path and the query of a request target. */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const rest = absoluteForm.exec(target)?.[2];
  if (rest === undefined || rest.startsWith('/')) return rest ?? target;
  return `/${rest}`;
}

/** The host that a target names, which takes the place of the Host field. */
export function hostOf(target: string): string | undefined {
  return target.startsWith('/') ? undefined : absoluteForm.exec(target)?.[1];
}
