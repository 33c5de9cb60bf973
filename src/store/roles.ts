/** What users may do, at a site or in the whole dossier, and what visitors may who have not signed in. */
import type { Role } from '../api/roles.ts';
import { Problem } from '../problems.ts';
import type { Id } from '../types.ts';
import { all, type Db, get, transaction } from './db.ts';
import { getSite, listSites } from './sites.ts';
import { expectAdministrator, knownUser } from './users.ts';
import { put, putSetting, remove } from './write.ts';

/** The whole dossier, in place of a site. */
export const EVERYWHERE = '*';

export interface HeldRole {
  user: Id;
  /** `null` for the whole dossier. */
  site: Id | null;
  role: Role;
}

/** Role by site id; `*` for the whole dossier. */
export function rolesOf(db: Db, user: Id): Record<string, Role> {
  const held = all<HeldRole>(db, 'select user, site, role from roles where user = ? order by fid', [user]);
  return Object.fromEntries(held.map(({ site, role }) => [site ?? EVERYWHERE, role]));
}

export function listRoles(db: Db): HeldRole[] {
  return all<HeldRole>(db, 'select user, site, role from roles order by user, site');
}

/** @throws Problem `user-unknown`, `site-unknown`, `administrator-last`. */
export function putRole(db: Db, by: string, { user, site, role }: HeldRole): void {
  transaction(db, () => {
    knownUser(db, user);
    if (site !== null) expectSite(db, site);
    put(db, 'roles', by, { id: roleId(user, site), user, site, role });
    expectAdministrator(db);
  });
}

/** @returns whether there was one. @throws Problem `administrator-last`. */
export function removeRole(db: Db, by: string, user: Id, site: Id | null): boolean {
  return transaction(db, () => {
    const removed = remove(db, 'roles', by, roleId(user, site));
    expectAdministrator(db);
    return removed;
  });
}

/** @throws Problem `site-unknown`. */
export function expectSite(db: Db, site: Id): void {
  if (getSite(db, site) !== null) return;
  const known = listSites(db).map(({ id }) => id);
  throw new Problem('site-unknown', { found: site, known: known.join(', ') || '–' });
}

function roleId(user: Id, site: Id | null): Id {
  return `${user}@${site ?? EVERYWHERE}`;
}

/** What visitors may who have not signed in. */
export type Visitors = 'none' | 'read';

export function visitorsMay(db: Db): Visitors {
  return get<{ value: string }>(db, "select value from dossier where key = 'visitors'")?.value === 'read' ? 'read' : 'none';
}

export function setVisitors(db: Db, by: string, visitors: Visitors): void {
  putSetting(db, by, 'visitors', visitors);
}
