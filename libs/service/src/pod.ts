import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Which process answers: a pod that restarts under its old name gets a new boot id. */
export interface PodIdentity {
  readonly name: string;
  readonly bootId: string;
  /** Value of X-Served-By: `<pod>/<boot id>`. */
  readonly servedBy: string;
}

/** A name for a pod that was given none: that of its host, of which a header does not take every character. */
export function podNameHere(host = hostname()): string {
  return host.replace(/[^\w.-]+/g, '-').slice(0, 253) || 'pod';
}

/** A new boot of the pod of that name; the boot id has 64 random bits. */
export function bootPod(name: string): PodIdentity {
  const bootId = randomBytes(8).toString('base64url');
  return { name, bootId, servedBy: `${name}/${bootId}` };
}
