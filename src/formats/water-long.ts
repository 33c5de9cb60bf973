/**
 * Tables with a row for each date: one or several columns of values, or a column that says which variable a row is of. Dates stand in one
 * column, or in columns of year, month and decade or day. Tables of Pywr (a date and a column for each node) are such.
 *
 *     Дата;Пост;Расход, м3/с
 *     01.04.1990;Казалинск;212,5
 */
import { Problem } from '../problems.ts';
import type { Period, Position } from '../types.ts';
import { type Dated, datePeriod, decadePeriod, monthPeriod, yearLabel } from './water-dates.ts';
import { type Grid, type Heading, headingOf, notesOf, readCell, type Tally, tallyOf } from './water-grid.ts';
import type { SeriesInterval, SeriesOptions, SeriesPoint, WrittenSeries } from './water-series.ts';
import { decadeNamed, monthNamed, unitIn, unitNamed, variableNamed } from './water-words.ts';

type Role =
  | 'date'
  | 'year'
  | 'month'
  | 'decade'
  | 'day'
  | 'station'
  | 'code'
  | 'river'
  | 'variable'
  | 'unit'
  | 'value'
  | 'lat'
  | 'lon'
  | 'note';

/** What titles of columns mean; longer words first. */
const ROLES: readonly [RegExp, Role][] = [
  [/^(?:date|дата|күні|tarih|timestamp|time|datetime|время|period|период)(?!\p{L})/iu, 'date'],
  [/^(?:год|year|жыл|yıl)(?:ы)?$/iu, 'year'],
  [/^(?:месяц|мес\.?|month|ай|ay)$/iu, 'month'],
  [/^(?:декада|дек\.?|decade|dekad|онкүндік)$/iu, 'decade'],
  [/^(?:день|число|day|күн|gün)$/iu, 'day'],
  [/^(?:код|code|station.?(?:id|code|no)|№ поста|grdc.?no|id поста|istasyon kodu)$/iu, 'code'],
  [/^(?:станция|пост|гидропост|station|station.?name|gauge|бекет|istasyon|пункт|site|location|node)$/iu, 'station'],
  [/^(?:река|river|өзен|nehir|водный объект|water ?body)$/iu, 'river'],
  [/^(?:variable|parameter|indicator|показатель|параметр|көрсеткіш|gösterge|attribute|характеристика)$/iu, 'variable'],
  [/^(?:unit|units|ед\.?|ед\.? ?изм\.?|единица(?: измерения)?|өлшем бірлігі|birim)$/iu, 'unit'],
  [/^(?:value|значение|мән|мәні|değer|values?)$/iu, 'value'],
  [/^(?:lat|latitude|широта|ендік|enlem)(?!\p{L})/iu, 'lat'],
  [/^(?:lon|lng|long|longitude|долгота|бойлық|boylam)(?!\p{L})/iu, 'lon'],
  [/^(?:flag|quality|qc|примечание|note|remark|ескерту|not|качество|флаг|source|источник|kaynak)$/iu, 'note'],
];

/** Rows that are looked through for the header. */
const FURTHEST = 60;

interface Column {
  index: number;
  title: string;
  role: Role | null;
}

/** The series of a table with a row for each date; `null` where it is none. @throws Problem `series-dates`, `series-decimal`. */
export function readLong(grid: Grid, file: string, options: SeriesOptions): WrittenSeries[] | null {
  const found = headerOf(grid);
  if (found === null) return null;
  const { columns, start, titles } = found;
  const rows = Array.from({ length: grid.height - start }, (_, i) => start + i).filter((row) =>
    columns.some(({ index }) => grid.text(row, index) !== ''),
  );
  const dates = datesOf(grid, rows, columns, file, options);
  if (dates === null) return null;
  const heading = headingOf(grid, titles);
  const valueColumns = valuesIn(grid, rows, columns);
  if (valueColumns.length === 0) return null;
  const wanted =
    options.column === undefined
      ? valueColumns
      : valueColumns.filter(({ title }) => title === options.column || unitIn(title).rest === options.column);
  if (wanted.length === 0)
    throw new Problem('choice-wrong', {
      field: '--column',
      found: options.column ?? '',
      expected: valueColumns.map(({ title }) => title).join(', '),
    });
  return wanted.flatMap((column) =>
    seriesOf({ grid, rows, columns, dates, heading, column, several: valueColumns.length > 1 }, file, options),
  );
}

interface Table {
  grid: Grid;
  rows: readonly number[];
  columns: readonly Column[];
  dates: ReadonlyMap<number, Dated>;
  heading: Heading;
  column: Column;
  several: boolean;
}

