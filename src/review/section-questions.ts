/**
 * The questions of the rules, by the sections of the form that answer them.
 *
 *     findingsOf(section, findings)   // Z12 beside the coordinates
 */
import type { Finding } from '../types.ts';
import type { FormSection } from './form.ts';

/** What fills the sections that a rule asks about; every other rule asks about the areas and the arrangement of the zones. */
const ASKED_OF: Record<string, readonly string[]> = {
  Z02: ['zone-areas', 'maps'],
  Z03: ['zone-areas', 'maps'],
  Z12: ['coordinates'],
  Z13: ['coordinates'],
  Z16: ['zone-areas', 'change-digest'],
};

const OTHERWISE = ['zone-areas'];

/** What a reviewer may ask about a section; a note on what was not checked belongs to none. */
export function findingsOf({ fills }: FormSection, findings: Finding[]): Finding[] {
  return findings.filter(
    ({ rule }) => rule !== 'not-checked' && (ASKED_OF[rule] ?? OTHERWISE).some((filler) => fills.includes(filler)),
  );
}
