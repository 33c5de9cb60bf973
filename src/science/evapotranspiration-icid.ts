/**
 * Monthly reference evapotranspiration as the International Commission on Irrigation and Drainage laid it down in 1994, four years
 * before FAO-56: the default of the R package SPEI, kept for comparison with it.
 *
 *     icidMonths(months, { latitude: -5.33, elevation: 20 })   // mm a month: Cabinda 106.3 in January
 *
 * Against FAO-56: the latent heat follows the temperature; the slope of the vapour curve is of the mean saturation pressure, not of
 * the mean temperature; the vapour pressure of a mean humidity is the harmonic one; Rs/Rso may be above 1. Together up to 3 %.
 *
 * @see Allen, Smith, Pereira & Perrier 1994, An update for the calculation of reference evapotranspiration, ICID Bulletin 43(2), 35-92;
 * equations below by their numbers there
 */
import { airPressure, soilHeatOfMonth } from './evapotranspiration.ts';
import { monthDays } from './evapotranspiration-sun.ts';

/** Means of a month: temperatures [deg C], wind at 2 m [m/s], radiation [MJ/m²/d], mean relative humidity [%]. */
export interface IcidMonth {
  min: number;
  max: number;
  wind: number;
  solarRadiation: number;
  humidity: number;
}

/** A degree in radians as the paper rounds it. */
const DEGREES = 57.2957795;
const SIGMA = 4.9e-9;
const ALBEDO = 0.23;

/** Day in the middle of each month of a common year: half of its days, the 15th or (28 days) the 14th counted from its eve. */
const middles = monthDays(2001).map((_, month, days) => days.slice(0, month).reduce((sum, n) => sum + n, 0) + 15);

/** Radiation on top of the atmosphere on a day [MJ/m²/d], by the rounded constants of the paper. Eqs. 1.22 to 1.27. */
export function icidRadiation(latitude: number, day: number): number {
  const phi = latitude / DEGREES;
  const delta = 0.409 * Math.sin(0.0172 * day - 1.39);
  const omega = Math.acos(Math.max(-1, Math.min(1, -Math.tan(phi) * Math.tan(delta))));
  const height = omega * Math.sin(phi) * Math.sin(delta) + Math.cos(phi) * Math.cos(delta) * Math.sin(omega);
  return Math.max(0, 37.6 * (1 + 0.033 * Math.cos(0.0172 * day)) * height);
}

/** Day of a common year that stands for a month, 0 to 11. */
export function middleOfMonth(month: number): number {
  return middles[month] as number;
}

/**
 * Reference evapotranspiration of each month [mm/month], the first being January of a common year. The soil's heat is by the
 * months before and after, at both ends by one of them.
 */
export function icidMonths(
  months: readonly IcidMonth[],
  { latitude, elevation }: { latitude: number; elevation: number },
): Float64Array {
  const means = months.map(({ min, max }) => (min + max) / 2);
  return Float64Array.from(months, (month, i) => {
    const radiation = icidRadiation(latitude, middleOfMonth(i % 12));
    const heat = heatOf(means, i);
    return Math.max(0, dayOf(month, { elevation, radiation, heat })) * (monthDays(2001)[i % 12] as number);
  });
}

function heatOf(means: readonly number[], i: number): number {
  const [before, own, after] = [means[i - 1], means[i] as number, means[i + 1]];
  if (before === undefined) return after === undefined ? 0 : soilHeatOfMonth({ before: own, own: after });
  return soilHeatOfMonth(after === undefined ? { before, own } : { before, own, after });
}

function dayOf(
  { min, max, wind, solarRadiation, humidity }: IcidMonth,
  { elevation, radiation, heat }: { elevation: number; radiation: number; heat: number },
): number {
  const mean = (min + max) / 2;
  const gamma = (1.63e-3 * airPressure(elevation)) / (2.501 - 2.361e-3 * mean); // eqs. 1.1, 1.4
  const saturation = (t: number): number => 0.611 * Math.exp((17.27 * t) / (t + 237.3)); // eq. 1.10
  const [low, high] = [saturation(min), saturation(max)];
  const full = (low + high) / 2; // eq. 1.11
  const slope = (4099 * full) / (mean + 237.3) ** 2; // eq. 1.3
  const vapour = humidity / (50 / low + 50 / high); // eq. 1.16
  const clear = (0.75 + 2e-5 * elevation) * radiation; // eq. 1.40
  const warmth = ((273.15 + max) ** 4 + (273.15 + min) ** 4) / 2;
  const longwave = (1.35 * (solarRadiation / clear) - 0.35) * (0.34 - 0.14 * Math.sqrt(vapour)) * SIGMA * warmth;
  const net = (1 - ALBEDO) * solarRadiation - longwave; // eq. 1.53
  const drying = gamma * (900 / (mean + 273)) * wind * (full - vapour);
  return (0.408 * slope * (net - heat) + drying) / (slope + gamma * (1 + 0.34 * wind)); // eq. 2.18
}
