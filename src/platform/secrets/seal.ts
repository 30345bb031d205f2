// AES-256-GCM envelope: version, nonce, tag, ciphertext. Workspace and name are bound in, so a row moved to another place
// does not open there.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

export interface Place {
  /** null: of the installation */
  workspace: string | null;
  name: string;
}

export interface Key {
  id: string;
  bytes: Buffer;
}

export class SecretError extends Error {
  override name = 'SecretError';
}

/** JSON keeps the two apart whatever characters they hold. */
const associated = ({ workspace, name }: Place): Buffer => Buffer.from(JSON.stringify([VERSION, workspace, name]));

export function seal(key: Key, place: Place, value: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG });
  cipher.setAAD(associated(place));
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** Throws SecretError when the value was changed, moved, or sealed with another key. */
export function open(key: Key, place: Place, sealed: Buffer): string {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE + TAG)
    throw new SecretError(`The secret ${place.name} is damaged: set its value anew.`);
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(1, 1 + NONCE), { authTagLength: TAG });
  decipher.setAAD(associated(place));
  decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    throw new SecretError(`The secret ${place.name} does not open with key ${key.id}: set its value anew.`);
  }
}
