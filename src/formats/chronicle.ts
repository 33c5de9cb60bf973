/**
 * Tables of a "Chronicle of Nature" (Летопись природы), which strict reserves of the former Soviet Union have kept by one programme since 1940: a title,
 * headers of several rows with merged cells, groups as rows of their own, a Latin name beside or behind the Russian one.
 *
 *     Таблица 8.3. Численность копытных по данным учётов
 *     | № | Вид                       | Численность, особей     |
 *     |   |                           | 2019  | 2020  | 2021    |
 *     | 1 | Сайгак (Saiga tatarica)   | 120   | 135   | –       |
 *
 * Филонов & Нухимовская 1990, Летопись природы в заповедниках СССР: методическое пособие. Москва, Наука.
 */
import type { LifeRecord, RecordFlag } from '../life-types.ts';
import { countOf, yearOf } from './count-table-cells.ts';
import { vernacularOf } from './darwin-core-record.ts';
import type { IssueLists } from './import-issue.ts';
import type { Cell, Sheet, SheetRow } from './spreadsheet-cells.ts';

export interface ChronicleRow {
  sheet: string;
  line: number;
  /** Latin where there is one, else as written. */
  name: string;
  vernacular: string | null;
  site: string | null;
  year: number | null;
  /** `весна`, `осень`, a month: as written. */
  season: string | null;
  count: number | null;
  /** Words over the column. */
  heading: string;
  /** Title over the table. */
  title: string | null;
  flags: RecordFlag[];
}

/** Rows from the top in which a header is looked for. */
const HEADER_WITHIN = 15;
const NAMES = /(^|[\s/(])(вид|виды|видов|название|наименование|таксон|түр|түрі|атауы|species)([\s,.)/]|$)/iu;
const LATIN_TITLE = /латин|latin|научн/iu;
const SITES = /участок|кордон|урочищ|лесничеств|маршрут|место|пункт|стационар|обход|учаске/iu;
const NOT_COUNTS =
  /плотност|%|процент|доля|площад|длина|протяж|дата|срок|№|п\/п|примечан|статус|км|тығызд|ескерту|балл|масса|вес(?![а-я])|средн/iu;
const SEASON =
  /весн|лет(о|н)|осен|зим|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|көктем|жаз|күз|қыс/iu;
const TOTAL = /^(итого|всего|сумма|в среднем|среднее|барлығы|жиыны)/iu;
const YEAR = /(?<!\d)(19\d\d|20\d\d)(?!\d)/g;
const BINOMIAL = /([A-Z][a-z]{2,}(?:\s\([A-Z][a-z]+\))?\s(?:[a-z-]{3,}(?:\s[a-z-]{3,})?|sp\.))/;

interface Column {
  index: number;
  heading: string;
  year: number | null;
  season: string | null;
}

/** Counts of a sheet; none where it holds no table with names of species. */
export function readChronicle(sheet: Sheet, file: string, issues: IssueLists, skip: (why: string) => void): ChronicleRow[] {
  const rows = sheet.rows.filter(({ cells }) => cells.some(({ kind }) => kind !== 'empty'));
  const found: ChronicleRow[] = [];
  for (let from = 0; from < rows.length; ) {
    const header = headerFrom(rows, from);
    if (header === null) break;
    const { next } = readTable(sheet, rows, header, { file, issues, skip, found });
    from = next;
  }
  return found;
}

interface Header {
  first: number;
  /** The first row below it. */
  body: number;
  headings: string[];
  title: string | null;
}

/** The next row, from `from` on, in which a column is headed as one of names. */
function headerFrom(rows: readonly SheetRow[], from: number): Header | null {
  const last = from === 0 ? HEADER_WITHIN : rows.length;
  for (let i = from; i < Math.min(rows.length, last); i++) {
    const { cells } = rows[i] as SheetRow;
    if (isAcross(cells) || !cells.some((cell) => NAMES.test(cell.text) && cell.text.length < 60) || filled(cells) < 2) continue;
    let body = i + 1;
    while (body < rows.length && isHeaderRow((rows[body] as SheetRow).cells, (rows[body - 1] as SheetRow).cells)) body++;
    const width = Math.max(...rows.slice(i, body).map((row) => row.cells.length));
    const headings = Array.from({ length: width }, (_, column) => headingOf(rows.slice(i, body), column));
    const title = rows
      .slice(from, i)
      .map(({ cells: above }) => above.find(({ kind }) => kind !== 'empty')?.text.trim() ?? '')
      .filter((text) => text !== '');
    return { first: i, body, headings, title: title.at(-1) ?? null };
  }
  return null;
}

/** A row that continues a header: cells merged from above, years or seasons, numbers of columns; and no name of a species. */
function isHeaderRow(cells: readonly Cell[], above: readonly Cell[]): boolean {
  if (cells.some((cell) => BINOMIAL.test(cell.text))) return false;
  if (
    cells.some(
      (cell) => cell.merged !== null && !cell.merged.first && cell.merged.rows > 1 && cell.text !== '' && isSame(cell, above),
    )
  )
    return true;
  const texts = cells.map((cell) => cell.text.trim()).filter((text) => text !== '');
  if (texts.length < 2) return false;
  if (texts.every((text, i) => text === String(i + 1))) return true; // 1 2 3 4 under a header
  return texts.filter((text) => yearOf(text) !== null || SEASON.test(text)).length >= Math.max(2, texts.length - 2);
}

function isSame(cell: Cell, above: readonly Cell[]): boolean {
  return above.some((one) => one.merged !== null && one.text === cell.text);
}

