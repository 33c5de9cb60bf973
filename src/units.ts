/**
 * Units by their UCUM codes, and conversion between those of one dimension.
 *
 *     convert(176960, 'har', 'm2')   // 1769600000
 */

/** UCUM code: dimension and factor to the first unit of that dimension. */
const UNITS: Record<string, { dimension: string; factor: number }> = {
  m2: { dimension: 'area', factor: 1 },
  har: { dimension: 'area', factor: 1e4 },
  km2: { dimension: 'area', factor: 1e6 },
  m: { dimension: 'length', factor: 1 },
  km: { dimension: 'length', factor: 1e3 },
  cm: { dimension: 'length', factor: 1e-2 },
  mm: { dimension: 'length', factor: 1e-3 },
  m3: { dimension: 'volume', factor: 1 },
  hm3: { dimension: 'volume', factor: 1e6 },
  km3: { dimension: 'volume', factor: 1e9 },
  'm3/s': { dimension: 'flow', factor: 1 },
  'L/s': { dimension: 'flow', factor: 1e-3 },
  'm3/d': { dimension: 'flow', factor: 1 / 86_400 },
  'm3/a': { dimension: 'flow', factor: 1 / 31_557_600 },
  'hm3/a': { dimension: 'flow', factor: 1e6 / 31_557_600 },
  'km3/a': { dimension: 'flow', factor: 1e9 / 31_557_600 },
  deg: { dimension: 'angle', factor: 1 },
  '1': { dimension: 'number', factor: 1 },
  '%': { dimension: 'number', factor: 0.01 },
  '10*-6': { dimension: 'number', factor: 1e-6 },
  a: { dimension: 'time', factor: 31_557_600 },
  mo: { dimension: 'time', factor: 31_557_600 / 12 },
  d: { dimension: 'time', factor: 86_400 },
  kg: { dimension: 'mass', factor: 1 },
  t: { dimension: 'mass', factor: 1e3 },
  Mt: { dimension: 'mass', factor: 1e9 },
  'g/L': { dimension: 'concentration', factor: 1 },
  W: { dimension: 'power', factor: 1 },
  MW: { dimension: 'power', factor: 1e6 },
  'W/{person}': { dimension: 'power by people', factor: 1 },
  'W.h': { dimension: 'energy', factor: 1 },
  'GW.h': { dimension: 'energy', factor: 1e9 },
  Cel: { dimension: 'temperature', factor: 1 },
  'm/s': { dimension: 'speed', factor: 1 },
  'mm/d': { dimension: 'speed', factor: 1e-3 / 86_400 },
  '[USD]/m3': { dimension: 'money by volume', factor: 1 },
  'km/km2': { dimension: 'length by area', factor: 1 },
  '{person}/km2': { dimension: 'people by area', factor: 1 },
  'nW/cm2/sr': { dimension: 'radiance', factor: 1 },
};

/** A unit that counts things, such as `{person}` or `{site}`, or money, such as `[USD]`. */
const ANNOTATED = /^(\{[a-z][a-z -]*\}|\[[A-Z]{3}\])$/;

/** Whether `code` is a UCUM code (or an annotated count or currency) that Saryarka knows. */
export function isUnit(code: string): boolean {
  return code in UNITS || ANNOTATED.test(code);
}

/** The UCUM codes Saryarka can convert; counts like `{person}` and money like `[USD]` come beside them. */
export const unitCodes: readonly string[] = Object.keys(UNITS);

/**
 * `value` in unit `from`, written in unit `to`.
 * @throws RangeError when a unit is unknown or the two measure different things.
 */
export function convert(value: number, from: string, to: string): number {
  if (from === to) return value;
  const a = UNITS[from];
  const b = UNITS[to];
  if (a === undefined || b === undefined || a.dimension !== b.dimension) {
    throw new RangeError(`cannot write ${from} as ${to}`);
  }
  return (value * a.factor) / b.factor;
}
