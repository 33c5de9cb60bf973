/**
 * Levels that satellites saw, with their errors: text of HydroWeb (lakes and rivers, before and after 2017), text and JSON of DAHITI, JSON
 * of the Copernicus Land Monitoring Service.
 *
 *     readAltimetry(file, text)   // [{ title: 'lake level', datum: 'ggm02c', points: [{ value: 37.92, low: 37.88, high: 37.96, … }] }]
 *
 * HydroWeb: Crétaux et al. 2011, Adv. Space Res. 47, 1497-1507, doi:10.1016/j.asr.2011.01.004; DAHITI: Schwatke et al. 2015, Hydrol. Earth
 * Syst. Sci. 19, 4345-4364, doi:10.5194/hess-19-4345-2015.
 */
import { Problem } from '../problems.ts';
import type { Position } from '../types.ts';
import { datePeriod } from './water-dates.ts';
import {
  type Datum,
  point,
  type SeriesPoint,
  type SeriesStation,
  type WaterVariable,
  type WrittenSeries,
} from './water-series.ts';
import { datumNamed } from './water-words.ts';

/** What stands for "no value" in HydroWeb. */
const UNDEFINED = [999.999, 9999.999, 9999.99, 999.99];

type Provider = 'hydroweb' | 'dahiti';

/** Which of the two the text is from, by its head; `null` for neither. */
export function altimetryIn(text: string): Provider | null {
  const head = text.slice(0, 6000);
  if (
    /^#?\s*(?:lake|station|river|reservoir)\s*=[^;\n]*;.*(?:lat|basin|country)=/im.test(head) ||
    /^#\s*(?:BASIN|REFERENCE LONGITUDE|GEOID MODEL|MISSION\(S\)-TRACK\(S\))\s*::/im.test(head)
  )
    return 'hydroweb';
  if (/dahiti/i.test(head)) return 'dahiti';
  return null;
}

/** Whether JSON is a download of DAHITI or of Copernicus. */
export function isAltimetryJson(value: unknown): boolean {
  const rows = rowsIn(value);
  const [first] = rows;
  return first !== undefined && timeIn(first) !== null && heightIn(first) !== null;
}

/** @throws Problem `series-empty` */
export function readAltimetry(file: string, text: string): WrittenSeries[] {
  const lines = text.split(/\r?\n/);
  const head = headOf(lines);
  const provider = altimetryIn(text) ?? 'dahiti';
  const river = head.has('river') || head.has('station') ? provider === 'hydroweb' && !head.has('lake') : false;
  const names = columnsOf(text, provider);
  const points: Record<'level' | 'area' | 'volume', SeriesPoint[]> = { level: [], area: [], volume: [] };
  let unreadable = 0;
  let first: { row: string; found: string } | null = null;
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '' || !/^\s*\d/.test(line)) continue;
    const cells = line.includes(';') ? line.split(';').map((cell) => cell.trim()) : line.trim().split(/[\s,]+/);
    const dateAt = cells.findIndex((cell) => /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/.test(cell));
    const timed = /^\d{1,2}:\d{2}/.test(cells[dateAt + 1] ?? '');
    const dated = dateAt === -1 ? null : datePeriod(cells[dateAt] ?? '');
    const [height, error, area, volume] = cells.slice(dateAt + (timed ? 2 : 1)).map(numberOf);
    if (dated === null || dated === 'unclear' || height === undefined || Number.isNaN(height)) {
      unreadable += 1;
      first ??= { row: String(i + 1), found: line.trim().slice(0, 60) };
      continue;
    }
    const period = timed ? (withTime(cells[dateAt] ?? '', cells[dateAt + 1] ?? '') ?? dated.period) : dated.period;
    const row = String(i + 1);
    const written = cells
      .slice(dateAt + (timed ? 2 : 1))
      .slice(0, 2)
      .join(' ± ');
    points.level.push(withError(period, height, error ?? null, row, written));
    if (names.area && area !== undefined) points.area.push(point(period, known(area), row, String(area)));
    if (names.volume && volume !== undefined) points.volume.push(point(period, known(volume), row, String(volume)));
  }
  if (points.level.length === 0) throw new Problem('series-empty', { file });
  const shared = { station: stationOf(head), variant: null, datum: null, interval: 'instant' as const };
  const level: WaterVariable = river ? 'river-level' : 'lake-level';
  const notes: WrittenSeries['notes'] =
    first === null ? [] : [{ key: 'unreadable', details: { count: unreadable, ...(first as { row: string; found: string }) } }];
  const series: WrittenSeries[] = [
    {
      ...shared,
      title: river ? 'river level' : 'lake level',
      variable: level,
      unit: 'm',
      datum: datumOf(text),
      points: points.level,
      notes,
    },
  ];
  const some = (list: SeriesPoint[]): boolean => list.some(({ value }) => value !== null && value !== 0);
  if (some(points.area))
    series.push({ ...shared, title: 'lake area', variable: 'lake-area', unit: 'km2', points: points.area, notes: [] });
  // the volume is a difference from the first date, which is no volume: told, not taken
  if (some(points.volume)) notes.push({ key: 'first-date-volume', details: { count: points.volume.length } });
  return series;
}

