/**
 * Water in the evaporation layer and in the root zone after FAO-56: what there is, what can be used, what is left.
 *
 *     const total = availableWater({ fieldCapacity: 0.225, wiltingPoint: 0.1 }, 1.7);    // 212.5 mm
 *     stressCoefficient(208.045, total, depletionFraction(0.65, 1.3))                   // near 0.1
 *
 * Depths of water in mm, of soil in m; water contents are volume by volume.
 *
 * @see Allen, Pereira, Raes & Smith 1998, FAO Irrigation and Drainage Paper 56, ISBN 92-5-104219-5; equations below by their numbers there
 */
import { within } from './crop-coefficients.ts';

/** Water contents [m³/m³]. */
export interface SoilWater {
  fieldCapacity: number;
  wiltingPoint: number;
}

/** Of a profile in layers, from the top. */
export interface SoilLayer extends SoilWater {
  /** Lower end [m]. */
  bottom: number;
  /** Water content at planting [m³/m³]. */
  initial: number;
}

/** AquaCrop's shape of the stress curve; Raes et al. 2009, doi 10.2134/agronj2008.0140s. */
const STRESS_SHAPE = 1.5;

/** Total water that roots `depth` [m] deep can take [mm]. */
export function availableWater({ fieldCapacity, wiltingPoint }: SoilWater, depth: number): number {
  return 1000 * (fieldCapacity - wiltingPoint) * depth; // eq. 82
}

/** Water that evaporates from the top of the soil at most [mm]: between field capacity and half of the wilting point. */
export function evaporableWater({ fieldCapacity, wiltingPoint }: SoilWater, depth: number): number {
  return 1000 * (fieldCapacity - 0.5 * wiltingPoint) * depth; // eq. 73
}

/** Part of the available water that can be used without stress [1], 0.1 to 0.8, at a crop evapotranspiration [mm/d]. @param tabled for 5 mm/d */
export function depletionFraction(tabled: number, evapotranspiration: number): number {
  return within(0.1, tabled + 0.04 * (5 - evapotranspiration), 0.8); // note to table 22
}

/**
 * Stress by want of water [1]: 1 for none, 0 at the wilting point.
 * @param curve straight as in FAO-56, or AquaCrop's bent one
 */
export function stressCoefficient(
  depletion: number,
  available: number,
  fraction: number,
  { curve = 'fao-56' }: { curve?: 'fao-56' | 'aquacrop' } = {},
): number {
  if (!(available > 0)) return 0;
  if (curve === 'fao-56') return within(0, (available - depletion) / ((1 - fraction) * available), 1); // eq. 84
  const relative = (depletion / available - fraction) / (1 - fraction);
  return within(0, 1 - (Math.exp(STRESS_SHAPE * relative) - 1) / (Math.exp(STRESS_SHAPE) - 1), 1);
}

/** Reduction of evaporation as the top dries [1]. @param ready water that evaporates without reduction [mm] */
export function evaporationReduction(depletion: number, total: number, ready: number): number {
  return within(0, (total - depletion) / (total - ready), 1); // eq. 74
}

/**
 * Sum over a profile down to `depth` [m], in whole millimetres of soil as the method of the profile has it, of what `of` gives per
 * volume [mm].
 */
export function overLayers(layers: readonly SoilLayer[], depth: number, of: (layer: SoilLayer) => number): number {
  const deepest = Math.floor(depth * 1000);
  let [sum, top] = [0, 0];
  for (const layer of layers) {
    const bottom = Math.min(Math.round(layer.bottom * 1000), deepest);
    if (bottom > top) sum += (bottom - top) * of(layer);
    top = Math.max(top, Math.round(layer.bottom * 1000));
  }
  return sum;
}

/**
 * Rain that runs off [mm], by a curve number that follows the wetness of the top.
 * @param curve curve number for a middling wetness
 * @see ASCE Manual 70, 2016, eqs. 14-12 to 14-20, doi 10.1061/9780784414057; USDA National Engineering Handbook, part 630, chapter 10
 */
export function surfaceRunoff(rain: number, depletion: number, total: number, ready: number, curve: number): number {
  const dry = curve / (2.281 - 0.01281 * curve);
  const wet = curve / (0.427 + 0.00573 * curve);
  const [from, to] = [0.5 * ready, 0.7 * ready + 0.3 * total];
  const own = depletion <= from ? wet : depletion >= to ? dry : ((depletion - from) * dry + (to - depletion) * wet) / (to - from);
  const storage = 250 * (100 / own - 1);
  if (rain <= 0.2 * storage) return 0;
  return Math.min(rain, (rain - 0.2 * storage) ** 2 / (rain + 0.8 * storage));
}
