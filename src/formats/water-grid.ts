/**
 * A sheet as a grid that can be turned on its side, and what its cells and the lines above them say.
 *
 *     const grid = gridOf(sheet);
 *     grid.text(4, 0), grid.address(4, 0), turned(grid)
 */
import { letterOf, type Sheet } from './spreadsheet-cells.ts';
import type { SeriesNote, SeriesOptions, SeriesPoint, SeriesStation } from './water-series.ts';
import { decimalOf, waterValue } from './water-values.ts';
import { datumNamed, unitIn, unitNamed, variableNamed } from './water-words.ts';

export interface Grid {
  name: string;
  height: number;
  width: number;
  text(row: number, column: number): string;
  /** The number that a cell of a workbook holds; `null` where it is text, empty or anything else. */
  number(row: number, column: number): number | null;
  /** ISO 8601 where a workbook knows a date. */
  date(row: number, column: number): string | null;
  /** Where it stands: `Sheet!C12`; in text the line and the letter of the column. */
  address(row: number, column: number): string;
}

export function gridOf(sheet: Sheet): Grid {
  const { rows, name } = sheet;
  const cell = (row: number, column: number) => rows[row]?.cells[column];
  return {
    name,
    height: rows.length,
    width: rows.reduce((most, { cells }) => Math.max(most, cells.length), 0),
    text: (row, column) => (cell(row, column)?.text ?? '').replace(/\s+/g, ' ').trim(),
    number: (row, column) => {
      const one = cell(row, column);
      return one?.kind === 'number' && typeof one.value === 'number' ? one.value : null;
    },
    date: (row, column) => {
      const one = cell(row, column);
      return one?.kind === 'date' && typeof one.value === 'string' ? one.value : null;
    },
    address: (row, column) => `${name === '' ? '' : `${name}!`}${letterOf(column)}${rows[row]?.number ?? row + 1}`,
  };
}

/** The grid on its side: rows are columns. Addresses stay those of the sheet. */
export function turned(grid: Grid): Grid {
  return {
    name: grid.name,
    height: grid.width,
    width: grid.height,
    text: (row, column) => grid.text(column, row),
    number: (row, column) => grid.number(column, row),
    date: (row, column) => grid.date(column, row),
    address: (row, column) => grid.address(column, row),
  };
}

/** What reading the cells of a table counts. */
export interface Tally {
  decimal: ',' | '.' | null;
  unreadable: number;
  first: { row: string; found: string } | null;
  leftOut: number;
}

export function tallyOf(grid: Grid, cells: readonly [row: number, column: number][], options: SeriesOptions): Tally {
  const texts = cells.filter(([row, column]) => grid.number(row, column) === null).map(([row, column]) => grid.text(row, column));
  return { decimal: options.decimal ?? decimalOf(texts), unreadable: 0, first: null, leftOut: 0 };
}

/** A cell as value, bounds and marks; `null`, counted in `tally`, where it cannot be read. */
export function readCell(
  grid: Grid,
  row: number,
  column: number,
  { tally, dry = 'missing' }: { tally: Tally; dry?: 'missing' | 'zero' | undefined },
): Pick<SeriesPoint, 'value' | 'low' | 'high' | 'marks' | 'row' | 'text'> | null {
  const text = grid.text(row, column);
  const number = grid.number(row, column);
  const address = grid.address(row, column);
  const read =
    number !== null
      ? waterValue(String(number), { decimal: '.', dry })
      : grid.date(row, column) !== null
        ? null
        : waterValue(text, { decimal: tally.decimal ?? '.', dry });
  if (read === null) {
    tally.unreadable += 1;
    tally.first ??= { row: address, found: text.slice(0, 40) };
    return null;
  }
  return { ...read, row: address, text };
}

export function notesOf({ unreadable, first, leftOut }: Tally): SeriesNote[] {
  return [
    ...(unreadable === 0 || first === null ? [] : [{ key: 'unreadable' as const, details: { count: unreadable, ...first } }]),
    ...(leftOut === 0 ? [] : [{ key: 'left-out' as const, details: { count: leftOut } }]),
  ];
}

