/**
 * Station files of the Global Runoff Data Centre: `#` lines that describe the station, then `YYYY-MM-DD;hh:mm; Value`, or for months
 * `… ; Original; Calculated; Flag` with day 00. Layout: GRDC Station Data File, header of the export (Federal Institute of Hydrology, Koblenz).
 *
 *     readGrdc(file, text)   // [{ station: { name: 'KAZALINSK', code: '2316201', … }, unit: 'm³/s', points: […] }]
 */
import { Problem } from '../problems.ts';
import { datePeriod } from './water-dates.ts';
import { point, type SeriesInterval, type SeriesPoint, type SeriesStation, type WrittenSeries } from './water-series.ts';

/** Parts of a month in hundredths that must be there for the mean that GRDC calculated to be taken without doubt. */
const WHOLE_MONTH = 100;

export function looksLikeGrdc(text: string): boolean {
  return /^#\s*GRDC-No/im.test(text.slice(0, 8000)) && /YYYY-MM-DD/.test(text);
}

/** One series, or two of months: the provider's means and those that GRDC calculated from days. @throws Problem `series-empty` */
export function readGrdc(file: string, text: string): WrittenSeries[] {
  const lines = text.split(/\r?\n/);
  const head = new Map<string, string>();
  for (const line of lines) {
    const found = /^#\s*([^:]{3,40}?)\s*:\s+(.*?)\s*$/.exec(line);
    if (found !== null && !head.has((found[1] ?? '').toLowerCase())) head.set((found[1] ?? '').toLowerCase(), found[2] ?? '');
  }
  const start = lines.findIndex((line) => /^YYYY-MM-DD\s*;/.test(line));
  if (start === -1) throw new Problem('series-empty', { file });
  const columns = (lines[start] ?? '').split(';').map((name) => name.trim().toLowerCase());
  const wanted = columns.flatMap((name, at) => (['value', 'original', 'calculated'].includes(name) ? [{ name, at }] : []));
  const flagAt = columns.indexOf('flag');
  const station = stationOf(head);
  const unreadable = new Map<number, string>();
  const series = wanted.map(({ name, at }): WrittenSeries => {
    const points: SeriesPoint[] = [];
    let interval: SeriesInterval = 'day';
    for (let i = start + 1; i < lines.length; i++) {
      const line = lines[i] ?? '';
      if (line.trim() === '' || line.startsWith('#')) continue;
      const cells = line.split(';').map((cell) => cell.trim());
      const dated = datePeriod(cells[0] ?? '');
      const value = /^[-+\d.eE]+$/.test(cells[at] ?? '') ? Number(cells[at]) : Number.NaN;
      if (dated === null || dated === 'unclear' || Number.isNaN(value)) {
        unreadable.set(i + 1, line.slice(0, 60));
        continue;
      }
      ({ interval } = dated);
      const missing = value <= -999;
      const flag = flagAt === -1 ? null : Number(cells[flagAt]);
      const doubtful = name === 'calculated' && flag !== null && flag >= 0 && flag < WHOLE_MONTH;
      points.push(point(dated.period, missing ? null : value, String(i + 1), cells[at] ?? '', { doubtful }));
    }
    const content = head.get('data set content') ?? '';
    return {
      station,
      title: `${content}${name === 'value' ? '' : ` (${name})`}`.trim(),
      variant: name === 'calculated' ? name : null,
      variable: /discharge/i.test(content) ? 'river-discharge' : null,
      unit: head.get('unit of measure') ?? null,
      datum: null,
      interval,
      points,
      notes: [],
    };
  });
  const note = unreadableNote(unreadable);
  return series
    .filter(({ points }, i) => i === 0 || points.some(({ value }) => value !== null))
    .map((one, i) => (i === 0 ? { ...one, notes: note } : one));
}

function unreadableNote(lines: ReadonlyMap<number, string>): WrittenSeries['notes'] {
  const [first] = lines;
  return first === undefined
    ? []
    : [{ key: 'unreadable', details: { count: lines.size, row: String(first[0]), found: first[1] } }];
}

function stationOf(head: ReadonlyMap<string, string>): SeriesStation {
  const get = (name: string): string | null => {
    const value = [...head].find(([key]) => key.startsWith(name))?.[1] ?? '';
    return value === '' || value === '-' ? null : value;
  };
  const [lat, lon] = [Number(get('latitude') ?? Number.NaN), Number(get('longitude') ?? Number.NaN)];
  return {
    name: get('station') ?? get('grdc-no') ?? '',
    code: get('grdc-no') === null ? null : `GRDC ${get('grdc-no')}`,
    river: get('river'),
    country: /^[A-Z]{2}$/.test(get('country') ?? '') ? get('country') : null,
    place: Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null,
  };
}
