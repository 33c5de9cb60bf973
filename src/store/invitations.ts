/**
 * Links that let somebody in once: to an account of their own, or to a new password.
 *
 *     const { token } = invite(db, 'admin', { login: 'aigerim', site: 'almaty', role: 'editor' }, new Date());
 *     await … acceptInvitation(db, token, { name: 'Aigerim', … }, new Date());
 */
import { atLeast, type Role } from '../api/roles.ts';
import { Problem } from '../problems.ts';
import type { Id, Lang } from '../types.ts';
import { all, type Db, get, transaction } from './db.ts';
import { EVERYWHERE, expectSite, putRole, rolesOf } from './roles.ts';
import { newId, newToken, tokenDigest } from './tokens.ts';
import { addUser, getUser, knownUser, setPassword } from './users.ts';
import { put, remove } from './write.ts';

const DAY = 86_400_000;

/** How long a link opens [ms]. */
const OPEN_FOR = { invitation: 7 * DAY, password: DAY };

export interface Invitation {
  id: Id;
  login: Id;
  /** `invitation`: an account, or a further role for one; `password`: a new password. */
  kind: 'invitation' | 'password';
  /** `null` for the whole dossier. */
  site: Id | null;
  /** `null` for a new password. */
  role: Role | null;
  by: string;
  created: string;
  expires: string;
  used: string | null;
}

const COLUMNS = 'id, login, kind, site, role, by, created, expires, used';

export interface Invited {
  invitation: Invitation;
  /** Given out once. */
  token: string;
}

/** @throws Problem `site-unknown`. */
export function invite(
  db: Db,
  by: string,
  { login, site, role }: { login: Id; site: Id | null; role: Role },
  now: Date,
): Invited {
  if (site !== null) expectSite(db, site);
  return kept(db, by, { login, kind: 'invitation', site, role }, now);
}

/** A link by which a user sets a new password. @throws Problem `user-unknown`. */
export function invitePassword(db: Db, by: string, login: Id, now: Date): Invited {
  knownUser(db, login);
  return kept(db, by, { login, kind: 'password', site: null, role: null }, now);
}

/** Those that still open, or did once; the latest first. */
export function listInvitations(db: Db): Invitation[] {
  return all<Invitation>(db, `select ${COLUMNS} from invitations order by fid desc`);
}

export function getInvitation(db: Db, id: Id): Invitation | null {
  return get<Invitation>(db, `select ${COLUMNS} from invitations where id = ?`, [id]) ?? null;
}

export function withdrawInvitation(db: Db, by: string, id: Id): boolean {
  return remove(db, 'invitations', by, id);
}

/** What `token` opens. @throws Problem `invitation-gone` for one that is unknown, used or expired. */
export function openInvitation(db: Db, token: string, now: Date): Invitation {
  const found = get<Invitation>(db, `select ${COLUMNS} from invitations where token = ?`, [tokenDigest(token)]);
  if (found === undefined || found.used !== null || found.expires <= now.toISOString()) throw new Problem('invitation-gone');
  return found;
}

/** Who accepts: somebody new with a password or an identity, or a user who is signed in and gets a further role. */
export type Acceptance =
  | { name: string; lang: Lang; password: string | null; identity?: string }
  | { password: string }
  | { signedIn: Id };

/**
 * Uses the link up. Returns who was let in.
 * @throws Problem `invitation-gone`, `invitation-other` for a user who is signed in under another name, `login-taken`.
 */
export function acceptInvitation(db: Db, token: string, given: Acceptance, now: Date): Id {
  return transaction(db, () => {
    const { id, kind, login, site, role, by } = openInvitation(db, token, now);
    if (!mayStillInvite(db, by, site)) throw new Problem('invitation-gone');
    const at = now.toISOString();
    if (kind === 'password') {
      if (!('password' in given) || given.password === null) throw new Problem('invitation-gone');
      setPassword(db, login, login, { password: given.password, now: at });
    } else if ('signedIn' in given) {
      if (given.signedIn !== login) throw new Problem('invitation-other', { user: login });
    } else if ('name' in given) {
      addUser(db, login, { ...given, id: login, now: at });
    } else if (getUser(db, login) === null) throw new Problem('invitation-gone');
    else throw new Problem('login-taken', { user: login });
    const held = rolesOf(db, login)[site ?? EVERYWHERE];
    if (role !== null && (held === undefined || !atLeast(held, role))) putRole(db, by, { user: login, site, role });
    put(db, 'invitations', login, { id, used: at });
    return login;
  });
}

/** Whoever lost the right to invite has invited nobody; those without an account sit at the machine itself. */
function mayStillInvite(db: Db, by: string, site: Id | null): boolean {
  const user = getUser(db, by);
  if (user === null) return true;
  const held = rolesOf(db, by);
  return user.status === 'active' && [EVERYWHERE, site ?? EVERYWHERE].some((place) => held[place] === 'administrator');
}

function kept(db: Db, by: string, row: Pick<Invitation, 'login' | 'kind' | 'site' | 'role'>, now: Date): Invited {
  const { token, digest } = newToken();
  const id = newId();
  const created = now.toISOString();
  const expires = new Date(now.getTime() + OPEN_FOR[row.kind]).toISOString();
  put(db, 'invitations', by, { id, token: digest, ...row, by, created, expires });
  return { token, invitation: { id, ...row, by, created, expires, used: null } };
}
