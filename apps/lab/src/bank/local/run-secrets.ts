import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatKeySet, generateSigningKey } from '#libs/identity';

/** Makes the secrets of one run: the key that signs tokens, in a file for its owner alone, and the continuation secret. */
export function makeRunSecrets(folder: string) {
  const signingKeysFile = join(folder, 'signing-keys.json');
  writeFileSync(signingKeysFile, formatKeySet([generateSigningKey(Date.now())]), { mode: 0o600 });
  return { signingKeysFile, continuationSecret: randomBytes(32).toString('base64url') };
}
