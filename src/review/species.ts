/**
 * Species of a reserve: the threatened and the useful ones with their names and status, invasive ones apart.
 *
 * Of sensitive species a copy that leaves confidential parts out tells neither the last record nor the source.
 */
import { t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry, Lang } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { citeAll, entriesWhere } from './lines.ts';
import { choiceText, leftOut, registerTable } from './registers.ts';
import { countsText, isAnnex, missing, namesIn, ofSorts, onlyOf, sentence, tableId, textOf } from './sentences.ts';
import { speciesFigures } from './species-figures.ts';
import { isOlder } from './window.ts';

const GROUPS = [
  'mammals',
  'birds',
  'reptiles',
  'amphibians',
  'fishes',
  'invertebrates',
  'plants',
  'fungi',
  'lichens',
  'other-group',
];

/** Categories of the IUCN Red List, the gravest first. IUCN 2012, Red List Categories and Criteria, version 3.1. */
const CATEGORIES = ['EX', 'EW', 'CR', 'EN', 'VU', 'NT', 'LC', 'DD', 'NE'];

const THREATENED = ['CR', 'EN', 'VU'];

const NAMES: readonly Lang[] = ['kk', 'ru', 'en'];

const NAMED = ['scientific_name', 'group', ...NAMES.map((lang) => `name_${lang}`)];

/** A species that nobody has assessed: there is no year of it. */
const NOT_EVALUATED = 'NE';
const STATUS = [...NAMED, 'iucn', 'red_book', 'economic_use', 'trend'];

const SIGHTING = ['last_record', 'source'];

/** Table T10 in the annex; elsewhere the numbers, and the species that people use. */
export const speciesList: Filler = (content) => {
  const all = entriesWhere(content, 'species', ofSorts('group', onlyOf(content)));
  const figures = isAnnex(content) ? [] : speciesFigures(content);
  if (all.shown.length === 0) {
    const left = all.left === 0 ? [] : leftOut(content, all.left);
    return figures.length + left.length === 0 ? null : [...figures, ...left];
  }
  const sorted = all.shown.toSorted(byGroupAndName);
  const invasive = sorted.filter(({ fields }) => fields.invasive === true);
  const native = sorted.filter((one) => !invasive.includes(one));
  const listed = isAnnex(content) ? native : native.filter(({ fields }) => fields.economic_use !== undefined);
  return [
    ...figures,
    ...(native.length === 0 ? [] : [lead(content, native, listed)]),
    ...table(content, listed, 'species', isAnnex(content) ? [...STATUS, ...SIGHTING] : STATUS),
    ...(isAnnex(content) ? [] : useless(content, listed)),
    ...aliens(content, invasive),
    ...(isAnnex(content) ? withheldText(content, sorted) : []),
    ...(isAnnex(content) ? gaps(content, native) : []),
    ...leftOut(content, all.left),
  ];
};

function lead(content: Content, native: Entry[], listed: Entry[]): Block {
  const { lang } = content;
  const counts = (field: string, order: string[]): string =>
    countsText(
      native,
      (one) => textOf(one, field),
      (code) => `${field === 'iucn' ? `${code} ` : ''}${choiceText('species', code, lang)}`,
      lang,
      order,
    );
  const text = t(lang, 'review.species.lead', {
    count: native.length,
    groups: counts('group', GROUPS),
    categories: counts('iucn', CATEGORIES),
    national: native.filter(({ fields }) => fields.red_book !== undefined).length,
    used: native.filter(({ fields }) => fields.economic_use !== undefined).length,
  });
  if (listed.length === 0) return sentence(content, text, { notes: citeAll(content, native) });
  return sentence(content, text, { from: native.map(({ from }) => from), see: tableId(content, 'species') });
}

