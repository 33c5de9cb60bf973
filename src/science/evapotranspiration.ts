/**
 * Reference evapotranspiration of grass after Penman and Monteith, as FAO-56 lays it down, step by step.
 *
 *     penmanMonteith({
 *       min: 12.3, max: 21.5, vapourPressure: vapourFromHumidities(12.3, 63, 21.5, 84),
 *       wind: windAtTwoMetres(2.78, 10), solarRadiation: radiationFromSunshine(9.25, 50.8, 187),
 *       latitude: 50.8, elevation: 100, day: 187,
 *     });   // 3.88 mm a day: Uccle, 6 July (FAO-56, example 18)
 *
 * Temperatures [deg C], pressures [kPa], radiation [MJ/m²/d], wind [m/s], elevation [m], as in the paper. Of a month: means, and the
 * day in its middle. Missing input (NaN) gives NaN: what stands in for it (`radiationFromTemperature`, dew point as of the least
 * temperature) is the caller's choice, who has to tell it.
 *
 * @see Allen, Pereira, Raes & Smith 1998, Crop evapotranspiration, FAO Irrigation and Drainage Paper 56, ISBN 92-5-104219-5; equations
 * below by their numbers there
 */
import { daylightHours, extraterrestrialRadiation } from './evapotranspiration-sun.ts';

/** Weather of one day, or mean weather of a month. */
export interface Weather {
  /** Least and greatest air temperature [deg C]. */
  min: number;
  max: number;
  /** Actual vapour pressure [kPa]. */
  vapourPressure: number;
  /** Wind 2 m above the ground [m/s]. */
  wind: number;
  /** Radiation of the sun on the ground [MJ/m²/d]. */
  solarRadiation: number;
  /** [deg] */
  latitude: number;
  /** Above sea level [m]. */
  elevation: number;
  /** Of the year, 1-366. */
  day: number;
  /** Heat that flows into the soil [MJ/m²/d]: 0 for a day; for a month `soilHeatOfMonth`. */
  soilHeat?: number;
}

/** Part of the radiation that grass throws back [1]. */
const ALBEDO = 0.23;

/** Stefan and Boltzmann's constant [MJ/K⁴/m²/d], as in the paper. */
const SIGMA = 4.903e-9;

/** Share of radiation that comes through on a day without sun, and what a cloudless day adds [1]. Angstrom's, eq. 35. */
const ANGSTROM = [0.25, 0.5] as const;

/** Reference evapotranspiration [mm/d], not below zero. */
export function penmanMonteith(weather: Weather): number {
  const { min, max, vapourPressure, wind, elevation, soilHeat = 0 } = weather;
  const mean = (min + max) / 2; // eq. 9
  const slope = vapourPressureSlope(mean);
  const gamma = psychrometricConstant(airPressure(elevation));
  const deficit = meanSaturation(min, max) - vapourPressure;
  const heat = 0.408 * slope * (netRadiation(weather) - soilHeat);
  const drying = gamma * (900 / (mean + 273)) * wind * deficit;
  return Math.max(0, (heat + drying) / (slope + gamma * (1 + 0.34 * wind))); // eq. 6
}

/** Net radiation on grass [MJ/m²/d]. */
export function netRadiation(weather: Weather): number {
  const { solarRadiation, latitude, elevation, day } = weather;
  const clear = clearSkyRadiation(extraterrestrialRadiation(latitude, day), elevation);
  return (1 - ALBEDO) * solarRadiation - netLongwave({ ...weather, clearSky: clear }); // eqs. 38, 40
}

/**
 * Radiation of heat that the ground loses [MJ/m²/d]. The share of clear-sky radiation is held at 1; in the polar night, when there is none,
 * the sky cannot be told by the sun, and NaN is returned.
 */
