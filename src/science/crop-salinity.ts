/**
 * Salt in the root zone after FAO-29: how much water must pass through, what the soil comes to, what it costs the crop.
 *
 *     leachingRequirement(1.5, 7.7)                 // 0.041: cotton under water of 1.5 dS/m
 *     rootZoneSalinity(1, 0.15)                     // 1.6 dS/m: FAO-29, table 3
 *     saltYield(9, { threshold: 7.7, slope: 5.2 })  // 0.932
 *
 * Salinities are electrical conductivities at 25 deg C [dS/m]: of irrigation water (ECw), of the saturated extract (ECe). The soil is as
 * after many seasons alike: what comes in with the water leaves below.
 *
 * @see Ayers & Westcot 1985, Water quality for agriculture, FAO Irrigation and Drainage Paper 29 rev. 1, ISBN 92-5-102263-1; equations
 * below by their numbers there
 * @see Maas & Hoffman 1977, Crop salt tolerance: current assessment, J. Irrig. Drain. Div. 103, 115-134, doi 10.1061/JRCEA4.0001137
 */

/** Salt tolerance of a crop. */
export interface SaltTolerance {
  /** ECe up to which yield is whole [dS/m]. */
  threshold: number;
  /** Yield lost for each dS/m above [%]. */
  slope: number;
}

/** Salt of water of 1 dS/m [g/L]: FAO-29, for water below 5 dS/m. */
export const GRAMS_PER_DECISIEMENS = 0.64;

/** Water that the root zone takes down to the bottom of each quarter [1]: 40, 30, 20 and 10 %. FAO-29, section 2.4.2. */
const TAKEN = [0.4, 0.7, 0.9, 1] as const;

/** Soil water holds so many times the salt of the saturated extract [1]: FAO-29, ECsw = 2 ECe. */
const SOIL_WATER_BY_EXTRACT = 2;

/**
 * Part of the water applied that must pass below the roots for ECe to stay at `allowed` on average, by surface irrigation and
 * sprinklers; NaN where it cannot be reached with this water.
 */
export function leachingRequirement(water: number, allowed: number): number {
  const part = water / (5 * allowed - water); // FAO-29, eq. 9
  return part >= 0 && part < 1 ? part : Number.NaN;
}

/** The same for drip and daily sprinklers, from the ECe at which yield is nothing. FAO-29, section 2.4.3; FAO-33. */
export function leachingRequirementDrip(water: number, none: number): number {
  const part = water / (2 * none);
  return part >= 0 && part < 1 ? part : Number.NaN;
}

/** Water to apply [mm] for an evapotranspiration [mm] with a leaching part: FAO-29, eq. 7. */
export function waterWithLeaching(evapotranspiration: number, part: number): number {
  return evapotranspiration / (1 - part);
}

/**
 * ECe of the root zone [dS/m] after many seasons with water `water` [dS/m] of which the part `leaching` passes below: mean over the
 * top and the bottoms of four quarters that take 40, 30, 20 and 10 %. Infinite without leaching.
 */
export function rootZoneSalinity(water: number, leaching: number): number {
  if (!(leaching > 0)) return Infinity;
  // what is left at each bottom holds all the salt: FAO-29, eq. 5
  const sum = TAKEN.reduce((total, taken) => total + water / (1 - taken * (1 - leaching)), water);
  return sum / (TAKEN.length + 1) / SOIL_WATER_BY_EXTRACT;
}

/** Part of the yield that salt leaves [1], 0 to 1. Maas & Hoffman 1977; FAO-56, eq. 89. */
export function saltYield(salinity: number, { threshold, slope }: SaltTolerance): number {
  return Math.max(0, Math.min(1, 1 - (slope / 100) * (salinity - threshold)));
}

/**
 * Factor on the water stress coefficient by salt [1]: what the crop no longer transpires. FAO-56, eq. 92; that paper uses it below
 * half of the yield only with care.
 * @param response Ky of the season
 */
export function saltStress(salinity: number, { threshold, slope }: SaltTolerance, response: number): number {
  if (salinity <= threshold) return 1;
  return Math.max(0, 1 - (slope / (response * 100)) * (salinity - threshold));
}

/** ECe at which the yield is nothing [dS/m]. */
export function lastSalinity({ threshold, slope }: SaltTolerance): number {
  return threshold + 100 / slope;
}

/** Salt that water of `water` dS/m brings [t/ha] in a depth [mm]: 1 mm on 1 ha is 10 m³. */
export function saltBrought(water: number, depth: number): number {
  return (water * GRAMS_PER_DECISIEMENS * depth * 10) / 1000;
}
