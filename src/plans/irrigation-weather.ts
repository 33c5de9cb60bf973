/**
 * Daily weather of a table as a crop needs it: reference evapotranspiration as given, or reckoned by a named method.
 *
 *     const weather = cropWeather(readSeriesTable(file), { vapour: 'dew-point', latitude: 33.07, elevation: 361 });
 *     weather.days[0]   // { date: '2013-04-23', reference: 6.97, rain: 0, wind: 1.99, lowestHumidity: 10.4 }
 */
import { Problem } from '../problems.ts';
import type { CropDay } from '../science/crop-season.ts';
import { penmanMonteith, radiationFromSunshine, windAtTwoMetres } from '../science/evapotranspiration.ts';
import { actualVapour, asceReference, type VapourRule } from '../science/evapotranspiration-asce.ts';
import { extraterrestrialRadiation } from '../science/evapotranspiration-sun.ts';
import { hargreaves } from '../science/evapotranspiration-temperature.ts';
import {
  columnOf,
  DEPTH,
  dayOfYear,
  daysLater,
  findColumn,
  HOURS,
  HUMIDITY,
  LENGTH,
  PART,
  PRESSURE,
  RADIATION,
  type SeriesTable,
  TEMPERATURE,
  WIND,
} from './irrigation-columns.ts';

/** Ways to the reference evapotranspiration. */
export const referenceMethods = ['given', 'fao-56', 'asce-short', 'asce-tall', 'hargreaves'] as const;
export type ReferenceMethod = (typeof referenceMethods)[number];

export interface WeatherOptions {
  method: ReferenceMethod;
  /** What the vapour pressure is of: needed by Penman-Monteith's. */
  vapour?: VapourRule;
  /** [deg], needed by all but `given`; [m], needed by Penman-Monteith's. */
  latitude?: number;
  elevation?: number;
  /** Of the wind, where its column does not say it [m]. */
  windHeight?: number;
}

export interface CropWeather {
  method: ReferenceMethod;
  vapour: VapourRule | null;
  days: (CropDay & { date: string })[];
  /** Days on which something that is needed is missing. */
  missing: number;
}

const NAMES = {
  reference: ['eto', 'et0', 'etref', 'reference'],
  rain: ['rain', 'precipitation', 'precip', 'prcp'],
  min: ['tmin', 't_min'],
  max: ['tmax', 't_max'],
  dew: ['tdew', 'dewpoint', 'dew_point'],
  highest: ['rhmax', 'rh_max'],
  lowest: ['rhmin', 'rh_min'],
  mean: ['rh', 'rhmean', 'rh_mean'],
  vapour: ['ea', 'vapr', 'vapour_pressure'],
  wind: ['wind', 'u2', 'wndsp'],
  radiation: ['srad', 'rs', 'radiation'],
  sunshine: ['sunshine', 'tsun', 'n'],
  rise: ['capillary', 'capillary_rise'],
  basal: ['kcb'],
  height: ['height', 'crop_height'],
  cover: ['cover', 'fc'],
} as const;

/** Weather day by day. @throws Problem `columns-missing`, `water-unit`, `cell-wrong`, `water-days` */
export function cropWeather(table: SeriesTable, options: WeatherOptions): CropWeather {
  const read = (name: keyof typeof NAMES, quantity: typeof DEPTH): Float64Array | null => columnOf(table, NAMES[name], quantity);
  checkDays(table);
  const wind = windOf(table, options);
  const columns = {
    rain: needed(table, 'rain_mm', read('rain', DEPTH)),
    lowest: read('lowest', HUMIDITY),
    wind: needed(table, 'wind_2m_ms', wind),
    ...{ rise: read('rise', DEPTH), basal: read('basal', PART), height: read('height', LENGTH), cover: read('cover', PART) },
  };
  const reference =
    options.method === 'given' ? needed(table, 'eto_mm', read('reference', DEPTH)) : referenceOf(table, options, columns.wind);
  const lowest = needed(table, 'rhmin_pct', columns.lowest ?? humidityOf(table));
  const days = table.dates.map((date, i) => ({
    date,
    reference: reference[i] as number,
    rain: columns.rain[i] as number,
    wind: columns.wind[i] as number,
    lowestHumidity: lowest[i] as number,
    ...(columns.rise === null ? {} : { capillaryRise: orZero(columns.rise[i] as number) }),
    ...(columns.basal === null ? {} : { basal: orZero(columns.basal[i] as number) }),
    ...(columns.height === null ? {} : { height: orZero(columns.height[i] as number) }),
    ...(columns.cover === null ? {} : { cover: orZero(columns.cover[i] as number) }),
  }));
  const missing = days.filter((day) => ![day.reference, day.rain, day.wind, day.lowestHumidity].every(Number.isFinite)).length;
  const usesVapour = options.method !== 'given' && options.method !== 'hargreaves';
  return { method: options.method, vapour: usesVapour ? (options.vapour ?? null) : null, days, missing };
}

const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);

/** Least humidity from the vapour pressure at the dew point over the saturation at the greatest temperature: FAO-56, eq. 63. */
function humidityOf(table: SeriesTable): Float64Array | null {
  const [max, dew] = [columnOf(table, NAMES.max, TEMPERATURE), columnOf(table, NAMES.dew, TEMPERATURE)];
  if (max === null || dew === null) return null;
  const saturation = (t: number): number => actualVapour('dew-point', { dewPoint: t });
  return max.map((t, i) => Math.min(100, (100 * saturation(dew[i] as number)) / saturation(t)));
}

