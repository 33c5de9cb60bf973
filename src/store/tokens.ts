/** Secrets that open something: 256 random bits for whoever holds them, their SHA-256 for the dossier. */
import { createHash, randomBytes } from 'node:crypto';

export interface Token {
  /** Given out once. */
  token: string;
  /** What is kept. */
  digest: string;
}

export function newToken(): Token {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: tokenDigest(token) };
}

export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** A short name for a row that has no other. */
export function newId(): string {
  return randomBytes(9).toString('base64url');
}
