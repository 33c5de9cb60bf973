/**
 * From counts of many species to one index: a model for each species, its totals with their covariance, and lines drawn of them.
 *
 *     const { index, fits, unfit } = speciesIndexOfParts(parts, { base: 2010, seed: 1 });
 */
import { Problem } from '../problems.ts';
import { type SpeciesIndex, type SpeciesIndexOptions, speciesIndex } from '../science/species-index.ts';
import { type CountPart, fitForIndex, type Simpler } from './population-fits.ts';

export interface SpeciesFit {
  species: string;
  model: 2 | 3;
  simpler: Simpler[];
}

export interface PartsIndex {
  /** `null` where no species could be fitted. */
  index: SpeciesIndex | null;
  fits: SpeciesFit[];
  /** Species whose counts bear no model, with why. */
  unfit: { species: string; problem: Problem }[];
}

/** @param base the first year of all where it is `null` */
export function speciesIndexOfParts(
  parts: readonly CountPart[],
  { base, ...options }: Omit<SpeciesIndexOptions, 'base'> & { base: number | null },
): PartsIndex {
  const fits: SpeciesFit[] = [];
  const unfit: PartsIndex['unfit'] = [];
  const species = parts.flatMap((part) => {
    const name = part.species ?? part.label;
    try {
      const { trend, model, simpler } = fitForIndex(part);
      fits.push({ species: name, model, simpler });
      return [{ name, years: trend.fit.cells.years, ...trend.totals.imputed }];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      unfit.push({ species: name, problem: error });
      return [];
    }
  });
  if (species.length === 0) return { index: null, fits, unfit };
  const first = Math.min(...species.map(({ years }) => years[0] as number));
  const last = Math.max(...species.map(({ years }) => years.at(-1) as number));
  const start = base ?? first;
  if (start < first || start > last)
    throw new Problem('choice-wrong', { field: '--base', found: String(start), expected: `${first} – ${last}` });
  try {
    return { index: speciesIndex(species, { ...options, base: start }), fits, unfit };
  } catch (error) {
    // Counted in one year alone, or with errors that say nothing: no species is left.
    if (!(error instanceof RangeError)) throw error;
    const problem = new Problem('species-none-left', { species: species.map(({ name }) => name).join(', ') });
    return { index: null, fits: [], unfit: [...unfit, ...fits.map(({ species: name }) => ({ species: name, problem }))] };
  }
}
