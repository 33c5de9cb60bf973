/**
 * Z14: a buffer zone of the declared width all round the core is not larger than the declared buffer zone.
 *
 *     ringArea(1.31934e9, 2000)    // 270.09e6 m2: no ring of 2 km round such a core can be smaller
 *     widestRing(1.31934e9, 258e6) // 1914 m
 */
import type { Finding } from '../types.ts';
import { bufferWidth, type Figure, zoneArea } from './figures.ts';
import { caution, finding, hectares, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';

export const z14: Rule = {
  id: 'Z14',
  check(facts) {
    const core = zoneArea(facts, 'core');
    const buffer = zoneArea(facts, 'buffer');
    const width = bufferWidth(facts);
    if (core === null || buffer === null || width === null || width.value <= 0) return null;
    const least = ringArea(Math.max(0, core.value - core.about) * 1e4, width.value) / 1e4;
    return buffer.value + buffer.about < least ? [ask(facts, core, buffer, width)] : [];
  },
};

function ask(facts: SiteFacts, core: Figure, buffer: Figure, width: Figure): Finding {
  const ring = ringArea(core.value * 1e4, width.value) / 1e4;
  const widest = widestRing(core.value * 1e4, buffer.value * 1e4);
  return finding(facts, {
    rule: 'Z14',
    variant: 'ring',
    severity: 'question',
    numbers: {
      coreHa: core.value,
      bufferHa: buffer.value,
      bufferWidthM: width.value,
      ringHa: ring,
      differenceHa: ring - buffer.value,
      widestRingM: widest,
    },
    figures: [core, buffer, width],
    words: { core: hectares(core), buffer: hectares(buffer), ringHa: Math.round(ring), widestRingM: Math.round(widest) },
    more: caution(core, buffer),
  });
}

/**
 * Least area of everything within `width` of a core but outside it [m2], whatever the shape of the core and the number
 * of its parts; a disc has exactly this much.
 *
 *     |A + wD| - |A| >= (sqrt|A| + sqrt|wD|)^2 - |A| = 2 w sqrt(pi A) + pi w^2
 *
 * @param core area of the core in the plane [m2]
 * @param width [m]
 * @see Gardner 2002, The Brunn-Minkowski inequality, Bull. Amer. Math. Soc. 39, 355-405, doi 10.1090/S0273-0979-02-00941-2
 */
export function ringArea(core: number, width: number): number {
  return 2 * width * Math.sqrt(Math.PI * core) + Math.PI * width ** 2;
}

/** Width of the widest complete ring round a core that a buffer zone of this area can be [m]; both areas in m2. */
export function widestRing(core: number, buffer: number): number {
  return (Math.sqrt(core + buffer) - Math.sqrt(core)) / Math.sqrt(Math.PI);
}