/** One series for each station, variable and unit that the rows of a column name. */
function seriesOf(
  { grid, rows, columns, dates, heading, column, several }: Table,
  file: string,
  options: SeriesOptions,
): WrittenSeries[] {
  const tally = tallyOf(
    grid,
    rows.map((row) => [row, column.index]),
    options,
  );
  if (tally.decimal === null) throw new Problem('series-decimal', { file, sheet: grid.name || '–' });
  const at = (role: Role): number => columns.find((one) => one.role === role)?.index ?? -1;
  const keys = (['station', 'code', 'river', 'variable', 'unit'] as const).filter((role) => at(role) !== -1);
  const groups = new Map<string, { row: number; points: SeriesPoint[]; interval: SeriesInterval }>();
  for (const row of rows) {
    const dated = dates.get(row);
    if (dated === undefined) {
      tally.unreadable += 1;
      tally.first ??= {
        row: grid.address(row, columns[0]?.index ?? 0),
        found: grid.text(row, columns[0]?.index ?? 0).slice(0, 40),
      };
      continue;
    }
    const read = readCell(grid, row, column.index, { tally, dry: options.dry });
    if (read === null) continue;
    const key = keys.map((role) => grid.text(row, at(role))).join('\u0000');
    const group = groups.get(key) ?? { row, points: [], interval: dated.interval };
    group.points.push({ ...read, period: dated.period, doubtful: false });
    if (dated.interval !== group.interval && dated.interval === 'instant') group.interval = 'instant';
    groups.set(key, group);
  }
  const own = unitIn(column.title);
  return [...groups.values()].map(({ row, points, interval }, i): WrittenSeries => {
    const cell = (role: Role): string => (at(role) === -1 ? '' : grid.text(row, at(role)));
    const named = cell('station') || cell('code');
    const title = [cell('variable'), column.role === 'value' ? '' : own.rest, several ? '' : heading.title]
      .filter((one) => one !== '')
      .join('; ');
    const firstDays = interval === 'day' && points.length > 2 && points.every(({ period }) => period.start.endsWith('-01'));
    return {
      station:
        named === ''
          ? heading.station
          : {
              name: named,
              code: cell('code') || null,
              river: cell('river') || null,
              country: null,
              place: placeOf(cell('lon'), cell('lat')),
            },
      title: title || heading.title,
      variant: null,
      variable: variableNamed(cell('variable') || own.rest),
      unit: cell('unit') || own.unit || heading.unit,
      datum: heading.datum,
      interval,
      points,
      notes: [
        ...(i === 0 ? notesOf(tally) : []),
        ...(firstDays ? [{ key: 'first-days' as const, details: { count: points.length } }] : []),
      ],
    };
  });
}

function placeOf(lon: string, lat: string): Position | null {
  const [x, y] = [lon, lat].map((text) => (text === '' ? Number.NaN : Number(text.replace(',', '.'))));
  return x !== undefined && y !== undefined && Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
}

/** The header: the row above the first dates, with the row of units that may stand below the titles. */
function headerOf(grid: Grid): { columns: Column[]; start: number; titles: number[] } | null {
  for (let row = 0; row < Math.min(FURTHEST, grid.height); row++) {
    const texts = Array.from({ length: grid.width }, (_, c) => grid.text(row, c));
    const roles = texts.map(roleOf);
    const dated = roles.includes('date') || roles.includes('year');
    const first = texts[0] === '' && dateAt(grid, row + 1, 0) !== null; // an index without a title, as pandas writes
    if (!dated && !first) continue;
    if (texts.filter((text) => text !== '').length < (first ? 1 : 2)) continue;
    const units = Array.from({ length: grid.width }, (_, c) => grid.text(row + 1, c));
    const hasUnits =
      units.some((text) => unitNamed(text) !== null) &&
      units.every((text) => text === '' || Number.isNaN(Number(text.replace(',', '.'))));
    const columns = texts.map((title, index): Column => {
      const role = roles[index] ?? null;
      const unit = hasUnits ? (units[index] ?? '') : '';
      return { index, title: unit === '' ? title : `${title}, ${unit}`, role: first && index === 0 ? 'date' : role };
    });
    return {
      columns: columns.filter(({ title, role }) => title !== '' || role === 'date'),
      start: row + (hasUnits ? 2 : 1),
      titles: Array.from({ length: row }, (_, i) => i),
    };
  }
  return bareHeader(grid);
}

