/**
 * The lists of species as tables: threatened ones whole, others as far as a reader can use them, and a sentence that counts the rest.
 *
 *     const { tables, rest } = tablesOf(words, rows);    // rest: recorded species that only the package lists
 */
import { t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id } from '../types.ts';
import type { Content } from './content.ts';
import { choiceText, citeOrigin } from './registers.ts';
import { countsText, tableId } from './sentences.ts';
import { cellOf, columnTitle, NAMED, RECORDED, SIGHTING, type SpeciesWords, STATUS } from './species-columns.ts';
import { GROUPS } from './species-group.ts';
import { groupOf, isSensitive, isThreatenedRow, type SpeciesRow } from './species-merge.ts';
import { SPECIES_FILE } from './species-rows.ts';

/** More rows than these nobody reads on paper: some ten pages on their side. */
const MOST_ROWS = 300;

/** The tables of the annex, and the species that stand in none of them. */
export function tablesOf(words: SpeciesWords, native: SpeciesRow[]): { tables: Table[]; rest: SpeciesRow[] } {
  if (words.known === null) {
    const whole = native.length === 0 ? [] : [speciesTable(words, native, [...STATUS, ...SIGHTING], { name: 'species' })];
    return { tables: whole, rest: [] };
  }
  const threatened = native.filter(isThreatenedRow);
  const others = native.filter((row) => !threatened.includes(row));
  const fits = native.length <= MOST_ROWS;
  // what people wrote into the register is never left out
  const listed = fits ? others : others.filter(({ entry }) => entry !== null);
  return {
    tables: [
      ...(threatened.length === 0
        ? []
        : [speciesTable(words, threatened, RECORDED, { name: 'species', caption: 'table-threatened' })]),
      ...(listed.length === 0 ? [] : [speciesTable(words, listed, RECORDED, { name: 'others', caption: 'table-others' })]),
    ],
    rest: fits ? [] : others.filter(({ entry }) => entry === null),
  };
}

/** How many species the tables do not list, by group, and where all of them are. */
export function restText({ content: { lang } }: SpeciesWords, native: SpeciesRow[], rest: SpeciesRow[]): Block[] {
  if (rest.length === 0) return [];
  const groups = countsText(rest, groupOf, (group) => choiceText('species', group, lang), lang, GROUPS);
  const counts = { shown: native.length - rest.length, all: native.length, count: rest.length, groups, file: SPECIES_FILE };
  return [{ kind: 'text', text: plain(t(lang, 'review.species.rest', counts)) }];
}

export function invasiveTable(words: SpeciesWords, invasive: SpeciesRow[]): Table {
  const zones = words.known === null ? [] : ['zones'];
  return speciesTable(words, invasive, [...NAMED, ...zones, 'trend', ...SIGHTING], { name: 'invasive' });
}

/** Species as a table; whether one is sensitive stands in it only where nothing is left out. Columns without a value are left out. */
export function speciesTable(
  words: SpeciesWords,
  rows: SpeciesRow[],
  columns: readonly Id[],
  { name, caption = `table-${name}` }: { name: string; caption?: string },
): Table {
  const { content } = words;
  const sensitive = content.confidential === 'mark' && rows.some(isSensitive);
  const wanted = sensitive ? [...columns, 'sensitive'] : columns;
  const cells = rows.map((row) => wanted.map((column) => cellOf(words, row, column).text));
  const used = wanted.map((_, i) => i).filter((i) => cells.some((row) => row[i] !== null));
  return {
    kind: 'table',
    id: tableId(content, name),
    caption: t(content.lang, `review.species.${caption}`),
    head: used.map((i) => columnTitle(content, wanted[i] ?? '')),
    rows: rows.map((row, at) =>
      used.map((i, place): Cited => {
        const text = cells[at]?.[i] ?? '–';
        return place === 0 ? named(content, row, text) : plain(text);
      }),
    ),
    align: used.map(() => 'start'),
    landscape: true,
  };
}

/** The first cell of a line: marked where it is confidential, and with the line of the register that it comes from. */
function named(content: Content, { entry }: SpeciesRow, text: string): Cited {
  if (entry === null) return plain(text);
  const marked = entry.confidential ? `${text} [${t(content.lang, 'review.confidential')}]` : text;
  return { text: marked, notes: [citeOrigin(content, entry.from)] };
}
