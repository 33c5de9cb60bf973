/**
 * Who may do what: roles from the least to the most, and what a route asks of its caller.
 *
 *     atLeast('editor', 'contributor')   // true
 */

/** Reads; comments; adds records and prose; changes zones and sees sensitive places; decides who may. */
export const roles = ['reader', 'reviewer', 'contributor', 'editor', 'administrator'] as const;

export type Role = (typeof roles)[number];

/**
 * `here`: at the site that the path names as `:site`; `somewhere`: at one site at least, and the reply holds only what the caller
 * may see; `everywhere`: for the whole dossier.
 */
export type Rule = 'anyone' | 'signed-in' | `${Role} ${'here' | 'somewhere' | 'everywhere'}`;

/** Whether somebody who is `held` may do what `needed` may. */
export function atLeast(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
