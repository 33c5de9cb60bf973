/**
 * Results and tables of Pywr: the long table of version 2 (`time_start, time_end, simulation_id, label, metric_set, name, attribute, value`)
 * and tables of version 1 whose columns are nodes under scenarios. Values are per day there and have no unit: the user says it.
 *
 *     readPywr(grid, 'out.csv', {})   // a series for each node, attribute and simulation
 */
import { Problem } from '../problems.ts';
import { type Dated, datePeriod } from './water-dates.ts';
import { type Grid, notesOf, readCell, tallyOf } from './water-grid.ts';
import type { SeriesInterval, SeriesOptions, SeriesPoint, WrittenSeries } from './water-series.ts';
import { variableNamed } from './water-words.ts';

const LONG = ['time_start', 'time_end', 'name', 'attribute', 'value'];
const DAY = 86_400_000;

export function looksLikePywr(grid: Grid): boolean {
  const header = Array.from({ length: grid.width }, (_, c) => grid.text(0, c).toLowerCase());
  return LONG.every((name) => header.includes(name)) || scenarioRows(grid) > 0;
}

/** Version 1 writes the levels of its columns one below another, each named in the first column. */
function scenarioRows(grid: Grid): number {
  let rows = 0;
  while (rows < Math.min(6, grid.height) && /^scenario|^(?:name|recorder|node)$/i.test(grid.text(rows, 0))) rows += 1;
  return Array.from({ length: rows }, (_, r) => grid.text(r, 0)).some((text) => /^scenario/i.test(text)) ||
    (rows > 0 && /^scenario/i.test(grid.text(rows, 0)))
    ? rows
    : 0;
}

/** @throws Problem `series-empty` */
export function readPywr(grid: Grid, file: string, options: SeriesOptions): WrittenSeries[] {
  const series = scenarioRows(grid) > 0 ? readScenarios(grid, options) : readResults(grid, options);
  if (series.every(({ points }) => points.length === 0)) throw new Problem('series-empty', { file });
  return series;
}

function readResults(grid: Grid, options: SeriesOptions): WrittenSeries[] {
  const header = Array.from({ length: grid.width }, (_, c) => grid.text(0, c).toLowerCase());
  const at = (name: string): number => header.indexOf(name);
  const rows = Array.from({ length: grid.height - 1 }, (_, i) => i + 1);
  const tally = tallyOf(
    grid,
    rows.map((row) => [row, at('value')]),
    { decimal: '.', ...options },
  );
  const groups = new Map<string, { title: string; node: string; points: SeriesPoint[]; interval: SeriesInterval }>();
  for (const row of rows) {
    const cell = (name: string): string => (at(name) === -1 ? '' : grid.text(row, at(name)));
    const [start, end] = [datePeriod(cell('time_start')), datePeriod(cell('time_end'))];
    const read = readCell(grid, row, at('value'), { tally });
    if (start === null || start === 'unclear' || read === null) continue;
    const period =
      end === null || end === 'unclear' || end.period.start <= start.period.start
        ? start.period
        : { start: start.period.start, end: end.period.start };
    const run = ['simulation_id', 'label']
      .map(cell)
      .filter((one) => one !== '' && one !== '0')
      .join(' ');
    const key = [cell('name'), cell('attribute'), run].join('\u0000');
    const title = [cell('name'), cell('attribute'), run].filter((one) => one !== '').join(' · ');
    const group = groups.get(key) ?? { title, node: cell('name'), points: [], interval: intervalOf(period) };
    group.points.push({ ...read, period, doubtful: false });
    groups.set(key, group);
  }
  return [...groups.values()].map((one, i) => written(one, i === 0 ? notesOf(tally) : []));
}

function readScenarios(grid: Grid, options: SeriesOptions): WrittenSeries[] {
  const levels = scenarioRows(grid);
  const head =
    Array.from({ length: grid.height }, (_, r) => r).find((row) => row >= levels && dated(grid, row) !== null) ?? grid.height;
  const rows = Array.from({ length: grid.height - head }, (_, i) => head + i);
  return Array.from({ length: Math.max(0, grid.width - 1) }, (_, i) => i + 1).map((column) => {
    const tally = tallyOf(
      grid,
      rows.map((row) => [row, column]),
      { decimal: '.', ...options },
    );
    const names = Array.from({ length: levels }, (_, r) => ({ level: grid.text(r, 0), name: grid.text(r, column) }));
    const node = names.find(({ level }) => !/^scenario/i.test(level))?.name ?? names[0]?.name ?? '';
    const title = names.map(({ level, name }) => (/^scenario/i.test(level) ? `${level} ${name}` : name)).join(' · ');
    let interval: SeriesInterval = 'day';
    const points = rows.flatMap((row): SeriesPoint[] => {
      const when = dated(grid, row);
      const read = when === null ? null : readCell(grid, row, column, { tally });
      if (when === null || read === null) return [];
      ({ interval } = when);
      return [{ ...read, period: when.period, doubtful: false }];
    });
    return written({ title, node, points, interval }, notesOf(tally));
  });
}

function dated(grid: Grid, row: number): Dated | null {
  const found = datePeriod(grid.date(row, 0) ?? grid.text(row, 0));
  return found === 'unclear' ? null : found;
}

function written(
  { title, node, points, interval }: { title: string; node: string; points: SeriesPoint[]; interval: SeriesInterval },
  notes: WrittenSeries['notes'],
): WrittenSeries {
  return {
    station: node === '' ? null : { name: node, code: null, river: null, country: null, place: null },
    title,
    variant: title === node ? null : title,
    variable: variableNamed(title),
    unit: null,
    datum: null,
    interval,
    points,
    notes,
  };
}

function intervalOf({ start, end }: SeriesPoint['period']): SeriesInterval {
  const days = (Date.parse(end) - Date.parse(start)) / DAY;
  return days <= 0.5
    ? 'hour'
    : days <= 1.5
      ? 'day'
      : days >= 28 && days <= 31
        ? 'month'
        : days >= 365 && days <= 366
          ? 'year'
          : 'instant';
}