/** Dates and one number on each row, without a header. */
function bareHeader(grid: Grid): { columns: Column[]; start: number; titles: number[] } | null {
  const start = Array.from({ length: Math.min(FURTHEST, grid.height) }, (_, row) => row).find(
    (row) => dateAt(grid, row, 0) !== null,
  );
  if (start === undefined || grid.width !== 2) return null;
  const columns: Column[] = [
    { index: 0, title: '', role: 'date' },
    { index: 1, title: '', role: 'value' },
  ];
  return { columns, start, titles: Array.from({ length: start }, (_, i) => i) };
}

function roleOf(title: string): Role | null {
  const bare = title.replace(/[,(].*$/u, '').trim();
  return ROLES.find(([pattern]) => pattern.test(bare))?.[1] ?? null;
}

function dateAt(
  grid: Grid,
  row: number,
  column: number,
  order: 'day-first' | 'month-first' | null = null,
): ReturnType<typeof datePeriod> {
  const known = grid.date(row, column);
  return datePeriod(known ?? grid.text(row, column), order);
}

/** The period of each row; `null` where no row has one. @throws Problem `series-dates` where days and months cannot be told apart */
function datesOf(
  grid: Grid,
  rows: readonly number[],
  columns: readonly Column[],
  file: string,
  options: SeriesOptions,
): Map<number, Dated> | null {
  const at = (role: Role): number => columns.find((one) => one.role === role)?.index ?? -1;
  const dates = new Map<number, Dated>();
  if (at('date') !== -1) {
    const order = options.dates ?? orderOf(rows.map((row) => grid.text(row, at('date'))));
    for (const row of rows) {
      const dated = dateAt(grid, row, at('date'), order);
      if (dated === 'unclear')
        throw new Problem('series-dates', { file, row: grid.address(row, at('date')), found: grid.text(row, at('date')) });
      if (dated !== null) dates.set(row, dated);
    }
  } else {
    for (const row of rows) {
      const year = yearLabel(grid.text(row, at('year')));
      const dated =
        year === null || year.end !== year.start
          ? null
          : partsOf(year.start, grid.text(row, at('month')), grid.text(row, at('decade')), grid.text(row, at('day')), {
              month: at('month') !== -1,
              decade: at('decade') !== -1,
              day: at('day') !== -1,
            });
      if (dated !== null) dates.set(row, dated);
    }
  }
  return dates.size === 0 ? null : dates;
}

/** The order that dates such as 25/04/1990 tell for the others; `null` where none tells or they contradict. */
function orderOf(texts: readonly string[]): 'day-first' | 'month-first' | null {
  const told = new Set(
    texts.flatMap((text) => {
      const found = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}/.exec(text);
      if (found === null) return [];
      if (Number(found[1]) > 12) return ['day-first' as const];
      return Number(found[2]) > 12 ? ['month-first' as const] : [];
    }),
  );
  return told.size === 1 ? ([...told][0] ?? null) : null;
}

function partsOf(
  year: number,
  monthText: string,
  decadeText: string,
  dayText: string,
  has: { month: boolean; decade: boolean; day: boolean },
): Dated | null {
  if (!has.month) return { period: { start: `${year}-01-01`, end: `${year + 1}-01-01` }, interval: 'year' };
  const month = monthNamed(monthText, { digits: true });
  if (month === null) return null;
  if (has.decade) {
    const decade = decadeNamed(decadeText);
    return decade === null ? null : { period: decadePeriod(year, month, decade), interval: 'decade' };
  }
  if (has.day) {
    const day = datePeriod(`${year}-${month}-${dayText}`);
    return day === null || day === 'unclear' ? null : day;
  }
  return { period: monthPeriod(year, month) satisfies Period, interval: 'month' };
}

/** The columns with values: the one called so, or those in which most cells that are not empty are numbers or their words. */
function valuesIn(grid: Grid, rows: readonly number[], columns: readonly Column[]): Column[] {
  const value = columns.filter(({ role }) => role === 'value');
  if (value.length > 0) return value;
  return columns.filter(({ index, role }) => {
    if (role !== null) return false;
    const filled = rows.filter((row) => grid.text(row, index) !== '');
    const tally: Tally = tallyOf(
      grid,
      filled.map((row) => [row, index]),
      {},
    );
    const readable = filled.filter(
      (row) => readCell(grid, row, index, { tally: { ...tally, decimal: tally.decimal ?? ',' } }) !== null,
    );
    return filled.length > 0 && readable.length >= filled.length / 2;
  });
}
