/** What `life read` and `life import` share: the file, its names against a checklist, the rules and the words for what was found. */

import { readBasemap } from '../formats/basemap.ts';
import { basemapFeatures } from '../formats/basemap-geojson.ts';
import type { Checklist } from '../formats/darwin-core-checklist.ts';
import { openContainer } from '../formats/darwin-core-container.ts';
import type { RecordContext } from '../formats/darwin-core-record.ts';
import { type IssueLists, issueLists, issueText } from '../formats/import-issue.ts';
import type { LifeFile } from '../formats/life-file.ts';
import { number, t } from '../i18n/index.ts';
import type { LifeRecord } from '../life-types.ts';
import { Problem } from '../problems.ts';
import { type CountryIndex, countryIndex } from '../science/coordinate-quality-countries.ts';
import type { Flagged } from '../store/occurrence-import.ts';
import { type Categories, readCategories } from '../store/taxa-categories.ts';
import { type NameDecision, nameKey, type WrittenName } from '../store/taxa-match.ts';
import type { Lang } from '../types.ts';
import { todayOf } from './options.ts';

export interface ReadingOptions {
  lang: Lang;
  checklist?: string;
  categories?: string;
  country?: string;
  today?: string;
}

let countries: CountryIndex | undefined;

/** The rules of places and dates. @throws Problem `choice-wrong` */
export function contextOf({ country, today }: ReadingOptions, zoneRadiusM: number | null = null): RecordContext {
  if (country !== undefined && !/^[A-Z]{2}$/.test(country))
    throw new Problem('choice-wrong', { field: '--country', found: country, expected: 'KZ' });
  countries ??= countryIndex(
    basemapFeatures(readBasemap()).flatMap(({ properties, geometry }) =>
      properties.layer === 'land' && geometry.type === 'MultiPolygon'
        ? [{ code: properties.code ?? null, polygons: geometry.coordinates }]
        : [],
    ),
  );
  return { today: todayOf(today), place: { countries, expected: country ?? null, zoneRadiusM } };
}

/** Every name that the file writes, with how many records have it. */
export async function namesOf(file: LifeFile): Promise<Map<string, WrittenName>> {
  const names = new Map<string, WrittenName>();
  const context: RecordContext = { today: null, place: { countries: null } };
  await file.read(context, (record: LifeRecord) => {
    const known = names.get(nameKey(record));
    if (known !== undefined) known.records++;
    else if (record.name !== '')
      names.set(nameKey(record), {
        name: record.name,
        author: record.author,
        rank: record.rank,
        kingdom: record.kingdom,
        vernacular: record.vernacular,
        records: 1,
      });
  });
  return names;
}

/** The checklist, as far as these names need it; `null` where the user gave none. */
export async function checklistOf({ checklist }: ReadingOptions, names: Iterable<WrittenName>): Promise<Checklist | null> {
  if (checklist === undefined) return null;
  const { loadChecklist } = await import('../formats/darwin-core-checklist.ts');
  return await loadChecklist(
    checklist,
    Array.from(names, ({ name }) => name),
  );
}

/** The table of threat categories; its faults are told by `issues`. */
export async function categoriesOf({
  categories,
}: ReadingOptions): Promise<{ categories: Categories | null; issues: IssueLists }> {
  const issues = issueLists();
  if (categories === undefined) return { categories: null, issues };
  const container = await openContainer(categories);
  try {
    return { categories: await readCategories(container, issues), issues };
  } finally {
    container.close();
  }
}

/** Rules that found something, those that found most first, with the lines of the first records. */
export function toldFlags(flags: Flagged, lang: Lang): string[] {
  return [...flags]
    .toSorted(([, a], [, b]) => b.count - a.count)
    .map(([flag, { count, rows }]) => {
      const lines = `${rows.map((row) => /:(\d+)$/.exec(row)?.[1] ?? row).join(', ')}${count > rows.length ? ', …' : ''}`;
      return `  ${t(lang, 'life.records.flagged-lines', { count, flag: t(lang, `life.records.flag.${flag}`), lines })}`;
    });
}

/** Issues that are shown of each kind [lines]. */
const SHOWN = 10;

/** What the reader has to say, the gravest first; of many of a kind the first few and how many there are. */
export function toldIssues({ lists, counts }: IssueLists, lang: Lang): string[] {
  return (['critical', 'error', 'warning'] as const).flatMap((severity) => {
    if (counts[severity] === 0) return [];
    const byCode = [...Map.groupBy(lists[severity], ({ code }) => code).values()];
    const each = Math.max(1, Math.floor(SHOWN / byCode.length));
    const shown = byCode.flatMap((list) => list.slice(0, each));
    const more = counts[severity] - shown.length;
    return [
      ...shown.map((issue) => `  ${t(lang, `life.records.${severity}`)}: ${issueText(issue, lang)}`),
      ...(more > 0 ? [`  ${t(lang, 'life.records.more', { count: more })}`] : []),
    ];
  });
}

/** Names that people should look at, with what may be meant. */
export function toldNames(list: readonly NameDecision[], lang: Lang, most = 20): string[] {
  const lines = list.slice(0, most).map(({ written, match }) => {
    const suggestions = match.candidates.map(({ name, score }) => `${name.name} (${number(lang, score)})`).join('; ');
    const key = match.kind === 'ambiguous' ? 'ambiguous' : match.candidates.length > 0 ? 'fuzzy' : 'unknown';
    return `  ${t(lang, `life.records.name.${key}`, { name: written.name, records: written.records, suggestions })}`;
  });
  return list.length > most ? [...lines, `  ${t(lang, 'life.records.more', { count: list.length - most })}`] : lines;
}