/** Downloads of DAHITI (`{ date, height, error }`, later `{ datetime, wse, wse_u }`) and of Copernicus. @throws Problem `series-empty` */
export function readAltimetryJson(file: string, value: unknown): WrittenSeries[] {
  const rows = rowsIn(value);
  const points = rows.flatMap((row, i): SeriesPoint[] => {
    const [time, height] = [timeIn(row), heightIn(row)];
    const dated = time === null ? null : datePeriod(time.replaceAll('/', '-'));
    if (dated === null || dated === 'unclear' || height === null) return [];
    const error = Number(row.error ?? row.wse_u ?? row.water_surface_height_uncertainty ?? Number.NaN);
    return [
      withError(
        dated.period,
        height,
        Number.isNaN(error) ? null : error,
        `data ${i + 1}`,
        String(row.height ?? row.wse ?? row.water_level ?? height),
      ),
    ];
  });
  if (points.length === 0) throw new Problem('series-empty', { file });
  const outer = isRow(value) ? value : {};
  const info = isRow(outer.info) ? outer.info : isRow(outer.properties) ? outer.properties : outer;
  const text = (of: unknown): string | null =>
    typeof of === 'string' && of !== '' ? of : typeof of === 'number' ? String(of) : null;
  const name = text(info.target_name) ?? text(info.name) ?? text(info.resource) ?? text(outer.target_name);
  const id = text(info.dahiti_id) ?? text(outer.dahiti_id) ?? text(info.identifier);
  const river = /river/i.test(text(info.type) ?? '') || /, river$/i.test(name ?? '');
  const skipped = rows.length - points.length;
  return [
    {
      station:
        name === null && id === null
          ? null
          : {
              name: name ?? id ?? '',
              code: id,
              river: null,
              country: null,
              place: placeOf(info.longitude ?? info.lon, info.latitude ?? info.lat),
            },
      title: river ? 'river level' : 'lake level',
      variant: null,
      variable: river ? 'river-level' : 'lake-level',
      unit: 'm',
      datum: datumOf(JSON.stringify({ ...outer, data: undefined })),
      interval: 'instant',
      points,
      notes: skipped === 0 ? [] : [{ key: 'unreadable', details: { count: skipped, row: '–', found: '–' } }],
    },
  ];
}

type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

function rowsIn(value: unknown): Row[] {
  const list = Array.isArray(value) ? value : isRow(value) && Array.isArray(value.data) ? value.data : [];
  return (list as unknown[]).filter(isRow);
}

function timeIn(row: Row): string | null {
  const time = row.datetime ?? row.date;
  return typeof time === 'string' ? time : null;
}

