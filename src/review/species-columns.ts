/**
 * The columns of the lists of species: what the register says, what records say, and both where they differ.
 *
 *     cellOf(list, row, 'last_record')    // { text: '2010 / 2021', differs: true }: first the register, then the records
 *
 * Of a sensitive species a copy that leaves confidential parts out tells no zone, last record or source.
 */
import { t } from '../i18n/index.ts';
import type { Id, Lang } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import type { Content } from './content.ts';
import { choiceText, fieldLabel, fieldText } from './registers.ts';
import {
  type Category,
  fieldOf,
  groupOf,
  isSensitive,
  listedCategory,
  registeredIucn,
  type SpeciesRow,
  wordsOf,
} from './species-merge.ts';
import type { SiteSpecies } from './species-recorded.ts';

/** What the cells are made from. */
export interface SpeciesWords {
  content: Content;
  /** `null` where the dossier holds no record of the site. */
  known: SiteSpecies | null;
  /** Red lists of countries that have a category for one of its species. */
  national: readonly string[];
}

export const NAMES: readonly Lang[] = ['kk', 'ru', 'en'];
export const NAMED = ['scientific_name', 'group', ...NAMES.map((lang) => `name_${lang}`)];
export const STATUS = [...NAMED, 'iucn', 'red_book', 'economic_use', 'trend'];
export const SIGHTING = ['last_record', 'source'];
/** Only records tell. */
const ZONES = 'zones';
/** All that is told of a recorded species. */
export const RECORDED = [...NAMED, 'iucn', 'red_book', ZONES, 'economic_use', 'trend', ...SIGHTING];

/** A species that nobody has assessed: there is no year of it. */
export const NOT_EVALUATED = 'NE';

/** What a poacher could use. */
const SECRET: readonly string[] = [...SIGHTING, ZONES];

export interface SpeciesCell {
  /** `null` where nothing is known, or may be told. */
  text: string | null;
  /** Whether the register and the records disagree. */
  differs: boolean;
}

export function columnTitle({ lang }: Content, column: Id): string {
  return column === ZONES ? t(lang, 'review.species.zones') : fieldLabel('species', column, lang);
}

/** Whether where and when it was seen is kept from the reader. */
export function isWithheld({ confidential }: Pick<Content, 'confidential'>, row: SpeciesRow): boolean {
  return confidential === 'leave-out' && isSensitive(row);
}

/** What is told of a species in a column. */
export function cellOf(words: SpeciesWords, row: SpeciesRow, column: Id): SpeciesCell {
  if (isWithheld(words.content, row) && SECRET.includes(column)) return { text: null, differs: false };
  const own = registerText(words, row, column);
  const recorded = recordText(words, row, column);
  if (own === null || recorded === null) return { text: own ?? recorded, differs: false };
  if (column === 'source') return { text: `${own}; ${recorded}`, differs: false };
  const same = sameIn(row, column, own, recorded);
  if (same === null) return { text: `${own} / ${recorded}`, differs: true };
  return { text: same, differs: false };
}

function registerText({ content: { lang } }: SpeciesWords, row: SpeciesRow, column: Id): string | null {
  if (column === 'scientific_name') {
    return row.synonym === null ? row.name : t(lang, 'review.species.synonym', { name: row.name, synonym: row.synonym });
  }
  if (column === 'iucn') return iucnText(registeredIucn(row), lang);
  if (column === 'sensitive') return isSensitive(row) ? t(lang, 'review.yes') : null;
  const value = fieldOf(row, column);
  return column === ZONES || value === undefined ? null : fieldText('species', column, value, lang);
}

function recordText({ content: { lang }, known, national }: SpeciesWords, row: SpeciesRow, column: Id): string | null {
  const { recorded } = row;
  if (recorded === null || known === null) return null;
  const named = NAMES.find((one) => column === `name_${one}`);
  if (named !== undefined) return recorded.vernacular[named] ?? null;
  switch (column) {
    case 'group':
      return wordsOf(row.entry, 'group') !== '' ? null : choice(groupOf(row), lang);
    case 'iucn':
      return iucnText(listedCategory(row, 'iucn'), lang);
    case 'red_book':
      return nationalText(national, row, lang);
    case ZONES:
      return zonesText(known, row, lang);
    case 'last_record':
      return recorded.last === null ? t(lang, 'review.window.no-date') : String(recorded.last);
    case 'source':
      return originCodes(known, recorded.origins, lang);
    default:
      return null;
  }
}

