/** `saryarka water drought`: SPI and SPEI of a monthly table, droughts in it, and which conventions were taken. */
import { writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { plainTable } from '../formats/water-table.ts';
import { number, t } from '../i18n/index.ts';
import { columnOf, DEPTH, readSeriesTable, type SeriesTable, TEMPERATURE } from '../plans/irrigation-columns.ts';
import { Problem } from '../problems.ts';
import { type DroughtEvent, droughtClass, droughtEvents } from '../science/drought-events.ts';
import type { StandardisedIndex } from '../science/drought-index.ts';
import { extraterrestrialRadiation, monthDays, monthMeans } from '../science/evapotranspiration-sun.ts';
import { hargreaves, thornthwaite } from '../science/evapotranspiration-temperature.ts';
import { type SpeiOptions, spei } from '../science/spei.ts';
import { type SpiOptions, spi } from '../science/spi.ts';
import { speiPearson, spiPearson } from '../science/spi-pearson.ts';
import type { Lang } from '../types.ts';
import { amountIn, chosen } from './water-crop-options.ts';

interface Options {
  lang: Lang;
  index: string;
  scale: string;
  latitude?: string;
  pet: string;
  daylight: string;
  fit: string;
  zeros: string;
  distribution: string;
  calibration?: string;
  limit: string;
  json?: boolean;
  output?: string;
}

interface Told {
  name: string;
  index: 'spi' | 'spei';
  scale: number;
  found: StandardisedIndex<unknown>;
  events: (DroughtEvent & { start: string; end: string })[];
}

const RAIN = ['precipitation', 'precip', 'prcp', 'rain', 'p'];
const PET = ['pet', 'et0', 'eto'];
const MEAN = ['tmean', 'tmed', 'temp', 'temperature', 't'];

export async function waterDrought(file: string, options: Options): Promise<number> {
  const table = readSeriesTable(await plainTable(readSource(file)));
  checkMonths(table);
  const rain = columnOf(table, RAIN, DEPTH);
  if (rain === null) throw missing(table, 'precipitation_mm');
  const indices = options.index.split(',').map((one) => chosen('--index', one, ['spi', 'spei'] as const));
  const scales = options.scale.split(',').map((one) => amountIn('--scale', one, 1, 48, { whole: true }));
  const { pet, by } = indices.includes('spei') ? demandOf(table, options) : { pet: null, by: null };
  const settings = settingsOf(options, table);
  const all = indices.flatMap((index) =>
    scales.map((scale): Told => {
      const found =
        index === 'spi'
          ? spiOf(rain, { ...settings.spi, scale })
          : speiOf(rain, pet as Float64Array, { ...settings.spei, scale });
      const dated = (step: number): string => (table.dates[step] ?? '').slice(0, 7);
      const events = droughtEvents(found.values).map((event) => ({
        ...event,
        start: dated(event.from),
        end: dated(event.to - 1),
      }));
      return { name: `${index}_${scale}`, index, scale, found, events };
    }),
  );
  const conventions = {
    ...(indices.includes('spi') ? { fit: settings.spi.fit, zeros: settings.spi.zeros } : {}),
    ...(indices.includes('spei') ? { distribution: settings.spei.distribution, evapotranspiration: by } : {}),
    ...{ calibration: options.calibration ?? 'all', limit: options.limit },
  };
  if (options.json) console.log(JSON.stringify(jsonOf(table, all, conventions, pet), null, 2));
  else for (const line of told(table, all, conventions, options.lang)) console.log(line);
  if (options.output !== undefined) {
    writeFile(options.output, csvOf(table, all, pet));
    if (!options.json) console.log(t(options.lang, 'cli.water.written', { file: options.output }));
  }
  return 0;
}

function settingsOf(options: Options, { dates }: SeriesTable) {
  const limit = options.limit === 'none' ? Infinity : amountIn('--limit', options.limit, 1, 10);
  const shared = { limit, ...calibrationOf(options.calibration, dates) };
  return {
    spi: {
      ...shared,
      fit: chosen('--fit', options.fit, ['thom', 'l-moments', 'pearson-3'] as const),
      zeros: chosen('--zeros', options.zeros, ['edwards', 'stagge', 'omit'] as const),
    },
    spei: {
      ...shared,
      distribution: chosen('--distribution', options.distribution, ['log-logistic', 'shifted-gamma', 'pearson-3'] as const),
    },
  };
}

type Fitted<Options, Key extends keyof Options> = Omit<Options, Key> & { [key in Key]: NonNullable<Options[Key]> | 'pearson-3' };

/** Pearson's has one rule for months without rain: their share is a probability of its own. */
function spiOf(rain: Float64Array, { fit, ...options }: Fitted<SpiOptions, 'fit'>): StandardisedIndex<unknown> {
  if (fit !== 'pearson-3') return spi(rain, { ...options, fit });
  if (options.zeros !== 'edwards')
    throw new Problem('choice-wrong', { field: '--zeros', found: String(options.zeros), expected: 'edwards' });
  return spiPearson(rain, options);
}

function speiOf(
  rain: Float64Array,
  pet: Float64Array,
  { distribution, ...options }: Fitted<SpeiOptions, 'distribution'>,
): StandardisedIndex<unknown> {
  return distribution === 'pearson-3'
    ? speiPearson(rain, pet, options)
    : spei(rain, pet, { ...options, distribution } as SpeiOptions);
}

/** `1981-2010`: steps of those years. */
function calibrationOf(text: string | undefined, dates: readonly string[]): { calibration?: { from: number; to: number } } {
  if (text === undefined) return {};
  const [, first, last] = /^(\d{4})-(\d{4})$/.exec(text) ?? [];
  const from = dates.findIndex((date) => date.slice(0, 4) >= (first ?? '9'));
  const to = dates.findLastIndex((date) => date.slice(0, 4) <= (last ?? '0')) + 1;
  if (first === undefined || last === undefined || from < 0 || to <= from)
    throw new Problem('choice-wrong', {
      field: '--calibration',
      found: text,
      expected: `${dates[0]?.slice(0, 4)}-${dates.at(-1)?.slice(0, 4)}`,
    });
  return { calibration: { from, to } };
}

/** Potential evapotranspiration as given, or by temperature. */
function demandOf(table: SeriesTable, options: Options): { pet: Float64Array; by: string } {
  const given = columnOf(table, PET, DEPTH);
  if (given !== null) return { pet: given, by: 'given' };
  const method = chosen('--pet', options.pet, ['thornthwaite', 'hargreaves'] as const);
  if (options.latitude === undefined) throw new Problem('option-needed', { field: '--latitude', expected: '46.8' });
  const latitude = amountIn('--latitude', options.latitude, -90, 90);
  const [min, max] = [columnOf(table, ['tmin'], TEMPERATURE), columnOf(table, ['tmax'], TEMPERATURE)];
  const year = Number(table.dates[0]?.slice(0, 4));
  if (method === 'hargreaves') {
    if (min === null || max === null) throw missing(table, 'tmin_c, tmax_c');
    const pet = min.map((low, i) => {
      const [own, month] = [Number(table.dates[i]?.slice(0, 4)), Number(table.dates[i]?.slice(5, 7)) - 1];
      const radiation = monthMeans(own, (day) => extraterrestrialRadiation(latitude, day))[month] as number;
      return hargreaves({ min: low, max: max[i] as number, radiation }) * (monthDays(own)[month] as number);
    });
    return { pet, by: method };
  }
  const mean =
    columnOf(table, MEAN, TEMPERATURE) ??
    (min !== null && max !== null ? min.map((low, i) => (low + (max[i] as number)) / 2) : null);
  if (mean === null) throw missing(table, 'tmean_c');
  const daylight = chosen('--daylight', options.daylight, ['month-mean', 'middle'] as const);
  // the formula begins with a January
  const lead = Number(table.dates[0]?.slice(5, 7)) - 1;
  const padded = Float64Array.from({ length: lead + mean.length }, (_, i) =>
    i < lead ? Number.NaN : (mean[i - lead] as number),
  );
  return { pet: thornthwaite(padded, { latitude, year, daylight }).slice(lead), by: `${method}, ${daylight}` };
}

function missing(table: SeriesTable, expected: string): Problem {
  return new Problem('columns-missing', {
    file: table.file,
    missing: expected,
    found: table.columns.map(({ field }) => field).join(', '),
    expected,
  });
}

/** Months follow one another without gap or repetition. */
function checkMonths({ file, dates, rows }: SeriesTable): void {
  for (let i = 1; i < dates.length; i++) {
    const [year, month] = (dates[i - 1] as string).split('-').map(Number);
    const due = new Date(Date.UTC(year ?? 0, month ?? 1, 1)).toISOString().slice(0, 7);
    if (dates[i]?.slice(0, 7) !== due)
      throw new Problem('water-days', {
        file,
        line: String(rows[i]?.line ?? 0),
        found: (dates[i] ?? '').slice(0, 7),
        expected: due,
      });
  }
}

const value = (of: number | undefined): number | null => (of === undefined || Number.isNaN(of) ? null : of);

function jsonOf({ dates }: SeriesTable, all: readonly Told[], conventions: object, pet: Float64Array | null) {
  return {
    conventions,
    indices: all.map(({ name, index, scale, found, events }) => ({
      ...{ name, index, scale, quality: found.quality, missing: found.missing, refused: found.refused, limited: found.limited },
      ...{ fits: found.fits, events },
    })),
    months: dates.map((date, i) => ({
      month: date.slice(0, 7),
      ...(pet === null ? {} : { pet_mm: value(pet[i]) }),
      ...Object.fromEntries(all.map(({ name, found }) => [name, value(found.values[i])])),
    })),
  };
}

function csvOf({ dates }: SeriesTable, all: readonly Told[], pet: Float64Array | null): string {
  return writeCsv(
    ['month', ...(pet === null ? [] : ['pet_mm']), ...all.flatMap(({ name }) => [name, `${name}_class`])],
    dates.map((date, i) => [
      date.slice(0, 7),
      ...(pet === null ? [] : [value(pet[i])]),
      ...all.flatMap(({ found }) => [value(found.values[i]), droughtClass(found.values[i] as number)]),
    ]),
  );
}

/** Droughts of each index, the greatest first. */
const MOST_EVENTS = 8;

function told({ dates, file }: SeriesTable, all: readonly Told[], conventions: Record<string, unknown>, lang: Lang): string[] {
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `cli.water.drought.${key}`, values);
  const word = (of: string): string => (['given', 'all', 'none'].includes(of) ? say(`word.${of}`) : of);
  const named = Object.entries(conventions).map(([name, of]) => say(`convention.${name}`, { value: word(String(of)) }));
  return [
    say('heading', { file, from: dates[0]?.slice(0, 7) ?? '', to: dates.at(-1)?.slice(0, 7) ?? '', months: dates.length }),
    ...named.map((line) => `  ${line}`),
    ...all.flatMap(({ index, scale, found, events }) => {
      const zeros = found.fits.reduce((sum, fit) => sum + fit.zeros, 0);
      const shown = [...events].sort((a, b) => b.magnitude - a.magnitude).slice(0, MOST_EVENTS);
      return [
        '',
        say('index', { index: index.toUpperCase(), scale, n: events.length, quality: say(`quality.${found.quality}`) }),
        ...(index === 'spi' && zeros > 0 ? [`  ${say('zeros', { n: zeros })}`] : []),
        ...(found.missing + found.refused > 0 ? [`  ${say('gaps', { missing: found.missing, refused: found.refused })}`] : []),
        ...(found.limited > 0 ? [`  ${say('limited', { n: found.limited })}`] : []),
        ...shown.map((event) => {
          const open = event.openStart || event.openEnd ? ` ${say('open')}` : '';
          return `  ${say('event', { from: event.start, to: event.end, months: event.to - event.from, magnitude: number(lang, event.magnitude, 1), peak: number(lang, event.peak, 2) })}${open}`;
        }),
        ...(events.length > shown.length ? [`  ${say('more', { n: events.length - shown.length })}`] : []),
      ];
    }),
  ];
}
