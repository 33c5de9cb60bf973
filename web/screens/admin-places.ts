/** Where roles are held: the whole dossier (`*`), or a reserve. */
import { type Role, roles } from '../../src/api/roles.ts';
import { say } from '../words.ts';

export interface Place {
  /** `*`, or the id of a site. */
  value: string;
  text: string;
}

/** A place as people call it. */
export function placeText(place: string, places: readonly Place[]): string {
  return place === '*' ? say('account.everywhere') : (places.find(({ value }) => value === place)?.text ?? place);
}

/** Where a role at `place` is given, taken, or invited to. */
export function roleAddress(place: string, user: string): string {
  const id = encodeURIComponent(user);
  return place === '*' ? `/api/users/${id}/role` : `/api/sites/${encodeURIComponent(place)}/roles/${id}`;
}

/** The roles to choose from, from the least to the most. */
export function roleChoices(): { value: Role; text: string }[] {
  return roles.map((role) => ({ value: role, text: say(`account.role.${role}`) }));
}
