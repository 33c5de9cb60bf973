/**
 * The register of species and what records say of them, as one list: a species of both stands once.
 *
 *     const { rows, unsure } = mergedSpecies(entries, recorded);
 *     rows[0]      // { name: 'Vanellus gregarius', entry: { … }, recorded: { last: 2021, … } }
 *     unsure[0]    // { written: 'Vanelus gregarius', perhaps: ['Vanellus gregarius'] }
 *
 * They are matched by their accepted names, or by a name under which an import took records for the species. What fits only nearly is
 * never merged: it is told.
 */
import { isThreatened } from '../indicators/threat-category.ts';
import { type CheckName, type NameMatch, nameMatcher } from '../science/name-match.ts';
import { parseName } from '../science/name-match-parts.ts';
import type { Entry, FieldValue, Id } from '../types.ts';
import { GROUPS } from './species-group.ts';
import type { RecordedSpecies } from './species-recorded.ts';

/** A species of the register, of the records, or of both. */
export interface SpeciesRow {
  /** As the register writes it, else the accepted name without its author. */
  name: string;
  /** The register's name where that is a synonym. */
  synonym: string | null;
  entry: Entry | null;
  recorded: RecordedSpecies | null;
}

export interface MergedSpecies {
  /** By group and name. */
  rows: SpeciesRow[];
  /** Names of the register that fit recorded species only nearly, or several alike. */
  unsure: { written: string; perhaps: string[] }[];
  /** Names that the register has more than once. */
  twice: string[];
}

/** A category of a red list, and since when it holds; `null` where the year is not known. */
export interface Category {
  code: string;
  year: string | null;
}

/** Matches that hold without anybody looking. */
const SAME: ReadonlySet<NameMatch['kind']> = new Set(['exact', 'name', 'author']);

export function mergedSpecies(entries: readonly Entry[], recorded: readonly RecordedSpecies[]): MergedSpecies {
  const match = nameMatcher(recorded.flatMap(namesOf));
  const byTaxon = new Map(recorded.map((one) => [one.taxon, one]));
  const taken = new Map<Id, Entry>();
  const seen = new Map<string, number>();
  const unsure: MergedSpecies['unsure'] = [];
  const registered = entries.map((entry): SpeciesRow => {
    const written = wordsOf(entry, 'scientific_name');
    const { canonical } = parseName(written);
    seen.set(canonical, (seen.get(canonical) ?? 0) + 1);
    const found = match(written);
    const of = SAME.has(found.kind) ? byTaxon.get(found.taxon?.id ?? '') : undefined;
    if (of === undefined) {
      const perhaps = [...new Set(found.candidates.map(({ name }) => byTaxon.get(name.accepted ?? name.id)?.name ?? name.name))];
      if (found.kind === 'fuzzy' || found.kind === 'ambiguous') unsure.push({ written, perhaps });
      return { name: written, synonym: null, entry, recorded: null };
    }
    if (taken.has(of.taxon)) {
      // its records stand with the line before
      seen.set(canonical, Math.max(2, seen.get(canonical) ?? 0));
      return { name: written, synonym: null, entry, recorded: null };
    }
    taken.set(of.taxon, entry);
    const same = found.synonym === null;
    return { name: same ? written : shortName(of.name), synonym: same ? null : written, entry, recorded: of };
  });
  const others = recorded
    .filter(({ taxon }) => !taken.has(taxon))
    .map((one): SpeciesRow => ({ name: shortName(one.name), synonym: null, entry: null, recorded: one }));
  const rows = withAuthors([...registered, ...others]).toSorted(byGroupAndName);
  const twice = registered.filter(({ entry }) => (seen.get(parseName(wordsOf(entry, 'scientific_name')).canonical) ?? 0) > 1);
  return { rows, unsure, twice: [...new Set(twice.map(({ name }) => name))] };
}

/** The name of a taxon, and those that stand for it. */
function namesOf({ taxon, name, also }: RecordedSpecies): CheckName[] {
  const own = parseName(name);
  const one: CheckName = { id: taxon, name, author: null, rank: null, kingdom: null, accepted: null, status: 'accepted' };
  const synonyms = also.filter((other) => {
    const parts = parseName(other);
    return !parts.open && parts.epithet !== '' && parts.infra === own.infra && parts.canonical !== own.canonical;
  });
  return [
    one,
    ...synonyms.map((other, i): CheckName => ({ ...one, id: `${taxon} ${i}`, name: other, accepted: taxon, status: 'synonym' })),
  ];
}

