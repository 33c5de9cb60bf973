/**
 * Reference evapotranspiration as ASCE standardised it for two crops, by days.
 *
 *     const vapour = actualVapour('dew-point', { dewPoint: -0.1 });
 *     asceReference({ min: -0.5, max: 17.5, vapourPressure: vapour, wind: windAtTwoMetres(1, 3), solarRadiation: 12.48,
 *       latitude: 33.069, elevation: 361, day: 1 });   // 1.453 mm: Maricopa, 1 January 2003
 *
 * It is Penman and Monteith's equation as in FAO-56 with other last digits (sigma 4.901e-9, slope by 2503), with Rs/Rso held
 * between 0.3 and 1 instead of below 1, and with a tall crop (alfalfa, 0.5 m) beside the short one (grass, 0.12 m).
 *
 * What stands for the vapour pressure matters more than all of that (0.046 mm a day on average at Maricopa between dew point and
 * the range of humidity), so the rule is named and never guessed: `actualVapour`.
 *
 * @see Walter et al. 2005, The ASCE Standardized Reference Evapotranspiration Equation, ASCE, doi 10.1061/9780784408056
 */
import { airPressure, meanSaturation, saturationPressure, type Weather } from './evapotranspiration.ts';
import { extraterrestrialRadiation } from './evapotranspiration-sun.ts';

/** What the actual vapour pressure is taken from, the best first; ASCE 2005, table 3. */
export const vapourRules = [
  'vapour-pressure',
  'dew-point',
  'humidities',
  'highest-humidity',
  'lowest-humidity',
  'mean-humidity',
  'least-temperature',
] as const;
export type VapourRule = (typeof vapourRules)[number];

/** Temperatures [deg C], relative humidities [%], pressure [kPa]. */
export interface Humidity {
  min?: number;
  max?: number;
  vapourPressure?: number;
  dewPoint?: number;
  highest?: number;
  lowest?: number;
  mean?: number;
}

/** What is taken off the least temperature for the dew point: 2 where it is dry (ASCE 2005, appendix E), 0 in FAO-56, eq. 48 [deg C]. */
export const DRY_OFFSET = 2;

const ALBEDO = 0.23;
const SIGMA = 4.901e-9;
/** Numerator [K mm s³/Mg/d] and denominator [s/m] constants; ASCE 2005, table 1. */
const CROPS = { short: [900, 0.34], tall: [1600, 0.38] } as const;

/**
 * Actual vapour pressure [kPa] by the rule named; NaN where what the rule needs is missing.
 * @param options `offset`: of `least-temperature` [deg C]
 */
export function actualVapour(rule: VapourRule, humidity: Humidity, { offset = DRY_OFFSET }: { offset?: number } = {}): number {
  const { min = Number.NaN, max = Number.NaN, highest = Number.NaN, lowest = Number.NaN, mean = Number.NaN } = humidity;
  switch (rule) {
    case 'vapour-pressure':
      return humidity.vapourPressure ?? Number.NaN;
    case 'dew-point':
      return saturationPressure(humidity.dewPoint ?? Number.NaN); // ASCE 2005, eq. 8; FAO-56, eq. 14
    case 'humidities':
      return (saturationPressure(min) * (highest / 100) + saturationPressure(max) * (lowest / 100)) / 2; // eq. 11; FAO-56, eq. 17
    case 'highest-humidity':
      return saturationPressure(min) * (highest / 100); // eq. 12; FAO-56, eq. 18
    case 'lowest-humidity':
      return saturationPressure(max) * (lowest / 100); // eq. 13
    case 'mean-humidity':
      return (mean / 100) * meanSaturation(min, max); // FAO-56, eq. 19
    case 'least-temperature':
      return saturationPressure(min - offset); // appendix E
  }
}

/**
 * Reference evapotranspiration [mm/d], not below zero.
 * @param options `crop`: grass of 0.12 m (`short`) or alfalfa of 0.5 m (`tall`)
 */
export function asceReference(weather: Weather, { crop = 'short' }: { crop?: 'short' | 'tall' } = {}): number {
  const { min, max, vapourPressure, wind, solarRadiation, latitude, elevation, day, soilHeat = 0 } = weather;
  const [numerator, denominator] = CROPS[crop];
  const mean = (min + max) / 2; // eq. 2
  const gamma = 0.000665 * airPressure(elevation); // eq. 4
  const slope = (2503 * Math.exp((17.27 * mean) / (mean + 237.3))) / (mean + 237.3) ** 2; // eq. 5
  const clear = (0.75 + 2e-5 * elevation) * extraterrestrialRadiation(latitude, day); // eq. 19
  const ratio = clear > 0 ? Math.max(0.3, Math.min(1, solarRadiation / clear)) : Number.NaN;
  const cloudiness = Math.max(0.05, Math.min(1, 1.35 * ratio - 0.35)); // eq. 18
  const warmth = ((max + 273.16) ** 4 + (min + 273.16) ** 4) / 2;
  const longwave = SIGMA * cloudiness * (0.34 - 0.14 * Math.sqrt(vapourPressure)) * warmth; // eq. 17
  const net = (1 - ALBEDO) * solarRadiation - longwave; // eqs. 15, 16
  const deficit = meanSaturation(min, max) - vapourPressure;
  const drying = gamma * (numerator / (mean + 273)) * wind * deficit;
  return Math.max(0, (0.408 * slope * (net - soilHeat) + drying) / (slope + gamma * (1 + denominator * wind))); // eq. 1
}