/** What stands once for both; `null` where they differ. */
function sameIn(row: SpeciesRow, column: Id, own: string, recorded: string): string | null {
  const plain = (text: string): string => text.trim().toLowerCase();
  if (plain(own) === plain(recorded)) return own;
  if (column === 'iucn') {
    const [one, other] = [registeredIucn(row), listedCategory(row, 'iucn')];
    const years = new Set([one?.year ?? null, other?.year ?? null].filter((year) => year !== null));
    return one?.code !== other?.code || years.size > 1 ? null : one?.year === null ? recorded : own;
  }
  // the register as people write it, "III" or "III category": the list adds the year
  if (column === 'red_book') return plain(recorded).replace(/\s*\([^)]*\)$/, '') === plain(own) ? recorded : null;
  if (column === 'last_record') {
    const year = row.recorded?.last ?? null;
    return year === null || lastYear(wordsOf(row.entry, 'last_record')) === year ? own : null;
  }
  return null;
}

/** The year in which something was last seen: that of the end of a span. */
export function lastYear(iso: string): number | null {
  const year = /^\d{4}/.exec(iso.split('/').at(-1) ?? '')?.[0];
  return year === undefined ? null : Number(year);
}

/** The category as everybody writes it, with its year: `EN (2022)`. The words for the codes stand above the table. */
function iucnText(category: Category | null, lang: Lang): string | null {
  if (category === null) return null;
  const { code, year } = category;
  return code === NOT_EVALUATED && year === null ? choiceText('species', code, lang) : withYear({ code, year }, lang);
}

function withYear({ code, year }: Category, lang: Lang): string {
  return `${code} (${year ?? t(lang, 'review.window.no-date')})`;
}

/** `III (2010)`; of several countries with their codes. */
function nationalText(national: readonly string[], row: SpeciesRow, lang: Lang): string | null {
  const told = national.flatMap((list) => {
    const category = listedCategory(row, list);
    if (category === null) return [];
    const text = withYear(category, lang);
    return national.length > 1 ? `${countryOf(list)} ${text}` : text;
  });
  return told.length === 0 ? null : told.join('; ');
}

/** The country in the name of a list, `KZ` of `red-book-kz`; the name itself where it has none. */
export function countryOf(list: string): string {
  return /[-_ ]([a-z]{2})$/i.exec(list)?.[1]?.toUpperCase() ?? list;
}

function zonesText({ zones }: SiteSpecies, { recorded }: SpeciesRow, lang: Lang): string | null {
  if (recorded === null || zones.length === 0) return null;
  const kinds = zoneKinds.filter((kind) => zones.some((zone) => zone.kind === kind && recorded.zones.includes(zone.id)));
  const drawn = zoneKinds.filter((kind) => zones.some((zone) => zone.kind === kind));
  if (kinds.length === 0) return t(lang, 'review.species.zone-undecided');
  if (kinds.length === drawn.length && drawn.length > 1) return t(lang, 'review.species.zones-all');
  return kinds.map((kind) => t(lang, `review.species.zone-${kind}`)).join(', ');
}

function choice(code: string | null, lang: Lang): string | null {
  return code === null ? null : choiceText('species', code, lang);
}

/** `D1, D4–D6`: places in the list of datasets. */
export function originCodes({ origins }: SiteSpecies, ids: readonly Id[], lang: Lang): string {
  const wanted = new Set(ids);
  const places = origins.flatMap(({ id }, i) => (wanted.has(id) ? [i + 1] : []));
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === place - 1) last[1] = place;
    else runs.push([place, place]);
  }
  const code = (place: number): string => originCode(place, lang);
  return runs
    .map(([first, last]) =>
      first === last ? code(first) : last === first + 1 ? `${code(first)}, ${code(last)}` : `${code(first)}–${code(last)}`,
    )
    .join(', ');
}

/** The mark of a dataset by its place in the list, from 1. */
export function originCode(place: number, lang: Lang): string {
  return t(lang, 'review.species.origin-code', { number: String(place) });
}