/** A scientific name without its author, as it is written. */
export function shortName(name: string): string {
  const parts = parseName(name).canonical.split(' ');
  const words = name.trim().split(/\s+/);
  let [at, found] = [0, 0];
  for (; at < words.length && found < parts.length; at++) {
    const plain = words[at]?.toLowerCase().replaceAll('-', '') ?? '';
    if (plain === parts[found] || (found === 0 && at === 0)) found++;
  }
  return found === parts.length && parts[0] !== '' ? words.slice(0, at).join(' ') : name;
}

/** Of species whose names without authors are the same, the whole names. */
function withAuthors(rows: SpeciesRow[]): SpeciesRow[] {
  const counts = new Map<string, number>();
  for (const { name } of rows) counts.set(name, (counts.get(name) ?? 0) + 1);
  return rows.map((row) =>
    row.entry === null && row.recorded !== null && (counts.get(row.name) ?? 0) > 1 ? { ...row, name: row.recorded.name } : row,
  );
}

/** What the register says in a field of text; empty where it does not. */
export function wordsOf(entry: Entry | null, field: Id): string {
  const value = entry?.fields[field];
  return typeof value === 'string' ? value : '';
}

/** What the register says. */
export function fieldOf({ entry }: SpeciesRow, field: Id): FieldValue | undefined {
  return entry?.fields[field];
}

/** The group it stands in: the register's, else that of its class. */
export function groupOf({ entry, recorded }: SpeciesRow): string | null {
  return wordsOf(entry, 'group') || (recorded?.group ?? null);
}

export function isInvasive({ entry, recorded }: SpeciesRow): boolean {
  return entry?.fields.invasive === true || (entry?.fields.invasive !== false && recorded?.invasive === true);
}

export function isSensitive({ entry, recorded }: SpeciesRow): boolean {
  return entry?.fields.sensitive === true || recorded?.sensitive === true;
}

/** The category of the IUCN as the register has it. */
export function registeredIucn({ entry }: SpeciesRow): Category | null {
  const code = wordsOf(entry, 'iucn');
  const year = entry?.fields.iucn_year;
  return code === '' ? null : { code, year: year === undefined ? null : String(year) };
}

/** The latest category of a list of the dossier's taxa, with the year of its assessment. */
export function listedCategory({ recorded }: Pick<SpeciesRow, 'recorded'>, list: string): Category | null {
  const code = recorded?.categories[list];
  if (recorded === null || code === undefined) return null;
  const dates = Object.keys(recorded.categories).flatMap((key) =>
    key.startsWith(`${list}@`) ? [key.slice(list.length + 1)] : [],
  );
  return { code, year: dates.sort().at(-1)?.slice(0, 4) ?? null };
}

/** The category that holds: of register and list the one that was assessed later, else the register's. */
export function currentIucn(row: SpeciesRow): Category | null {
  const [own, listed] = [registeredIucn(row), listedCategory(row, 'iucn')];
  if (own === null || listed === null) return own ?? listed;
  return (listed.year ?? '') > (own.year ?? '') ? listed : own;
}

/** Names of red lists of countries, as tables of categories call them. */
const NATIONAL = /^(red|rdb|kras|kyzyl|kizil|красн|қызыл|kızıl)/i;

/** Lists of countries that have a category for a recorded species. */
export function nationalLists(recorded: readonly Pick<RecordedSpecies, 'categories'>[]): string[] {
  const lists = new Set<string>();
  for (const { categories } of recorded)
    for (const list in categories) if (!list.includes('@') && NATIONAL.test(list)) lists.add(list);
  return [...lists].sort();
}

/** Threatened by the IUCN or on a list of a country, for the register or for the dossier's taxa. */
export function isThreatenedRow(row: SpeciesRow): boolean {
  const lists = ['iucn', ...nationalLists(row.recorded === null ? [] : [row.recorded])];
  return (
    isThreatened(registeredIucn(row)?.code) ||
    wordsOf(row.entry, 'red_book') !== '' ||
    lists.some((list) => isThreatened(listedCategory(row, list)?.code))
  );
}

function byGroupAndName(a: SpeciesRow, b: SpeciesRow): number {
  const rank = (row: SpeciesRow): number => {
    const group = groupOf(row);
    return group === null ? GROUPS.length : GROUPS.indexOf(group as (typeof GROUPS)[number]);
  };
  return rank(a) - rank(b) || a.name.localeCompare(b.name, 'en');
}
