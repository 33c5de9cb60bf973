/**
 * What names bytes by their content.
 *
 *     digestOf('abc');   // 'sha256:ba7816bf8f01cfea…'
 */
import type { Hash } from 'node:crypto';

/** SHA-256 of `bytes` as `sha256:` and 64 hexadecimal digits. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${newDigest().update(bytes).digest('hex')}`;
}

/** A SHA-256 to be fed piece by piece. Its library is loaded when first used: it takes long, and most commands need none. */
export function newDigest(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}
