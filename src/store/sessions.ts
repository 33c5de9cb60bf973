/**
 * Who is signed in. The browser holds a token, the dossier its SHA-256: who reads the dossier cannot act as somebody else.
 *
 *     const { token } = openSession(db, 'aigerim', new Date());   // into a cookie
 *     sessionOf(db, token, new Date())?.user;                     // 'aigerim'
 */
import { createHash } from 'node:crypto';
import type { Id } from '../types.ts';
import { all, type Db, get, run, transaction } from './db.ts';
import { newId, newToken, tokenDigest } from './tokens.ts';
import { put, remove } from './write.ts';

const HOUR = 3_600_000;

/** After so long without a request one signs in again [ms]. */
const IDLE = 24 * HOUR;

/** After so long one signs in again whatever one did [ms]. NIST SP 800-63B-4, 2.1.3: 30 days at most. */
const LIFETIME = 30 * 24 * HOUR;

/** How exactly it is kept when a session was last used [ms]: not every reading is a write. */
const SEEN_EVERY = HOUR / 12;

export interface UserSession {
  id: Id;
  user: Id;
  created: string;
  seen: string;
  expires: string;
}

/** Signs in: a new session whatever the browser held before. Sessions that have ended are forgotten on the way. */
export function openSession(db: Db, user: Id, now: Date): { id: Id; token: string } {
  const { token, digest } = newToken();
  const id = newId();
  const at = now.toISOString();
  transaction(db, () => {
    run(db, 'delete from sessions where expires <= ? or seen <= ?', [at, new Date(now.getTime() - IDLE).toISOString()]);
    put(db, 'sessions', user, {
      id,
      token: digest,
      user,
      created: at,
      seen: at,
      expires: new Date(now.getTime() + LIFETIME).toISOString(),
    });
  });
  return { id, token };
}

/** The session of `token`, or `null` where it is unknown, has ended, or its user is blocked. */
export function sessionOf(db: Db, token: string, now: Date): UserSession | null {
  const found = get<UserSession>(
    db,
    `select sessions.id, user, sessions.created, seen, expires from sessions join users on users.id = user
     where token = ? and status = 'active'`,
    [tokenDigest(token)],
  );
  if (found === undefined || hasEnded(found, now)) return null;
  if (now.getTime() - Date.parse(found.seen) < SEEN_EVERY) return found;
  const seen = now.toISOString();
  run(db, 'update sessions set seen = ? where id = ?', [seen, found.id]); // says nothing about the dossier: not audited
  return { ...found, seen };
}

/** What goes back with every write of a session: known to whoever holds its token, and to nobody else. */
export function csrfOf(token: string): string {
  return createHash('sha256').update(`csrf ${token}`).digest('base64url');
}

export function listSessions(db: Db, user: Id, now: Date): UserSession[] {
  return all<UserSession>(db, 'select id, user, created, seen, expires from sessions where user = ? order by fid', [user]).filter(
    (session) => !hasEnded(session, now),
  );
}

export function endSession(db: Db, by: string, id: Id): void {
  remove(db, 'sessions', by, id);
}

/** Signs a user out everywhere, or everywhere but in the session `except`. Returns how many sessions ended. */
export function endSessionsOf(db: Db, by: string, user: Id, { except = null }: { except?: Id | null } = {}): number {
  return transaction(db, () => {
    const ids = all<{ id: Id }>(db, 'select id from sessions where user = ?', [user]).filter(({ id }) => id !== except);
    for (const { id } of ids) remove(db, 'sessions', by, id);
    return ids.length;
  });
}

function hasEnded({ seen, expires }: UserSession, now: Date): boolean {
  return now.toISOString() >= expires || now.getTime() - Date.parse(seen) >= IDLE;
}
