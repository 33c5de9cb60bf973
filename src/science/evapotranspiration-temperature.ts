/**
 * Potential evapotranspiration from temperature alone, where nothing else was measured.
 *
 *     thornthwaite(monthlyMeans, { latitude: 50.4, year: 1991 })   // mm a month, from January 1991
 *     hargreaves({ min: 14.8, max: 26.6, radiation: 40.6 })        // 5.0 mm a day (FAO-56, example 20)
 *
 * Thornthwaite's rests on temperature only and overstates what warming adds; Hargreaves' also on the range of the day, and is the better
 * of the two in dry climates. Where humidity, wind and sun are known: `penmanMonteith` in evapotranspiration.ts.
 */
import { daylightHours, monthDays, monthMeans } from './evapotranspiration-sun.ts';

export interface ThornthwaiteOptions {
  /** [deg], -90 to 90. */
  latitude: number;
  /** Of the first value, which is January's. */
  year: number;
  /**
   * Months warmer than 26.5 deg C: as all others (`formula`, as most programs do), or by the curve fitted to Thornthwaite's table, in which
   * evapotranspiration does not depend on the place any more (`willmott`).
   */
  hot?: 'formula' | 'willmott';
  /**
   * Length of the day: mean over the days of the month by FAO-56 (`month-mean`, as climate_indices), or of a day in its middle by the
   * declination of Willmott's program in a common year (`middle`, as the R package SPEI). Up to 1.7 mm a month apart at 38 deg.
   */
  daylight?: 'month-mean' | 'middle';
}

export interface HargreavesDay {
  /** Least and greatest air temperature of the day [deg C], or their means over a month. */
  min: number;
  max: number;
  /** Radiation on top of the atmosphere [MJ/m²/d]: `extraterrestrialRadiation`. */
  radiation: number;
}

/** One without 29 February. */
const COMMON_YEAR = 2001;

/** Above it Thornthwaite's formula gives way to a table [deg C]. */
const HOT = 26.5;

/** FAO-56, eq. 20: 1 / 2.45, [mm] of water that 1 MJ/m² evaporates. */
export const MM_PER_MJ = 0.408;

/**
 * Thornthwaite's potential evapotranspiration [mm/month] of monthly mean temperatures [deg C], NaN where missing.
 *
 *     PE = 16 (N / 12) (d / 30) (10 T / I)^a,  I = sum (T / 5)^1.514
 *     a = 6.75e-7 I³ - 7.71e-5 I² + 1.792e-2 I + 0.49239
 *
 * N is the mean length of the day of the month [h], d its days. I is the heat index of the mean year: of each calendar month the mean over
 * the series, as zero where that is below zero; without a value for one of the months nothing can be said of any. Months below zero
 * have none, nor has any month where no calendar month is above zero on average.
 * @see Thornthwaite 1948, An approach toward a rational classification of climate, Geogr. Rev. 38, 55-94, doi 10.2307/210739
 * @see Willmott, Rowe & Mintz 1985, Climatology of the terrestrial seasonal water cycle, J. Climatol. 5, 589-606, doi 10.1002/joc.3370050602
 */
export function thornthwaite(
  temperature: ArrayLike<number>,
  { latitude, year, hot = 'formula', daylight = 'month-mean' }: ThornthwaiteOptions,
): Float64Array {
  const heat = heatIndex(temperature);
  const exponent = 6.75e-7 * heat ** 3 - 7.71e-5 * heat ** 2 + 1.792e-2 * heat + 0.49239;
  const out = new Float64Array(temperature.length);
  let [hours, days]: [readonly number[], readonly number[]] = [[], []];
  for (let i = 0; i < out.length; i++) {
    const month = i % 12;
    if (month === 0) {
      const own = year + i / 12;
      [hours, days] =
        daylight === 'middle'
          ? [middleHours(latitude), monthDays(COMMON_YEAR)]
          : [monthMeans(own, (day) => daylightHours(latitude, day)), monthDays(own)];
    }
    const t = temperature[i] as number;
    const correction = ((hours[month] as number) / 12) * ((days[month] as number) / 30);
    if (t <= 0 || heat === 0) out[i] = Number.isNaN(heat) ? Number.NaN : 0;
    else if (t > HOT && hot === 'willmott' && !Number.isNaN(heat)) out[i] = correction * (-415.85 + 32.24 * t - 0.43 * t * t);
    else out[i] = correction * 16 * ((10 * t) / heat) ** exponent;
  }
  return out;
}

/** Length of the day in the middle of each month [h], by the declination 0.4093 sin(2 pi J / 365 - 1.405). Willmott 1985. */
function middleHours(latitude: number): number[] {
  let before = 0;
  return monthDays(COMMON_YEAR).map((days) => {
    const day = before + 15;
    before += days;
    const declination = 0.4093 * Math.sin((2 * Math.PI * day) / 365 - 1.405);
    const cosine = -Math.tan(latitude / 57.2957795) * Math.tan(declination);
    return (24 / Math.PI) * Math.acos(Math.max(-1, Math.min(1, cosine)));
  });
}

/** Heat index of the mean year; NaN when a calendar month has no value, or there is none above zero. */
function heatIndex(temperature: ArrayLike<number>): number {
  let heat = 0;
  for (let month = 0; month < 12; month++) {
    let [sum, n] = [0, 0];
    for (let i = month; i < temperature.length; i += 12) {
      if (Number.isNaN(temperature[i])) continue;
      sum += temperature[i] as number;
      n++;
    }
    heat += (Math.max(0, sum / n) / 5) ** 1.514; // max(0, NaN) is NaN
  }
  return heat;
}

/**
 * Reference evapotranspiration after Hargreaves and Samani [mm/d]; NaN where a value is missing or the least temperature is above the
 * greatest, and 0 where the air is so cold that the formula falls below.
 *
 *     ETo = 0.0023 (T + 17.8) sqrt(Tmax - Tmin) 0.408 Ra,  T = (Tmin + Tmax) / 2
 *
 * @see Hargreaves & Samani 1985, Reference crop evapotranspiration from temperature, Appl. Eng. Agric. 1, 96-99, doi 10.13031/2013.26773; FAO-56, eq. 52
 */
export function hargreaves({ min, max, radiation }: HargreavesDay): number {
  const mean = (min + max) / 2;
  return Math.max(0, 0.0023 * (mean + 17.8) * Math.sqrt(max - min) * MM_PER_MJ * radiation);
}
