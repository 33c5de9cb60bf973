/** What an administrator sees of users, and what has to hold when they change them. */
import type { Invited, NewUser, User } from '../api/accounts.ts';
import type { Role } from '../api/roles.ts';
import { Problem } from '../problems.ts';
import { type Db, transaction } from '../store/db.ts';
import type { Invited as KeptInvitation } from '../store/invitations.ts';
import { hashPassword } from '../store/passwords.ts';
import { EVERYWHERE, listRoles, putRole, rolesOf } from '../store/roles.ts';
import { addUser, changeUser, hasUsers, knownUser, listUsers, loginOf, setStatus } from '../store/users.ts';
import type { Id } from '../types.ts';
import type { ServerContext } from './context.ts';
import type { Visitor } from './visitor.ts';

/** Every user, or those with a role at the sites that `visitor` administers, with those roles alone. */
export function seenUsers(db: Db, visitor: Visitor): User[] {
  const roles = new Map<Id, Record<string, Role>>();
  for (const { user, site, role } of listRoles(db)) {
    if (visitor.may('administrator', site)) roles.set(user, { ...roles.get(user), [site ?? EVERYWHERE]: role });
  }
  return listUsers(db)
    .filter((user) => visitor.may('administrator', null) || roles.has(user.id))
    .map((user) => ({ ...user, roles: roles.get(user.id) ?? {} }));
}

/** @throws Problem `user-unknown`. */
export function seenUser(db: Db, id: Id): User {
  return { ...knownUser(db, id), roles: rolesOf(db, id) };
}

/** @throws Problem `login-wrong`, `login-taken`, `password-short`, `site-unknown`, `administrator-first`. */
export async function addUserWithRole(
  { db, access }: Pick<ServerContext, 'db' | 'access'>,
  by: string,
  given: NewUser,
): Promise<void> {
  const { name, lang, site, role } = given;
  const id = loginOf(given.login);
  const password = await hashPassword(given.password);
  transaction(db, () => {
    // or whoever is at this machine would shut themselves out
    if (!hasUsers(db) && (site !== null || role !== 'administrator')) throw new Problem('administrator-first');
    addUser(db, by, { id, name, lang, password, now: access.now().toISOString() });
    putRole(db, by, { user: id, site, role });
  });
}

/** @throws Problem `user-unknown`, `administrator-last`. */
export function changeUserAs(
  db: Db,
  by: string,
  id: Id,
  { status, name, lang }: Partial<Pick<User, 'status' | 'name' | 'lang'>>,
): void {
  transaction(db, () => {
    knownUser(db, id);
    changeUser(db, by, id, { ...(name !== undefined && { name }), ...(lang !== undefined && { lang }) });
    if (status !== undefined) setStatus(db, by, id, status);
  });
}

/** An invitation with its link: the only time that it is told. */
export function inviteReply({ invitation, token }: KeptInvitation): Invited {
  return { invitation, path: `/invitation/${token}` };
}
