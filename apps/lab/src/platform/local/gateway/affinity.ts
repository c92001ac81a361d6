import { createHash } from 'node:crypto';

/** How one boot of a pod is named in a client's cookie. */
export interface AffinityMark {
  readonly value: string;
  /** The whole Set-Cookie header. */
  readonly setCookie: string;
}

/** Names a boot without telling anything about it; the same boot always gets the same name, as with Traefik's hash. */
export function affinityMark(cookieName: string, pod: { name: string; bootId: string }): AffinityMark {
  const value = createHash('sha256').update(`${pod.name}/${pod.bootId}`).digest('base64url').slice(0, 22);
  return { value, setCookie: `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict` };
}

/** The value of the first cookie of that name in a Cookie header. Allocates nothing but the value: it runs per request. */
export function readCookie(header: string, name: string): string | undefined {
  for (let at = header.indexOf(name); at !== -1; at = header.indexOf(name, at + name.length)) {
    const equals = at + name.length;
    const startsPair = at === 0 || header[at - 1] === ' ' || header[at - 1] === ';';
    if (startsPair && header[equals] === '=') {
      const end = header.indexOf(';', equals);
      return header.slice(equals + 1, end === -1 ? undefined : end).trim();
    }
  }
  return undefined;
}

/**
 * The pod of a client's address, by the highest random weight (Thaler and Ravishankar, 1998): when a pod comes or goes,
 * only its own share of the addresses moves. Undefined when there is none.
 */
export function byAddress<Pod extends { name: string }>(address: string, pods: readonly Pod[]): Pod | undefined {
  const weightOf = ({ name }: Pod) => createHash('sha256').update(`${address} ${name}`).digest('hex');
  return pods.toSorted((one, other) => (weightOf(one) < weightOf(other) ? 1 : -1))[0];
}