/** Words over a column from top to bottom, each once. */
function headingOf(rows: readonly SheetRow[], column: number): string {
  const words = rows
    .map(({ cells }) => cells[column]?.text.replace(/\s+/g, ' ').trim() ?? '')
    .filter((text) => text !== '' && text !== String(column + 1));
  return [...new Set(words)].join(' / ');
}

function filled(cells: readonly Cell[]): number {
  return new Set(cells.flatMap((cell, i) => (cell.kind === 'empty' ? [] : [cell.merged === null || cell.merged.first ? i : -1])))
    .size;
}

/** A row of one text: a title or the name of a group. */
function isAcross(cells: readonly Cell[]): boolean {
  const texts = new Set(cells.flatMap((cell) => (cell.kind === 'empty' ? [] : [cell.text.trim()])));
  return (
    texts.size === 1 &&
    (cells.filter(({ kind }) => kind !== 'empty').length === 1 || cells.some(({ merged }) => (merged?.columns ?? 0) > 2))
  );
}

function readTable(
  sheet: Sheet,
  rows: readonly SheetRow[],
  { body, headings, title }: Header,
  { file, issues, skip, found }: { file: string; issues: IssueLists; skip: (why: string) => void; found: ChronicleRow[] },
): { next: number } {
  const named = headings.findIndex((heading) => NAMES.test(heading) && !LATIN_TITLE.test(heading));
  const latin = headings.findIndex((heading) => LATIN_TITLE.test(heading));
  const site = headings.findIndex((heading, i) => i !== named && SITES.test(heading));
  const yearColumn = headings.findIndex((heading) => /^(год|жыл|year)$/iu.test(heading));
  const own = title === null ? [] : [...title.matchAll(YEAR)].map(([year]) => Number(year));
  const titleYear = own.length === 1 ? (own[0] as number) : null;
  const columns = headings.flatMap((heading, index): Column[] => {
    if ([named, latin, site, yearColumn].includes(index) || heading === '' || NOT_COUNTS.test(heading)) return [];
    const years = [...heading.matchAll(YEAR)].map(([year]) => Number(year));
    const season = heading.split(' / ').find((part) => SEASON.test(part) && !YEAR.test(part)) ?? null;
    YEAR.lastIndex = 0;
    return [{ index, heading, year: years.at(-1) ?? titleYear, season }];
  });
  const where = sheet.name === '' ? file : `${file}/${sheet.name}`;
  let lastName = '';
  let i = body;
  for (; i < rows.length; i++) {
    const { cells, number } = rows[i] as SheetRow;
    if (cells.some((cell) => NAMES.test(cell.text) && cell.text.length < 25 && !BINOMIAL.test(cell.text)) && filled(cells) > 2)
      break; // the next table
    if (isAcross(cells)) {
      skip('heading');
      continue;
    }
    const text = (column: number): string => cells[column]?.text.replace(/\s+/g, ' ').trim() ?? '';
    if (TOTAL.test(text(named)) || TOTAL.test(text(0))) {
      skip('total');
      continue;
    }
    const written = text(named) || text(latin) || lastName;
    if (written === '') {
      skip('no-name');
      continue;
    }
    lastName = written;
    const scientific = BINOMIAL.exec(text(latin))?.[1] ?? BINOMIAL.exec(written)?.[1] ?? null;
    const vernacular = written.replace(/[(,;–-]?\s*[A-Z][a-z]{2,}\s[a-z-]{3,}.*$/, '').trim();
    for (const { index, heading, year, season } of columns) {
      const flags: RecordFlag[] = [];
      const count = countOf(cells[index], flags, () =>
        issues.add('error', 'cell-wrong', {
          file: where,
          line: String(number),
          field: heading,
          found: text(index),
          expected: '0, 12, 340',
        }),
      );
      if (count === null && !/^[+xх]+$/iu.test(text(index))) continue; // nobody counted
      const rowYear = yearColumn < 0 ? null : yearOf(text(yearColumn));
      const when = rowYear ?? year;
      if (when === null) flags.push('date-missing');
      found.push({
        sheet: sheet.name,
        line: number,
        name: scientific ?? written,
        vernacular: vernacular === '' ? null : vernacular,
        site: site < 0 ? null : text(site) || null,
        year: when,
        season,
        count,
        heading,
        title,
        flags,
      });
    }
  }
  return { next: i };
}

/** Counts as records of their year; the season stays a word. */
export function* chronicleRecords(rows: readonly ChronicleRow[], file: string): Generator<LifeRecord> {
  for (const row of rows)
    yield {
      row: `${file}${row.sheet === '' ? '' : `/${row.sheet}`}:${row.line}`,
      id: null,
      name: row.name,
      author: null,
      rank: null,
      kingdom: null,
      vernacular: row.vernacular === null ? {} : vernacularOf(row.vernacular),
      place: null,
      period: row.year === null ? null : { start: `${row.year}-01-01`, end: `${row.year + 1}-01-01` },
      uncertaintyM: null,
      count: row.count,
      basis: 'HumanObservation',
      recordedBy: null,
      country: null,
      dataset: null,
      licence: null,
      fields: {
        ...(row.site === null ? {} : { locality: row.site }),
        ...(row.season === null ? {} : { season: row.season }),
        heading: row.heading,
        ...(row.title === null ? {} : { title: row.title }),
      },
      flags: row.count === 0 ? [...row.flags, 'absent'] : row.flags,
    };
}