export function netLongwave({
  min,
  max,
  vapourPressure,
  solarRadiation,
  clearSky,
}: Pick<Weather, 'min' | 'max' | 'vapourPressure' | 'solarRadiation'> & { clearSky: number }): number {
  const share = clearSky > 0 ? Math.min(1, solarRadiation / clearSky) : Number.NaN;
  const warmth = ((max + 273.16) ** 4 + (min + 273.16) ** 4) / 2;
  return SIGMA * warmth * (0.34 - 0.14 * Math.sqrt(vapourPressure)) * (1.35 * share - 0.35); // eq. 39
}

/** Pressure of the air at an elevation [kPa]. */
export function airPressure(elevation: number): number {
  return 101.3 * ((293 - 0.0065 * elevation) / 293) ** 5.26; // eq. 7
}

/** [kPa/deg C] */
export function psychrometricConstant(pressure: number): number {
  return 0.665e-3 * pressure; // eq. 8
}

/** Vapour pressure of saturated air at a temperature [kPa]; at the dew point, the actual vapour pressure (eq. 14). */
export function saturationPressure(temperature: number): number {
  return 0.6108 * Math.exp((17.27 * temperature) / (temperature + 237.3)); // eq. 11
}

/** Mean of a day between two temperatures [kPa]: that of the mean temperature would be too low. */
export function meanSaturation(min: number, max: number): number {
  return (saturationPressure(min) + saturationPressure(max)) / 2; // eq. 12
}

/** [kPa/deg C] */
export function vapourPressureSlope(temperature: number): number {
  return (4098 * saturationPressure(temperature)) / (temperature + 237.3) ** 2; // eq. 13
}

/** Actual vapour pressure [kPa] from the relative humidities [%] at the greatest and the least temperature: low by day, high by night. */
export function vapourFromHumidities(min: number, lowest: number, max: number, highest: number): number {
  return (saturationPressure(min) * (highest / 100) + saturationPressure(max) * (lowest / 100)) / 2; // eq. 17
}

/** Actual vapour pressure [kPa] from the mean relative humidity [%], where its range is not known. */
export function vapourFromMeanHumidity(min: number, max: number, mean: number): number {
  return (mean / 100) * meanSaturation(min, max); // eq. 19
}

/** Actual vapour pressure [kPa] of a psychrometer: dry and wet bulb [deg C], ventilated to 5 m/s, pressure of the air [kPa]. */
export function vapourFromPsychrometer(dry: number, wet: number, pressure: number): number {
  return saturationPressure(wet) - 0.000662 * pressure * (dry - wet); // eqs. 15, 16
}

/** Wind 2 m above the ground from that at `height` [m]. */
export function windAtTwoMetres(wind: number, height: number): number {
  return (wind * 4.87) / Math.log(67.8 * height - 5.42); // eq. 47
}

/** Radiation of the sun on the ground [MJ/m²/d] from hours of sunshine. @param latitude [deg] */
export function radiationFromSunshine(hours: number, latitude: number, day: number): number {
  const share = hours / daylightHours(latitude, day);
  return (ANGSTROM[0] + ANGSTROM[1] * share) * extraterrestrialRadiation(latitude, day); // eq. 35
}

/**
 * Radiation of the sun on the ground [MJ/m²/d] from the range of temperature, where sunshine was not measured.
 * @param coefficient 0.16 inland, 0.19 by the sea
 */
export function radiationFromTemperature(min: number, max: number, extraterrestrial: number, coefficient = 0.16): number {
  return coefficient * Math.sqrt(max - min) * extraterrestrial; // eq. 50
}

/** Radiation of the sun on the ground on a cloudless day [MJ/m²/d]. */
export function clearSkyRadiation(extraterrestrial: number, elevation: number): number {
  return (0.75 + 2e-5 * elevation) * extraterrestrial; // eq. 37
}

/** Heat that flows into the soil in a month [MJ/m²/d], from the mean temperatures of the months before and after, or, without `after`, of the month itself. */
export function soilHeatOfMonth({ before, own, after }: { before: number; own: number; after?: number }): number {
  return after === undefined ? 0.14 * (own - before) : 0.07 * (after - before); // eqs. 44, 43
}
