/**
 * All recorded species of a review as a flat table for other programs: the whole of what the annex lists in part.
 *
 *     recordedSpeciesTable(known, 'leave-out')    // null where the dossier holds no record of the site
 */
import type { Id } from '../types.ts';
import type { Confidentiality, ReviewFacts } from './content.ts';
import type { FlatTable } from './machine-readable.ts';
import { groupOf, isSensitive, listedCategory, mergedSpecies, nationalLists } from './species-merge.ts';
import { recordsOf, type WithRecordedSpecies } from './species-recorded.ts';

const NAME = 'records/species-recorded';

/** The file in the package of all that is sent with a review. */
export const SPECIES_FILE = `data/${NAME}.csv`;

const LANGUAGES = ['en', 'ru', 'kk', 'tr'] as const;

/** A row for each species; of sensitive ones a package without confidential parts tells neither zone nor time nor source. */
export function recordedSpeciesTable(known: ReviewFacts & WithRecordedSpecies, confidential: Confidentiality): FlatTable | null {
  const recorded = recordsOf(known);
  if (recorded === null) return null;
  const entries = known.records.entries.filter(({ register }) => register === 'species');
  const { rows } = mergedSpecies(entries, recorded.species);
  const lists = ['iucn', ...nationalLists(recorded.species)];
  const kindOf = new Map(recorded.zones.map(({ id, kind }) => [id, kind]));
  const kinds = (zones: readonly Id[]): string => [...new Set(zones.map((zone) => kindOf.get(zone) ?? ''))].join('; ');
  const closed = confidential === 'leave-out';
  const header = [
    ...['taxon', 'scientific_name', 'group', ...LANGUAGES.map((lang) => `name_${lang}`)],
    ...lists.flatMap((list) => [list, `${list}_year`]),
    ...['invasive', 'sensitive', 'register', 'records', 'without_date', 'first_year', 'last_year'],
    ...['zones', 'zone_ids', 'datasets'],
  ];
  return {
    name: NAME,
    header,
    rows: rows
      // what a confidential line of the register is of stays at home
      .filter((row) => row.recorded !== null && !(closed && row.entry?.confidential === true))
      .map((row) => {
        const { recorded: one, entry } = row;
        if (one === null) return [];
        const secret = closed && isSensitive(row);
        const told = <Cell>(cell: Cell): Cell | null => (secret ? null : cell);
        return [
          ...[one.taxon, one.name, groupOf(row), ...LANGUAGES.map((lang) => one.vernacular[lang] ?? null)],
          ...lists.flatMap((list) => {
            const category = listedCategory(row, list);
            return [category?.code ?? null, category?.year ?? null];
          }),
          ...[one.invasive, isSensitive(row), entry?.id ?? null],
          ...[told(one.records), told(one.undated), told(one.first), told(one.last)],
          ...[told(kinds(one.zones)), told(one.zones.join('; ')), told(one.origins.join('; '))],
        ];
      }),
  };
}
