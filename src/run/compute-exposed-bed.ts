/**
 * The bed that a whole water has left, from the areas that a dossier holds of it: the figures that `saryarka water exposed-bed` keeps, and
 * that a review shows where nobody kept them.
 *
 *     const { run, observations } = exposedOfWater('aral-sea', stated, { feature: 'barsakelmes' });
 */
import { digestOf } from '../formats/source-node.ts';
import { exposedBedOfTable } from '../indicators/exposed-bed.ts';
import { note } from '../indicators/figure-note.ts';
import type { Id, Observation, Run } from '../types.ts';
import { tableFigures } from './compute-tables.ts';

const AREA = 'lake-area';
const UNIT = 'km2';

/** Measured or stated for a time, and not doubted. */
export const isUsable = (o: Observation): boolean =>
  o.period !== null && o.value !== null && o.role !== 'target' && o.quality !== 'doubtful';

/**
 * @param stated observations of the water's area; those without a year, planned or doubtful count nowhere
 * @param options.feature place whose figures they become; the water itself without it
 * @param options.reference what the water once covered [km2]; the largest stated without it
 * @throws Problem as `tableFigures`
 */
export function exposedOfWater(
  water: Id,
  stated: readonly Observation[],
  { feature = water, reference }: { feature?: Id; reference?: string } = {},
): { run: Run; observations: Observation[]; used: number } {
  const used = stated.filter((o) => o.indicator === AREA && isUsable(o) && o.unit === UNIT);
  const header = ['year', 'area_km2', 'source'];
  const rows = used.map((o, i) => ({
    line: i + 2,
    values: { year: yearOf(o), area_km2: String(o.value), source: sourceOf(o) },
  }));
  const found = tableFigures(exposedBedOfTable, {
    name: `${water} ${AREA}`,
    table: { header, rows },
    inputs: [{ href: `observations ${water} ${AREA}`, digest: digestOf(JSON.stringify(rows)) }],
    feature,
    params: reference === undefined ? {} : { 'reference-km2': reference },
    note: feature === water ? null : note('of-water', water),
  });
  return { ...found, used: used.length };
}

const yearOf = ({ period }: Observation): string => period?.start.slice(0, 4) ?? '';
const sourceOf = ({ from }: Observation): string =>
  'source' in from ? (from.source ?? '') : 'dataset' in from ? (from.dataset ?? '') : '';
