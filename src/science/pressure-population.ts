/**
 * How many people live in a zone, when several sources say so: a count of people goes before a model of them.
 *
 *     populationOf([
 *       { kind: 'raster', value: 1210, year: 2020, low: null, high: null, source: 'worldpop-2020' },
 *       { kind: 'census', value: 1385, year: 2021, low: null, high: null, source: 'census-2021' },
 *     ], { year: 2025 })   // { shown: the census, others: [the raster], disagreement: 0.13 }
 *
 * Gridded population is itself a census spread over cells by a model: it adds where people are within a district, not how many there are.
 */

/** `census`: people counted; `register`: those on the books of a settlement or health post; `estimate`: stated by an office between counts; `raster`: the sum of a gridded model. */
export type PopulationKind = 'census' | 'register' | 'estimate' | 'raster';

export interface PopulationFigure {
  kind: PopulationKind;
  /** People. */
  value: number;
  year: number;
  low: number | null;
  high: number | null;
  /** Where it comes from: an identifier of the caller's. */
  source: string;
}

export interface Population {
  /** `null` when nobody says. */
  shown: PopulationFigure | null;
  others: PopulationFigure[];
  /** Largest difference from the shown one, by the larger of the two [0-1]; `null` with fewer than two figures. */
  disagreement: number | null;
}

const ORDER: readonly PopulationKind[] = ['census', 'register', 'estimate', 'raster'];

/**
 * The figure to show, and the others beside it: by kind in the order of `PopulationKind`, then the closest in time, then the later one, then as
 * given. Nothing is averaged.
 * @param options `year` that is spoken of
 */
export function populationOf(figures: readonly PopulationFigure[], { year }: { year: number }): Population {
  const away = (figure: PopulationFigure): number => Math.abs(figure.year - year);
  const [shown, ...others] = figures.toSorted(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || away(a) - away(b) || b.year - a.year,
  );
  if (shown === undefined) return { shown: null, others, disagreement: null };
  const apart = ({ value }: PopulationFigure): number => {
    const larger = Math.max(value, shown.value);
    return larger > 0 ? Math.abs(value - shown.value) / larger : 0;
  };
  return { shown, others, disagreement: others.length === 0 ? null : Math.max(...others.map(apart)) };
}
