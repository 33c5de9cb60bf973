/**
 * What makes a record the presence of a species in a zone. One answer for the indicators of species and for the list in the review, so
 * that their numbers agree.
 *
 *     const kinds = kindsOf(taxa);
 *     if (!isAbsent(record)) presenceZone(record, zoneIndex(zones));    // 0: in the first zone
 */
import { SITE } from '../indicators/source-indicator.ts';
import type { Occurrence, Taxon } from '../life-types.ts';
import { parseName } from '../science/name-match-parts.ts';
import type { ZoneIndex } from '../science/zone-probability.ts';
import type { Id } from '../types.ts';

/** A record lies in a zone where more than this of its circle of uncertainty does. */
export const MOSTLY = 0.5;

/** Looked for and not found: that is no species. */
export function isAbsent({ count, fields }: Pick<Occurrence, 'count' | 'fields'>): boolean {
  return count === 0 || fields.occurrenceStatus?.toLowerCase() === 'absent';
}

/**
 * Kept by people or dead for ages: no presence of a species. Captive, in cultivation, specimens of zoos and gardens, fossils, by the words of Darwin Core
 * (degreeOfEstablishment captive, cultivated; basisOfRecord LivingSpecimen, FossilSpecimen) and iNaturalist.
 */
export function isKept({ basis, fields }: { basis: string | null } & Pick<Occurrence, 'fields'>): boolean {
  return (
    basis === 'LivingSpecimen' ||
    basis === 'FossilSpecimen' ||
    fields.captive === 'true' ||
    /^(captive|cultivated)$/i.test(fields.degreeOfEstablishment ?? '') ||
    /^(managed|captive|cultivated)$/i.test(fields.establishmentMeans ?? '')
  );
}

/** Darwin Core degreeOfEstablishment (Groom et al. 2019, doi 10.3897/biss.3.38084), and its older invasiveness. */
export function isInvasive(fields: Readonly<Record<string, string>>): boolean {
  return /invasive/i.test(fields.degreeOfEstablishment ?? '') || /^invasive$/i.test(fields.establishmentMeans ?? '');
}

/**
 * The zone that holds more than half of the circle; `SITE` where several share it or no place is told; `null` beside the site.
 * @param generalised said of a place that was made coarser; its record belongs to the site, wherever the cell of the grid lies
 */
export function presenceZone(
  { place, uncertaintyM, generalised }: Pick<Occurrence, 'place' | 'uncertaintyM'> & { generalised?: object | null },
  index: ZoneIndex,
): number | null {
  if (place === null) return SITE;
  const shares = index.shares(place[0], place[1], uncertaintyM ?? 0);
  const most = shares.find(({ share }) => share > MOSTLY);
  if (most !== undefined) return most.zone;
  const coarse = generalised !== undefined && generalised !== null;
  return coarse || shares.reduce((sum, { share }) => sum + share, 0) > MOSTLY ? SITE : null;
}

export interface Kind {
  species: Id;
  /** Its class, where the list of taxa has it. */
  group: string | null;
  /** Said to be so by a list of invasive species. */
  invasive: boolean;
}

const BELOW_SPECIES = ['subspecies', 'variety', 'form', 'infraspecies'];
/** Lists of invasive species: GRIIS, or any that is called so. */
export const INVASIVE_LIST = /^(griis|invasive)/i;
const SAYS_NO = /^(no|false|0|native|нет)$/i;

/** "Larus sp." of a list without ranks; a name in another script may be a vernacular one. */
function isGenus({ name, rank }: Taxon): boolean {
  return rank === null && /^[a-z]/i.test(name) && parseName(name).epithet === '';
}

/** Of a taxon its species and class; `null` for what is no species. */
export function kindsOf(taxa: readonly Taxon[]): (id: Id) => Kind | null {
  const byId = new Map(taxa.map((taxon) => [taxon.id, taxon]));
  const rank = (of: Taxon | undefined): string => of?.rank?.toLowerCase() ?? 'species';
  const find = (id: Id): Kind | null => {
    let species = byId.get(id);
    if (species !== undefined && BELOW_SPECIES.includes(rank(species))) {
      const parent = species.parent === null ? undefined : byId.get(species.parent);
      if (parent !== undefined && rank(parent) === 'species') species = parent;
    } else if (rank(species) !== 'species' || (species !== undefined && isGenus(species))) return null;
    let group: string | null = null;
    const seen = new Set<Id>();
    for (
      let above = species;
      above !== undefined && !seen.has(above.id);
      above = above.parent === null ? undefined : byId.get(above.parent)
    ) {
      seen.add(above.id);
      if (rank(above) === 'class') group = above.name;
    }
    const lists = Object.entries(species?.categories ?? {});
    const invasive = lists.some(([list, said]) => INVASIVE_LIST.test(list) && !SAYS_NO.test(said));
    return { species: species?.id ?? id, group, invasive };
  };
  const known = new Map<Id, Kind | null>();
  return (id) => {
    if (!known.has(id)) known.set(id, find(id));
    return known.get(id) ?? null;
  };
}
