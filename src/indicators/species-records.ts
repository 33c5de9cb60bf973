/**
 * Records of species made ready for indicators: what was recorded in which zone, in which sampling unit.
 *
 *     const sample = sampleOf(recordsIn(given, zone, 'Aves'), given.effort);    // null where no unit is known
 *
 * Effort is what makes counts of species comparable. A number of records says more of observers than of species, so a record counts
 * as a presence in a sampling unit (a year, a list, a place in a year); only individuals that were counted count as such.
 */
import { abundanceSample, type DiversitySample, incidenceSample } from '../science/diversity-sample.ts';
import { chao1, chao2, type Estimated } from '../science/species-estimators.ts';
import type { Id, Period } from '../types.ts';
import { note, noteOf } from './figure-note.ts';
import type { Figure } from './raster-indicator.ts';
import { SITE } from './source-indicator.ts';

/** What makes a sampling unit; or the individuals of all records that have a number of them. */
export const EFFORTS = ['year', 'place-year', 'list', 'individuals'] as const;
export type Effort = (typeof EFFORTS)[number];

export interface SpeciesRecord {
  /** The species; that of a subspecies is its own. */
  species: Id;
  /** Its class, where known. */
  group: string | null;
  /** Place in the list of zones; `SITE` where the zone is undecided or its place is not told. */
  zone: number;
  /** Sampling unit, `null` where the record does not say. */
  unit: string | null;
  individuals: number | null;
  /** Said by the record or the list of taxa to be invasive here. */
  invasive: boolean;
}

export interface SpeciesGiven {
  records: readonly SpeciesRecord[];
  zones: number;
  /** Category of a species on the list that is asked for; `null` where it is on none. */
  category: (species: Id) => string | null;
  effort: Effort;
  list: string;
  period: Period;
  /** Records on the site of which the zone is undecided. */
  undecided: number;
}

export interface SpeciesIndicator {
  /** As `--indicator` names it; its page is docs/methods/<id>.md. */
  id: Id;
  method: string;
  /** Raised whenever the same records would give another value. */
  version: number;
  compute(given: SpeciesGiven): Figure[];
}

/** Records of a zone, or of the whole site; of one group, or of all. */
export function recordsIn({ records }: SpeciesGiven, zone: number, group: string | null = null): SpeciesRecord[] {
  return records.filter((one) => (zone === SITE || one.zone === zone) && (group === null || one.group === group));
}

/** The whole site and each zone, all species and, where there are several, each group. */
export function eachPart({ records, zones }: SpeciesGiven): { zone: number; group: string | null }[] {
  const groups = [...new Set(records.flatMap(({ group }) => (group === null ? [] : [group])))].sort();
  const places = [SITE, ...Array.from({ length: zones }, (_, zone) => zone)];
  return [null, ...(groups.length > 1 ? groups : [])].flatMap((group) => places.map((zone) => ({ zone, group })));
}

/** Species with the number of units each was recorded in, or of individuals; `null` where there is no effort to speak of. */
export function sampleOf(
  records: readonly SpeciesRecord[],
  effort: Effort,
): { sample: DiversitySample; richness: Estimated } | null {
  const counts = new Map<Id, number>();
  const units = new Set<string>();
  const seen = new Set<string>();
  for (const { species, unit, individuals } of records) {
    if (effort === 'individuals') {
      if (individuals !== null && individuals > 0) counts.set(species, (counts.get(species) ?? 0) + individuals);
      continue;
    }
    if (unit === null) continue;
    units.add(unit);
    const key = `${unit}\n${species}`;
    if (!seen.has(key)) counts.set(species, (counts.get(species) ?? 0) + 1);
    seen.add(key);
  }
  const found = [...counts.values()];
  if (found.length === 0) return null;
  return effort === 'individuals'
    ? { sample: abundanceSample(found), richness: chao1(found) }
    : { sample: incidenceSample(units.size, found), richness: chao2(units.size, found) };
}

/** Fewer sampling units than this: what was missed cannot be told. */
const FEW_UNITS = 5;

/** Whether the effort suffices for an estimate. */
export const isEnough = ({ kind, size, once, total }: DiversitySample): boolean =>
  once < total && (kind === 'incidence' ? size >= FEW_UNITS : size > 1);

/** Species that were recorded at all. */
export const speciesIn = (records: readonly SpeciesRecord[]): number => new Set(records.map(({ species }) => species)).size;

/** What a reader has to know of a figure of a part: how many units it rests on, and what is not in it. */
export function effortNote({ undecided, effort }: SpeciesGiven, zone: number, sample: DiversitySample | null): string | null {
  return noteOf(
    sample === null
      ? note('species-no-effort')
      : note(effort === 'individuals' ? 'species-individuals' : 'species-units', sample.size),
    sample !== null && !isEnough(sample) ? note('species-few') : null,
    zone !== SITE && undecided > 0 ? note('species-undecided', undecided) : null,
  );
}
