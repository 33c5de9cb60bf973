/**
 * Species of a reserve: the threatened and the useful ones with their names and status, what records say of them, invasive ones apart.
 *
 * The register and the records of the dossier become one list (`species-merge.ts`). Of sensitive species a copy that leaves confidential
 * parts out tells neither the zone nor the last record nor the source.
 */
import { t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry, Id } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { citeAll } from './lines.ts';
import { choiceText, leftOut } from './registers.ts';
import { countsText, isAnnex, onlyOf, sentence, tableId } from './sentences.ts';
import { isWithheld, SIGHTING, type SpeciesWords, STATUS } from './species-columns.ts';
import { speciesFigures } from './species-figures.ts';
import { speciesGaps } from './species-gaps.ts';
import { GROUPS } from './species-group.ts';
import {
  currentIucn,
  fieldOf,
  groupOf,
  isInvasive,
  type MergedSpecies,
  mergedSpecies,
  nationalLists,
  type SpeciesRow,
} from './species-merge.ts';
import { originKey } from './species-origins.ts';
import { recordsOf, type SiteSpecies } from './species-recorded.ts';
import { recordsLead } from './species-records.ts';
import { invasiveTable, restText, speciesTable, tablesOf } from './species-tables.ts';
import { threatenedByZone } from './species-zones.ts';

/** Categories of the IUCN Red List, the gravest first. IUCN 2012, Red List Categories and Criteria, version 3.1. */
const CATEGORIES = ['EX', 'EW', 'CR', 'EN', 'VU', 'NT', 'LC', 'DD', 'NE'];

/** Table T10 in the annex; elsewhere the numbers, and the species that people use. */
export const speciesList: Filler = (content) => {
  const { merged, rows, hidden, known } = speciesOf(content);
  const figures = isAnnex(content) ? [] : speciesFigures(content);
  const left = leftOut(content, hidden);
  if (rows.length === 0) return figures.length + left.length === 0 ? null : [...figures, ...left];
  const invasive = rows.filter(isInvasive);
  const native = rows.filter((row) => !invasive.includes(row));
  const words = { content, known, national: nationalLists(known?.species ?? []) };
  return isAnnex(content)
    ? annex(words, { merged, native, invasive, rows, left })
    : [...figures, ...summary(words, native), ...aliens(content, invasive), ...left];
};

/** The species of the section that may be shown, how many lines of the register are confidential and left out, and what records say. */
function speciesOf(content: Content): { merged: MergedSpecies; rows: SpeciesRow[]; hidden: number; known: SiteSpecies | null } {
  const known = recordsOf(content);
  const only = onlyOf(content);
  const entries = content.records.entries.filter(({ register }) => register === 'species');
  const merged = mergedSpecies(entries, known?.species ?? []);
  const wanted = merged.rows.filter((row) => only === null || only.includes(groupOf(row) ?? ''));
  // what a confidential line of the register is of stays at home with its records
  const rows = wanted.filter(({ entry }) => content.confidential !== 'leave-out' || entry?.confidential !== true);
  return { merged, rows, hidden: wanted.length - rows.length, known };
}

interface Annexed {
  merged: MergedSpecies;
  native: SpeciesRow[];
  invasive: SpeciesRow[];
  rows: SpeciesRow[];
  left: Block[];
}

function annex(words: SpeciesWords, { merged, native, invasive, rows, left }: Annexed): Block[] {
  const { content, known } = words;
  const { tables, rest } = tablesOf(words, native);
  return [
    ...(native.length === 0 ? [] : [lead(content, native, tables[0]?.id ?? null)]),
    ...(known === null ? [] : [...recordsLead(words, rows), ...threatenedByZone(content, known, taxaOf(rows))]),
    ...tables,
    ...restText(words, native, rest),
    ...aliens(content, invasive),
    ...(invasive.length === 0 ? [] : [invasiveTable(words, invasive)]),
    ...(known === null ? [] : [originKey(content, known)]),
    ...withheldText(content, rows),
    ...speciesGaps(words, { merged, native, rows }),
    ...left,
  ];
}

function summary(words: SpeciesWords, native: SpeciesRow[]): Block[] {
  const { content, known } = words;
  const used = native.filter((row) => fieldOf(row, 'economic_use') !== undefined);
  const table = used.length === 0 ? [] : [speciesTable(words, used, STATUS, { name: 'species', caption: 'table-used' })];
  return [
    ...(native.length === 0 ? [] : [lead(content, native, table[0]?.id ?? null)]),
    ...(known === null ? [] : recordsLead(words, native)),
    ...table,
    ...(used.length > 0 ? [] : [{ kind: 'gap' as const, text: t(content.lang, 'review.species.no-use') }]),
  ];
}

/** How many species there are by group and category; `see` names the table that lists them one by one. */
function lead(content: Content, native: SpeciesRow[], see: Id | null): Block {
  const { lang } = content;
  const counts = (codeOf: (row: SpeciesRow) => string | null, order: readonly string[], withCode: boolean): string =>
    countsText(native, codeOf, (code) => `${withCode ? `${code} ` : ''}${choiceText('species', code, lang)}`.trim(), lang, order);
  const text = t(lang, 'review.species.lead', {
    count: native.length,
    groups: counts(groupOf, GROUPS, false),
    categories: counts((row) => currentIucn(row)?.code ?? null, CATEGORIES, true),
    national: native.filter((row) => isNational(row)).length,
    used: native.filter((row) => fieldOf(row, 'economic_use') !== undefined).length,
  });
  const entries = entriesOf(native);
  if (see === null) return sentence(content, text, { notes: citeAll(content, entries) });
  return sentence(content, text, { from: entries.map(({ from }) => from), see });
}

function isNational(row: SpeciesRow): boolean {
  return fieldOf(row, 'red_book') !== undefined || nationalLists(row.recorded === null ? [] : [row.recorded]).length > 0;
}

function taxaOf(rows: readonly SpeciesRow[]): Set<Id> {
  return new Set(rows.flatMap(({ recorded }) => recorded?.taxon ?? []));
}

function entriesOf(rows: readonly SpeciesRow[]): Entry[] {
  return rows.flatMap(({ entry }) => (entry === null ? [] : [entry]));
}

/** How many invasive species there are; in the annex a table lists them. */
function aliens(content: Content, invasive: SpeciesRow[]): Block[] {
  if (invasive.length === 0) return [];
  const text = t(content.lang, 'review.species.invasive', { count: invasive.length });
  const entries = entriesOf(invasive);
  if (!isAnnex(content)) return [sentence(content, text, { notes: citeAll(content, entries) })];
  return [sentence(content, text, { from: entries.map(({ from }) => from), see: tableId(content, 'invasive') })];
}

function withheldText(content: Content, rows: SpeciesRow[]): Block[] {
  const tells = ({ entry, recorded }: SpeciesRow): boolean =>
    recorded !== null || SIGHTING.some((field) => entry?.fields[field] !== undefined);
  const withheld = rows.filter((row) => isWithheld(content, row) && tells(row));
  if (withheld.length === 0) return [];
  const key = withheld.some(({ recorded }) => recorded !== null) ? 'withheld-zones' : 'withheld';
  return [{ kind: 'hint', text: t(content.lang, `review.species.${key}`, { count: withheld.length }) }];
}

/** The fields of an entry that may go to those who may not read everything: of a sensitive species not when and where it was seen. */
export function openFields({ register, fields }: Pick<Entry, 'register' | 'fields'>): Entry['fields'] {
  if (register !== 'species' || fields.sensitive !== true) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !SIGHTING.includes(field)));
}
