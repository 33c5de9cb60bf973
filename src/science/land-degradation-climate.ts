/**
 * Productivity with the weather taken out, before the trajectory: what rain or evaporation explains is not degradation.
 *
 *     const residuals = restrend(ndviLayers, rainLayers);      // Float64Array layers: observed less expected
 *     const efficiency = useEfficiency(ndviLayers, rainLayers);   // NDVI for each metre of rain
 *
 * Both return one layer for each year; a year with either missing is NaN.
 *
 * @see Wessels et al. 2007, Can human-induced land degradation be distinguished from the effects of rainfall variability?
 * J. Arid Environ. 68, 271-297, doi 10.1016/j.jaridenv.2006.05.015: RESTREND
 * @see Wessels, van den Bergh & Scholes 2012, Limits to detectability of land degradation by trend analysis of vegetation index
 * data, Remote Sens. Environ. 125, 10-22, doi 10.1016/j.rse.2012.06.022
 */
import { type Codes, NODATA } from './land-cover.ts';

export interface ClimateOptions {
  /** Values that mean unknown, besides NaN. */
  nodata?: number;
  climateNodata?: number;
}

/**
 * Residuals of productivity after a straight line on climate, fitted pixel by pixel over the period.
 *
 * A pixel without variation of climate, or with fewer than three years, is NaN: nothing can be fitted.
 */
export function restrend(
  productivity: readonly Codes[],
  climate: readonly Codes[],
  { nodata = NODATA, climateNodata = NODATA }: ClimateOptions = {},
): Float64Array[] {
  const size = checkPair(productivity, climate);
  const out = productivity.map(() => new Float64Array(size).fill(Number.NaN));
  for (let i = 0; i < size; i++) {
    let n = 0;
    let meanC = 0;
    let meanP = 0;
    for (let k = 0; k < out.length; k++) {
      const p = (productivity[k] as Codes)[i] as number;
      const c = (climate[k] as Codes)[i] as number;
      if (isMissing(p, nodata) || isMissing(c, climateNodata)) continue;
      n++;
      meanC += c;
      meanP += p;
    }
    if (n < 3) continue;
    meanC /= n;
    meanP /= n;
    let product = 0;
    let square = 0;
    for (let k = 0; k < out.length; k++) {
      const p = (productivity[k] as Codes)[i] as number;
      const c = (climate[k] as Codes)[i] as number;
      if (isMissing(p, nodata) || isMissing(c, climateNodata)) continue;
      product += (c - meanC) * (p - meanP);
      square += (c - meanC) ** 2;
    }
    if (square === 0) continue;
    const slope = product / square;
    for (let k = 0; k < out.length; k++) {
      const p = (productivity[k] as Codes)[i] as number;
      const c = (climate[k] as Codes)[i] as number;
      if (isMissing(p, nodata) || isMissing(c, climateNodata)) continue;
      (out[k] as Float64Array)[i] = p - (meanP + slope * (c - meanC));
    }
  }
  return out;
}

/** Millimetres in a metre: Trends.Earth divides rain in mm so. */
const MILLIMETRES = 1000;

/** Productivity for each metre of rain (or of evapotranspiration); NaN where climate is not above zero. */
export function useEfficiency(
  productivity: readonly Codes[],
  climate: readonly Codes[],
  { nodata = NODATA, climateNodata = NODATA }: ClimateOptions = {},
): Float64Array[] {
  const size = checkPair(productivity, climate);
  return productivity.map((layer, k) => {
    const out = new Float64Array(size).fill(Number.NaN);
    for (let i = 0; i < size; i++) {
      const p = layer[i] as number;
      const c = (climate[k] as Codes)[i] as number;
      if (!isMissing(p, nodata) && !isMissing(c, climateNodata) && c > 0) out[i] = p / (c / MILLIMETRES);
    }
    return out;
  });
}

const isMissing = (value: number, nodata: number): boolean => value === nodata || Number.isNaN(value);

function checkPair(productivity: readonly Codes[], climate: readonly Codes[]): number {
  if (productivity.length !== climate.length) {
    throw new RangeError(
      `${productivity.length} layers of productivity and ${climate.length} of climate: expected one of each for every year`,
    );
  }
  const size = productivity[0]?.length ?? 0;
  const wrong = [...productivity, ...climate].find((layer) => layer.length !== size);
  if (wrong !== undefined) throw new RangeError(`a layer has ${wrong.length} pixels: expected ${size}`);
  return size;
}