function windOf(table: SeriesTable, { windHeight }: WeatherOptions): Float64Array | null {
  const column = findColumn(table, NAMES.wind);
  const wind = columnOf(table, NAMES.wind, WIND);
  if (column === null || wind === null) return null;
  const height = column.height ?? (column.name === 'u2' ? 2 : windHeight);
  if (height === undefined)
    throw new Problem('water-unit', {
      file: table.file,
      field: column.field,
      found: '–',
      expected: 'wind_2m_ms, wind_10m_ms, --wind-height',
    });
  return height === 2 ? wind : wind.map((speed) => windAtTwoMetres(speed, height));
}

function referenceOf(table: SeriesTable, options: WeatherOptions, wind: Float64Array): Float64Array {
  const { method, latitude, elevation, vapour } = options;
  if (latitude === undefined) throw new Problem('option-needed', { field: '--latitude', expected: '45.3' });
  const min = needed(table, 'tmin_c', columnOf(table, NAMES.min, TEMPERATURE));
  const max = needed(table, 'tmax_c', columnOf(table, NAMES.max, TEMPERATURE));
  const days = table.dates.map(dayOfYear);
  if (method === 'hargreaves')
    return min.map((low, i) =>
      hargreaves({ min: low, max: max[i] as number, radiation: extraterrestrialRadiation(latitude, days[i] as number) }),
    );
  if (elevation === undefined) throw new Problem('option-needed', { field: '--elevation', expected: '60' });
  if (vapour === undefined)
    throw new Problem('option-needed', {
      field: '--vapour',
      expected: 'dew-point, humidities, mean-humidity, vapour-pressure, least-temperature',
    });
  const pressure = vapourOf(table, vapour, min, max);
  const radiation = radiationOf(table, latitude, days);
  return min.map((low, i) => {
    const weather = {
      ...{ min: low, max: max[i] as number, vapourPressure: pressure[i] as number, wind: wind[i] as number },
      ...{ solarRadiation: radiation[i] as number, latitude, elevation, day: days[i] as number },
    };
    if (method === 'fao-56') return penmanMonteith(weather);
    return asceReference(weather, { crop: method === 'asce-tall' ? 'tall' : 'short' });
  });
}

/** Columns that each rule needs. */
const VAPOUR_COLUMNS: Record<VapourRule, readonly ('vapour' | 'dew' | 'highest' | 'lowest' | 'mean')[]> = {
  'vapour-pressure': ['vapour'],
  'dew-point': ['dew'],
  humidities: ['highest', 'lowest'],
  'highest-humidity': ['highest'],
  'lowest-humidity': ['lowest'],
  'mean-humidity': ['mean'],
  'least-temperature': [],
};
const EXPECTED = { vapour: 'ea_kpa', dew: 'tdew_c', highest: 'rhmax_pct', lowest: 'rhmin_pct', mean: 'rh_pct' } as const;

function vapourOf(table: SeriesTable, rule: VapourRule, min: Float64Array, max: Float64Array): Float64Array {
  const quantities = { vapour: PRESSURE, dew: TEMPERATURE, highest: HUMIDITY, lowest: HUMIDITY, mean: HUMIDITY };
  const of = Object.fromEntries(
    VAPOUR_COLUMNS[rule].map((name) => [name, needed(table, EXPECTED[name], columnOf(table, NAMES[name], quantities[name]))]),
  );
  return min.map((low, i) =>
    actualVapour(rule, {
      min: low,
      max: max[i] as number,
      ...(of.vapour ? { vapourPressure: of.vapour[i] as number } : {}),
      ...(of.dew ? { dewPoint: of.dew[i] as number } : {}),
      ...(of.highest ? { highest: of.highest[i] as number } : {}),
      ...(of.lowest ? { lowest: of.lowest[i] as number } : {}),
      ...(of.mean ? { mean: of.mean[i] as number } : {}),
    }),
  );
}

function radiationOf(table: SeriesTable, latitude: number, days: readonly number[]): Float64Array {
  const given = columnOf(table, NAMES.radiation, RADIATION);
  if (given !== null) return given;
  const hours = needed(table, 'srad_mj, sunshine_h', columnOf(table, NAMES.sunshine, HOURS));
  return hours.map((own, i) => radiationFromSunshine(own, latitude, days[i] as number));
}

function needed(table: SeriesTable, expected: string, values: Float64Array | null): Float64Array {
  if (values !== null) return values;
  throw new Problem('columns-missing', {
    file: table.file,
    missing: expected,
    found: table.columns.map(({ field }) => field).join(', '),
    expected,
  });
}

/** Days follow one another without gap or repetition. */
function checkDays({ file, dates, rows }: SeriesTable): void {
  for (let i = 1; i < dates.length; i++) {
    const due = daysLater(dates[i - 1] as string, 1);
    if (dates[i] !== due)
      throw new Problem('water-days', { file, line: String(rows[i]?.line ?? 0), found: dates[i] as string, expected: due });
  }
}
