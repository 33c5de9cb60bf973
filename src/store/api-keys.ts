/**
 * Keys by which programs (a logger, a script) act for a user: what that user may, but never as an administrator. The program holds the key,
 * the dossier its SHA-256.
 *
 *     const { key } = addKey(db, 'cli', { user: 'aigerim', title: 'logger at Karateren', now });   // shown once
 *     userOfKey(db, key, new Date())   // 'aigerim'
 */
import { Problem } from '../problems.ts';
import type { Id } from '../types.ts';
import { all, type Db, get } from './db.ts';
import { newId, newToken, tokenDigest } from './tokens.ts';
import { knownUser } from './users.ts';
import { put, remove } from './write.ts';

export interface ApiKey {
  id: Id;
  user: Id;
  title: string;
  created: string;
  /** `null` where it holds until it is taken back. */
  expires: string | null;
}

/** @throws Problem `user-unknown`. */
export function addKey(
  db: Db,
  by: string,
  { user, title, now, days = null }: { user: Id; title: string; now: Date; days?: number | null },
): { id: Id; key: string } {
  knownUser(db, user);
  const { token, digest } = newToken();
  const id = newId();
  const expires = days === null ? null : new Date(now.getTime() + days * 86_400_000).toISOString();
  put(db, 'api_keys', by, { id, token: digest, user, title, created: now.toISOString(), expires });
  return { id, key: token };
}

/** Keys of a user, or all, in the order they were given out. */
export function listKeys(db: Db, user?: Id): ApiKey[] {
  const where = user === undefined ? '' : ' where user = ?';
  return all<ApiKey>(
    db,
    `select id, user, title, created, expires from api_keys${where} order by fid`,
    user === undefined ? [] : [user],
  );
}

/** From then on the key opens nothing. @throws Problem `key-unknown`. */
export function revokeKey(db: Db, by: string, id: Id): void {
  if (!remove(db, 'api_keys', by, id)) throw new Problem('key-unknown', { found: id });
}

/** Whose key it is; `null` where it is none, has ended, or its user is blocked. */
export function userOfKey(db: Db, key: string, now: Date): Id | null {
  const found = get<{ user: Id; expires: string | null }>(
    db,
    "select user, expires from api_keys join users on users.id = user where token = ? and status = 'active'",
    [tokenDigest(key)],
  );
  if (found === undefined || (found.expires !== null && found.expires <= now.toISOString())) return null;
  return found.user;
}