/** What the lines above a table say of it. */
export interface Heading {
  title: string;
  unit: string | null;
  datum: ReturnType<typeof datumNamed>;
  station: SeriesStation | null;
  /** A year that stands alone among the words: the year of a table of days. */
  year: number | null;
}

const WATERS = /(?<!\p{L})(?:р\.|река|river|өзен[іи]?|оз\.|озеро|lake|көл[іи]?|вдхр\.?|водохранилище|бөгені?)(?!\p{L})/iu;

/** The texts of `rows` as a heading, each once; `corner` is what stands in the header itself beside the months. */
export function headingOf(grid: Grid, rows: readonly number[], corner: readonly string[] = []): Heading {
  const cells = rows.map((row) => [
    ...new Set(Array.from({ length: grid.width }, (_, c) => grid.text(row, c)).filter((text) => text !== '')),
  ]);
  const texts = [...new Set(cells.map((line) => line.join(' ')).filter((line) => line !== ''))];
  const title = [...texts, ...corner.filter((text) => variableNamed(text) !== null)].join('; ');
  const unit =
    [...cells.flat(), ...texts, ...corner]
      .map((text) => (unitNamed(text) === null ? unitIn(text).unit : text))
      .find((one) => one !== null) ?? null;
  const named = texts.flatMap((text) => stationIn(text) ?? [])[0] ?? null;
  const year = /(?<!\d)(1[89]\d{2}|20\d{2})(?!\d)/.exec(title)?.[1];
  return { title, unit, datum: datumNamed(title), station: named, year: year === undefined ? null : Number(year) };
}

/** A post in front of its name. */
const POST = /^(?:г\.?\s?\/?\s?п\.?|гидропост|пост|ст\.)\s*/iu;
/** Kazakh and Turkish name the kind behind the name: "Сырдария өзені, Қазалы бекеті", "Seyhun Nehri – Kazalı istasyonu". */
const BEHIND =
  /^([^;,–—]{2,40}?)\s+(?:өзені|көлі|nehri|ırmağı|gölü)\s*(?:[–—,]|\s-)\s*([^;,()]{2,50}?)\s+(?:бекеті|гидробекеті|istasyonu)/iu;

/** "р. Сырдарья – г.п. Казалинск. Расходы воды" and "Station: Kazalinsk": the water and the place on it. */
function stationIn(words: string): SeriesStation | null {
  const none = { code: null, country: null, place: null };
  const text = words.split(/(?<=\p{L}{4})(?<!вдхр)\.\s+(?=\p{Lu})/u)[0] ?? ''; // the next sentence says what is measured
  const behind = BEHIND.exec(text);
  if (behind !== null) return { ...none, river: behind[1] ?? '', name: `${behind[1]} – ${behind[2]}` };
  const told = /(?:^|[;,]\s*)(?:гидропост|пост|станция|станса|бекет|station|gauge|istasyon)\s*[:№-]?\s*([^;,]{2,60})/iu.exec(
    text,
  );
  const pair = new RegExp(
    `${WATERS.source}\\s*([^;,–—]{2,40}?)\\s*(?:[–—]|\\s-\\s|,)\\s*((?:г\\.?\\s?п\\.?|пост|ст\\.|пгт\\.?|п\\.|с\\.|г\\.|а\\.)?\\s*[^;,()]{2,50})`,
    'iu',
  ).exec(text);
  if (pair !== null) {
    const [river = '', place = ''] = [pair[1]?.trim(), pair[2]?.trim()];
    const name = place.replace(POST, '').trim();
    if (name !== '' && unitIn(`a, ${place}`).unit === null) return { ...none, river, name: `${river} – ${name}` };
  }
  return told === null ? null : { ...none, river: null, name: (told[1] ?? '').trim() };
}
