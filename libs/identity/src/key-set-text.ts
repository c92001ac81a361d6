import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeySetError } from './signing-keys.js';

/**
 * The text of a private JWK set, from a file that holds one or from a folder with a PEM file per key, named for when it
 * was made: `<seconds since the epoch>.pem`. A Kubernetes Secret is such a folder, and anybody with OpenSSL can add to it.
 * @throws KeySetError that names the file that is no private key; the file system's error
 */
export function readKeySet(path: string): string {
  if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8');
  const names = readdirSync(path).filter((name) => name.endsWith('.pem'));
  return JSON.stringify({ keys: names.toSorted().map((name) => toJwk(path, name)) });
}

function toJwk(folder: string, name: string): object {
  const seconds = /^(\d+)\.pem$/.exec(name)?.[1];
  if (seconds === undefined) throw new KeySetError(`${name}: its name must be the Unix time at which the key was made`);
  const pem = readFileSync(join(folder, name), 'utf8');
  try {
    return { ...createPrivateKey(pem).export({ format: 'jwk' }), iat: Number(seconds) };
  } catch {
    throw new KeySetError(`${name}: not a private key in PEM`);
  }
}