function heightIn(row: Row): number | null {
  const height = row.height ?? row.wse ?? row.water_level ?? row.water_surface_height_above_reference_datum;
  const value = height === undefined || height === null || height === '' ? Number.NaN : Number(height);
  return Number.isFinite(value) ? known(value) : null;
}

function numberOf(cell: string): number {
  return /^[-+]?\d*\.?\d+(?:e[-+]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
}

function known(value: number): number | null {
  return Number.isNaN(value) || UNDEFINED.includes(value) || value <= -999 ? null : value;
}

/** The error is one standard deviation: bounds are value ± error. */
function withError(period: SeriesPoint['period'], height: number, error: number | null, row: string, text: string): SeriesPoint {
  const value = known(height);
  const spread = value === null || error === null || Number.isNaN(error) || known(error) === null || error < 0 ? null : error;
  return point(
    period,
    value,
    row,
    text,
    spread === null || value === null ? {} : { low: round(value - spread), high: round(value + spread) },
  );
}

const round = (value: number): number => Number(value.toPrecision(12));

function withTime(date: string, time: string): SeriesPoint['period'] | null {
  const dated = datePeriod(`${date.replaceAll('/', '-')} ${time}`);
  return dated === null || dated === 'unclear' ? null : dated.period;
}

/** `lake=…;lat=…` of the first line, `#NAME:: value` and `# Name : value` of the others. */
function headOf(lines: readonly string[]): Map<string, string> {
  const head = new Map<string, string>();
  const put = (key: string, value: string): void => {
    const name = key.trim().toLowerCase();
    if (value.trim() !== '' && !/^(?:na|to be specified)$/i.test(value.trim()) && !head.has(name)) head.set(name, value.trim());
  };
  for (const line of lines.slice(0, 200)) {
    if (/^(?:[^#]|#\s*(?:lake|station|river|reservoir)\s*=)/i.test(line) && line.includes('='))
      for (const pair of line.replace(/^#\s*/, '').split(';')) put(pair.split('=')[0] ?? '', pair.split('=').slice(1).join('='));
    const found = /^#\s*([^:#]{2,60}?)\s*::?\s+(.+)$/.exec(line);
    if (found !== null) put(found[1] ?? '', found[2] ?? '');
  }
  return head;
}

function stationOf(head: ReadonlyMap<string, string>): SeriesStation | null {
  const get = (...names: string[]): string | null =>
    names.map((name) => head.get(name)).find((value) => value !== undefined) ?? null;
  const name = get('lake', 'reservoir', 'station', 'target name', 'target-name', 'target_name', 'id', 'name', 'river');
  const code = get('id', 'station', 'dahiti-id', 'dahiti_id', 'dahiti id');
  if (name === null && code === null) return null;
  return {
    name: (name ?? code ?? '').replaceAll('_', ' '),
    code,
    river: get('river'),
    country: null,
    place: placeOf(get('lon', 'reference longitude', 'longitude'), get('lat', 'reference latitude', 'latitude')),
  };
}

function placeOf(lon: unknown, lat: unknown): Position | null {
  const [x, y] = [Number.parseFloat(String(lon)), Number.parseFloat(String(lat))];
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
}

function datumOf(text: string): Datum | null {
  const head = text
    .slice(0, 6000)
    .split(/\r?\n/)
    .filter((line) => /^\s*[#{]/.test(line) || /(?:ref|geoid)\s*=/.test(line))
    .join('\n');
  return datumNamed(head);
}

/** Whether the head tells of columns of area and volume, as HydroWeb has for lakes. */
function columnsOf(text: string, provider: Provider): { area: boolean; volume: boolean } {
  const head = text.slice(0, 6000);
  return {
    area: provider === 'hydroweb' && /area\s*\(km2\)/i.test(head),
    volume: provider === 'hydroweb' && /volume/i.test(head),
  };
}
