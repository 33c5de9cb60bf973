/**
 * Series of rasters: which band of which file is of which time. A series is one file per date, one band per date, or both.
 *
 *     dateIn('MOD13A1_NDVI_2016_001');                // { start: '2016-01-01', end: '2016-01-02' }: year and day of the year
 *     stackLayers(rasters, { dates });                // [{ raster: 0, band: 0, date: { start: … } }, …]
 *
 * A date is looked for in the table that the user gave, then in what the file says of the band, then in the band's
 * description, then in the name of the file. Where none is found the date stays `null`: nothing is guessed from the order.
 */
import { periodOf } from '../periods.ts';
import { Problem } from '../problems.ts';
import type { Period } from '../types.ts';
import type { Raster } from './raster.ts';

/** One band of one raster, with the time it is of. */
export interface StackLayer {
  /** Place among the rasters given, from 0. */
  raster: number;
  /** Place among the bands of its raster, from 0. */
  band: number;
  date: Period | null;
}

/** What a table says: dates by file, and by file and band where it has a column for bands. */
export interface DateTable {
  name: string;
  rows: { line: number; file: string; band: number | null; date: Period }[];
}

type StackRaster = Pick<Raster, 'name' | 'bands'>;

const YEAR = '((?:19|20)\\d{2})';
const MONTH = '(0[1-9]|1[0-2])';
/** Neither in the middle of a longer number nor, at its end, of a word: `2048x2048` and `2000m` are no years. */
const [BEFORE, AFTER] = ['(?<!\\dx?)', '(?![\\dA-Za-z])'];

/** Ways to write a time, the most exact first: in `LC08_150030_20200101` the first number is no month. */
const WRITINGS: readonly { pattern: RegExp; iso: (parts: string[]) => string | null }[] = [
  {
    pattern: new RegExp(`${BEFORE}${YEAR}([-_./]?)${MONTH}\\2(\\d{2})(?![\\dA-SU-Za-z])`, 'g'),
    iso: ([, year, , month, day]) => `${year}-${month}-${day}`,
  },
  {
    pattern: new RegExp(`${BEFORE}${YEAR}[-_.]?(\\d{3})${AFTER}`, 'g'),
    iso: ([, year, day]) => dayOfYear(Number(year), Number(day)),
  },
  { pattern: new RegExp(`${BEFORE}${YEAR}[-_.]?${MONTH}${AFTER}`, 'g'), iso: ([, year, month]) => `${year}-${month}` },
  { pattern: new RegExp(`${BEFORE}${YEAR}[-_–]${YEAR}${AFTER}`, 'g'), iso: ([, first, last]) => `${first}/${last}` },
  { pattern: new RegExp(`${BEFORE}${YEAR}${AFTER}`, 'g'), iso: ([, year = '']) => year },
];

/** The time that a name or description speaks of; of several equally exact ones the first. `null` where there is none. */
export function dateIn(text: string): Period | null {
  for (const { pattern, iso } of WRITINGS) {
    for (const match of text.matchAll(pattern)) {
      const found = iso(match);
      const period = found === null ? null : periodOf(found);
      if (period !== null) return period;
    }
  }
  return null;
}

/** A period in the shortest form that says it: `2016`, `2016-01`, `2016-01-01`, or first and last day with a stroke between. */
export function periodText({ start, end }: Period): string {
  const whole = [start.slice(0, 4), start.slice(0, 7), start].find((text) => {
    const period = periodOf(text);
    return period?.start === start && period.end === end;
  });
  return whole ?? `${start}/${new Date(Date.parse(`${end}T00:00Z`) - 86_400_000).toISOString().slice(0, 10)}`;
}

/**
 * The bands of `rasters` with their dates, file by file; bands that only say which pixels stand (alpha) are no layers.
 * @throws Problem `stack-table-unused` for a row of the table that fits no band.
 */
export function stackLayers(rasters: readonly StackRaster[], { dates = null }: { dates?: DateTable | null } = {}): StackLayer[] {
  const unused = dates?.rows.find(
    ({ file, band }) => !rasters.some((raster) => isNamed(raster, file) && (band ?? 0) < raster.bands.length),
  );
  if (dates !== null && unused !== undefined) {
    const { line, file, band } = unused;
    throw new Problem('stack-table-unused', {
      file: dates.name,
      row: String(line),
      found: band === null ? file : `${file}, ${band + 1}`,
    });
  }
  return rasters.flatMap((raster, i) =>
    raster.bands.flatMap((band, j) => (band.alpha ? [] : [{ raster: i, band: j, date: dateOf(raster, j, dates) }])),
  );
}

function dateOf(raster: StackRaster, band: number, dates: DateTable | null): Period | null {
  const rows = dates?.rows.filter(({ file }) => isNamed(raster, file)) ?? [];
  const row = rows.find((own) => own.band === band) ?? rows.find((own) => own.band === null);
  const stated = raster.bands[band];
  return row?.date ?? stated?.date ?? dateIn(stated?.description ?? '') ?? dateIn(plainName(raster.name));
}

/** Whether the table means this raster: by its path, its name, or its name without the ending. */
function isNamed({ name }: StackRaster, file: string): boolean {
  const wanted = file.replaceAll('\\', '/');
  return name.replaceAll('\\', '/') === wanted || baseName(name) === baseName(wanted) || plainName(name) === wanted;
}

function baseName(name: string): string {
  return name.replace(/^.*[\\/]/, '');
}

function plainName(name: string): string {
  return baseName(name).replace(/\.[A-Za-z]\w*$/, '');
}

/** The day as ISO 8601; `null` for a day that the year does not have. */
function dayOfYear(year: number, day: number): string | null {
  const iso = new Date(Date.UTC(year, 0, day)).toISOString().slice(0, 10);
  return day >= 1 && iso.startsWith(`${year}-`) ? iso : null;
}
