/**
 * Which categories of a red list say that a species is threatened.
 *
 *     isThreatened('CR(PE)')    // true: critically endangered, possibly extinct
 *     threatCode('CR(PE)')      // 'CR'
 *
 * IUCN 2012, Red List Categories and Criteria, version 3.1, and those of version 2.3 that older tables hold.
 */

/** Threatened after the IUCN, the gravest first. */
export const THREATENED = ['CR', 'EN', 'VU'] as const;

/** Of no threat, or not known; any other word of a national list says that the species is on it. */
const NOT_THREATENED = ['EX', 'EW', 'RE', 'NT', 'LC', 'DD', 'NE', 'NA', 'LR/nt', 'LR/lc', 'LR/cd', 'LR'];

export function isThreatened(category: string | null | undefined): category is string {
  return category !== null && category !== undefined && category !== '' && !NOT_THREATENED.includes(category);
}

/** The category without its tag: `CR` of `CR(PE)`. */
export function threatCode(category: string): string {
  return category.replace(/\s*\(PEW?\)$/, '');
}
