/**
 * The people who sign in to a dossier.
 *
 *     putUser(db, 'cli', { id: loginOf('Aigerim'), name: 'Aigerim', lang: 'kk', password: await hashPassword(secret), now });
 */
import { Problem } from '../problems.ts';
import type { Id, Lang } from '../types.ts';
import { all, type Db, get, transaction } from './db.ts';
import { endSessionsOf } from './sessions.ts';
import { put } from './write.ts';

export interface User {
  /** The name they sign in with. */
  id: Id;
  name: string;
  lang: Lang;
  status: 'active' | 'blocked';
  created: string;
  /** When the password was last set; `null` where there is none. */
  passwordSet: string | null;
  /** Whether an OpenID provider vouches for them. */
  linked: boolean;
}

interface UserRow {
  id: Id;
  name: string;
  lang: Lang;
  status: User['status'];
  created: string;
  password_set: string | null;
  oidc: string | null;
}

const COLUMNS = 'id, name, lang, status, created, password_set, oidc';

/** Who writes without an account. */
const RESERVED = ['local', 'cli', 'shipped', 'nobody', 'system', 'test'];

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u;

/** The name to sign in with as it is kept. @throws Problem `login-wrong`. */
export function loginOf(given: string): Id {
  const login = given.trim().normalize('NFKC').toLowerCase();
  if (!LOGIN.test(login) || RESERVED.includes(login)) throw new Problem('login-wrong', { found: given });
  return login;
}

export function hasUsers(db: Db): boolean {
  return get(db, 'select 1 from users limit 1') !== undefined;
}

/** Whether somebody who can sign in may do everything: without one nobody could let others in. */
export function hasAdministrator(db: Db): boolean {
  const found = get(
    db,
    `select 1 from users join roles on roles.user = users.id
     where users.status = 'active' and roles.site is null and roles.role = 'administrator'`,
  );
  return found !== undefined;
}

export function listUsers(db: Db): User[] {
  return all<UserRow>(db, `select ${COLUMNS} from users order by id`).map(userOf);
}

export function getUser(db: Db, id: Id): User | null {
  const row = get<UserRow>(db, `select ${COLUMNS} from users where id = ?`, [id]);
  return row === undefined ? null : userOf(row);
}

/** @throws Problem `user-unknown`. */
export function knownUser(db: Db, id: Id): User {
  const user = getUser(db, id);
  if (user === null) throw new Problem('user-unknown', { user: id });
  return user;
}

/** The user for whom an OpenID provider vouches, by issuer and subject. */
export function userByIdentity(db: Db, identity: string): User | null {
  const row = get<UserRow>(db, `select ${COLUMNS} from users where oidc = ?`, [identity]);
  return row === undefined ? null : userOf(row);
}

/** The hash that is kept, for `isPassword`. */
export function keptPassword(db: Db, id: Id): string | null {
  return get<{ password: string | null }>(db, 'select password from users where id = ?', [id])?.password ?? null;
}

export interface NewUser {
  id: Id;
  name: string;
  lang: Lang;
  /** As `hashPassword` made it; `null` where an OpenID provider vouches. */
  password: string | null;
  /** Issuer and subject. */
  identity?: string;
  now: string;
}

/** @throws Problem `login-taken`. */
export function addUser(db: Db, by: string, { id, name, lang, password, identity, now }: NewUser): void {
  transaction(db, () => {
    if (getUser(db, id) !== null) throw new Problem('login-taken', { user: id });
    put(db, 'users', by, {
      id,
      name,
      lang,
      password,
      password_set: password === null ? null : now,
      oidc: identity ?? null,
      status: 'active',
      created: now,
    });
  });
}

/** Changes a name or the language. */
export function changeUser(db: Db, by: string, id: Id, change: Partial<Pick<User, 'name' | 'lang'>>): void {
  put(db, 'users', by, { id, ...change });
}

/** Sets a password; whoever is signed in with the old one is signed out. */
export function setPassword(db: Db, by: string, id: Id, { password, now }: { password: string; now: string }): void {
  transaction(db, () => {
    put(db, 'users', by, { id, password, password_set: now });
    endSessionsOf(db, by, id);
  });
}

/** A blocked user is signed out at once and cannot sign in; what they wrote stays theirs. @throws Problem `administrator-last`. */
export function setStatus(db: Db, by: string, id: Id, status: User['status']): void {
  transaction(db, () => {
    knownUser(db, id);
    put(db, 'users', by, { id, status });
    if (status === 'blocked') endSessionsOf(db, by, id);
    expectAdministrator(db);
  });
}

/** Undoes the transaction that would leave a dossier without anybody who may let others in. @throws Problem `administrator-last`. */
export function expectAdministrator(db: Db): void {
  if (hasUsers(db) && !hasAdministrator(db)) throw new Problem('administrator-last');
}

function userOf({ password_set, oidc, ...row }: UserRow): User {
  return { ...row, passwordSet: password_set, linked: oidc !== null };
}
