/**
 * The year a site became a biosphere reserve, from which the calendar of its reviews runs.
 */
import type { Designation, Quality } from '../types.ts';
import type { SiteFacts } from './site-facts.ts';

const TRUST: Record<Quality, number> = { ok: 0, unconfirmed: 1, partial: 2, doubtful: 3 };

/** The best attested year of designation as a biosphere reserve, with its designation; `null` where no source gives one. */
export function designationYear(facts: Pick<SiteFacts, 'designations'>): { year: number; designation: Designation } | null {
  const known = facts.designations.flatMap((designation) =>
    designation.kind === 'biosphere-reserve' && designation.year !== null ? [{ year: designation.year, designation }] : [],
  );
  return known.toSorted((a, b) => TRUST[a.designation.quality] - TRUST[b.designation.quality])[0] ?? null;
}
