/**
 * Who is calling, and what they may do where.
 *
 *     visitor.may('editor', 'korgalzhyn')
 */
import { atLeast, type Role } from '../api/roles.ts';
import type { Id } from '../types.ts';

export interface Visitor {
  /** As the audit names them. */
  id: Id;
  name: string;
  signedIn: boolean;
  /** Role by site; `*` for the whole dossier. */
  roles: Readonly<Record<string, Role>>;
  /** `null` for whoever needs none, or has not signed in. */
  session: { id: Id; csrf: string } | null;
  /** @param site `null` for the whole dossier */
  may(role: Role, site: Id | null): boolean;
  maySomewhere(role: Role): boolean;
}

export function visitor(
  who: { id: Id; name: string; signedIn: boolean },
  roles: Readonly<Record<string, Role>>,
  session: Visitor['session'] = null,
): Visitor {
  const held = (place: string, role: Role): boolean => {
    const own = Object.hasOwn(roles, place) ? roles[place] : undefined;
    return own !== undefined && atLeast(own, role);
  };
  return {
    ...who,
    roles,
    session,
    may: (role, site) => held('*', role) || (site !== null && held(site, role)),
    maySomewhere: (role) => Object.keys(roles).some((place) => held(place, role)),
  };
}

/** The one user of a dossier on their own machine: nobody else can call. */
export const LOCAL_USER = visitor({ id: 'local', name: '', signedIn: true }, { '*': 'administrator' });

/** Who has not signed in, before it is said what visitors may. */
export const NOBODY = { id: 'nobody', name: '', signedIn: false };
