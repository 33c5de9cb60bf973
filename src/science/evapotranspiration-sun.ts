/**
 * Sun above a place on a day of the year, as FAO-56 reckons it: radiation on top of the atmosphere and length of the day.
 *
 *     extraterrestrialRadiation(-20, 246)   // 32.2 MJ/m2/d (FAO-56, example 8)
 *     daylightHours(-20, 246)               // 11.7 h (example 9)
 *
 * Within the polar circles the sun may not set or not rise: 24 h and 0 h.
 *
 * @see Allen, Pereira, Raes & Smith 1998, Crop evapotranspiration, FAO Irrigation and Drainage Paper 56, ISBN 92-5-104219-5
 */

/** Solar constant [MJ/m²/min]. FAO-56, eq. 21. */
const SOLAR_CONSTANT = 0.082;

const RADIANS = Math.PI / 180;

/** Relative distance of earth and sun, inverse [1], on a day of the year (1-366). */
export function inverseDistance(day: number): number {
  return 1 + 0.033 * Math.cos(((2 * Math.PI) / 365) * day); // FAO-56, eq. 23
}

/** Declination of the sun [rad]. */
export function declination(day: number): number {
  return 0.409 * Math.sin(((2 * Math.PI) / 365) * day - 1.39); // FAO-56, eq. 24
}

/** Angle through which the earth turns from noon to sunset [rad], 0 to pi. @param latitude [deg] */
export function sunsetAngle(latitude: number, day: number): number {
  const cosine = -Math.tan(latitude * RADIANS) * Math.tan(declination(day));
  return Math.acos(Math.max(-1, Math.min(1, cosine))); // FAO-56, eq. 25
}

/** Radiation on a level plane on top of the atmosphere [MJ/m²/d]. @param latitude [deg] @param day of the year, 1-366 */
export function extraterrestrialRadiation(latitude: number, day: number): number {
  const phi = latitude * RADIANS;
  const delta = declination(day);
  const omega = sunsetAngle(latitude, day);
  const height = omega * Math.sin(phi) * Math.sin(delta) + Math.cos(phi) * Math.cos(delta) * Math.sin(omega);
  return ((24 * 60) / Math.PI) * SOLAR_CONSTANT * inverseDistance(day) * height; // FAO-56, eq. 21
}

/** Length of the day [h]. @param latitude [deg] @param day of the year, 1-366 */
export function daylightHours(latitude: number, day: number): number {
  return (24 / Math.PI) * sunsetAngle(latitude, day); // FAO-56, eq. 34
}

/** Days of each month of a year. */
export function monthDays(year: number): readonly number[] {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
}

/** Mean over the days of each month of a year of what `ofDay` gives for a day of the year (1-366). */
export function monthMeans(year: number, ofDay: (day: number) => number): number[] {
  let day = 0;
  return monthDays(year).map((days) => {
    let sum = 0;
    for (let i = 0; i < days; i++) sum += ofDay(++day);
    return sum / days;
  });
}