/** Species as a table; whether one is sensitive stands in it only where nothing is left out. */
function table(content: Content, species: Entry[], name: string, columns: string[]): Block[] {
  if (species.length === 0) return [];
  const sensitive = content.confidential === 'mark' && species.some((one) => one.fields.sensitive === true);
  const fields = sensitive ? [...columns, 'sensitive'] : columns;
  const caption = t(content.lang, `review.species.table-${name === 'species' && !isAnnex(content) ? 'used' : name}`);
  const rows = species.map((one) => withCategory(withoutSighting(content, one), content.lang));
  return [registerTable(content, 'species', rows, fields, { id: tableId(content, name), caption, landscape: true })];
}

function useless(content: Content, used: Entry[]): Block[] {
  return used.length > 0 ? [] : [{ kind: 'gap', text: t(content.lang, 'review.species.no-use') }];
}

function aliens(content: Content, invasive: Entry[]): Block[] {
  if (invasive.length === 0) return [];
  const text = t(content.lang, 'review.species.invasive', { count: invasive.length });
  const see = tableId(content, 'invasive');
  if (!isAnnex(content)) return [sentence(content, text, { notes: citeAll(content, invasive) })];
  const columns = [...NAMED, 'trend', ...SIGHTING];
  return [
    sentence(content, text, { from: invasive.map(({ from }) => from), see }),
    ...table(content, invasive, 'invasive', columns),
  ];
}

/** What a poacher could use is not told; which species it is may be known. */
function withoutSighting(content: Content, one: Entry): Entry {
  return isWithheld(content, one) ? { ...one, fields: openFields(one) } : one;
}

/** The fields of an entry that may go to those who may not read everything: of a sensitive species not when and where it was seen. */
export function openFields({ register, fields }: Pick<Entry, 'register' | 'fields'>): Entry['fields'] {
  if (register !== 'species' || fields.sensitive !== true) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !SIGHTING.includes(field)));
}

/** The category as everybody writes it, with its year: `EN (2022)`. The words for the codes stand above the table. */
function withCategory(one: Entry, lang: Lang): Entry {
  const { iucn, iucn_year: year, ...rest } = one.fields;
  if (iucn === undefined || (iucn === NOT_EVALUATED && year === undefined)) return one;
  return { ...one, fields: { ...rest, iucn: `${iucn} (${year ?? t(lang, 'review.window.no-date')})` } };
}

function isWithheld({ confidential }: Content, { fields }: Entry): boolean {
  return confidential === 'leave-out' && fields.sensitive === true;
}

function withheldText(content: Content, species: Entry[]): Block[] {
  const count = species.filter(
    (one) => isWithheld(content, one) && SIGHTING.some((field) => one.fields[field] !== undefined),
  ).length;
  return count === 0 ? [] : [{ kind: 'hint', text: t(content.lang, 'review.species.withheld', { count }) }];
}

/** Status that is not known, and threatened species that nobody has recorded in the ten years. */
function gaps(content: Content, native: Entry[]): Block[] {
  const names = (lacks: (one: Entry) => boolean): string[] => namesIn(native.filter(lacks), 'scientific_name');
  const threatened = ({ fields }: Entry): boolean => THREATENED.includes(String(fields.iucn));
  const unseen = (one: Entry): boolean =>
    threatened(one) &&
    !isWithheld(content, one) &&
    (one.fields.last_record === undefined || isOlder(content, one.fields.last_record));
  return [
    ...missing(
      content,
      'review.species.no-category',
      names(({ fields }) => fields.iucn === undefined),
    ),
    ...missing(
      content,
      'review.species.no-year',
      names(({ fields }) => ![undefined, NOT_EVALUATED].includes(fields.iucn as string) && fields.iucn_year === undefined),
    ),
    ...missing(content, 'review.species.unseen', names(unseen)),
    ...missing(
      content,
      'review.species.no-trend',
      names((one) => threatened(one) && (one.fields.trend === undefined || one.fields.trend === 'not-known')),
    ),
  ];
}

function byGroupAndName(a: Entry, b: Entry): number {
  const rank = (one: Entry): number => GROUPS.indexOf(textOf(one, 'group') ?? '');
  const name = (one: Entry): string => textOf(one, 'scientific_name') ?? '';
  return rank(a) - rank(b) || name(a).localeCompare(name(b), 'en');
}
