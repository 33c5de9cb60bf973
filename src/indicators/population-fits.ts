/**
 * Counts parted by species and zone, and a model fitted to each part on its own, so that errors of zones do not hang together.
 *
 *     const parts = countParts(table, { zones: 'zone' });
 *     const { trend, model, simpler } = fitForIndex(parts[0]);
 */
import { withCounts } from '../formats/population-problem.ts';
import type { PopulationRow, PopulationTable } from '../formats/population-table.ts';
import { Problem } from '../problems.ts';
import { fitPopulation, type PopulationOptions, type PopulationTrend } from '../science/population.ts';
import { PopulationFault } from '../science/population-cells.ts';

/** As a zone: the site lies in none. It counts for all sites. */
export const NO_ZONE = '-';

export interface CountPart {
  species: string | null;
  /** `null`: all sites. */
  zone: string | null;
  /** The file with species and zone, for what is told of it. */
  label: string;
  rows: PopulationRow[];
}

/** Species in their order of the file; of each all sites, then zones. @throws Problem `choice-wrong`, `cell-missing` */
export function countParts(
  { file, rows, others }: Pick<PopulationTable, 'file' | 'rows' | 'others'>,
  { zones = null, species = null, field = '--zones' }: { zones?: string | null; species?: string | null; field?: string } = {},
): CountPart[] {
  if (zones !== null && !others.includes(zones))
    throw new Problem('choice-wrong', { field, found: zones, expected: others.join(', ') || '–' });
  const named = Map.groupBy(rows, (row) => row.species);
  if (species !== null && !named.has(species))
    throw new Problem('choice-wrong', {
      field: '--species',
      found: species,
      expected: [...named.keys()].slice(0, 12).join(', '),
    });
  const blank = zones === null ? undefined : rows.find(({ other }) => other[zones] === '');
  if (blank) throw new Problem('cell-missing', { file, line: String(blank.line), field: zones as string });
  return [...named]
    .filter(([name]) => species === null || name === species)
    .flatMap(([name, own]) => {
      const label = (zone: string | null): string => {
        const words = [...(named.size > 1 && name !== null ? [name] : []), ...(zone === null ? [] : [zone])];
        return words.length === 0 ? file : `${file} (${words.join(', ')})`;
      };
      const all: CountPart = { species: name, zone: null, label: label(null), rows: own };
      if (zones === null) return [all];
      const byZone = [...Map.groupBy(own, ({ other }) => other[zones] as string)].sort(([a], [b]) => (a < b ? -1 : 1));
      return [
        all,
        ...byZone
          .filter(([zone]) => zone !== NO_ZONE)
          .map(([zone, list]) => ({ species: name, zone, label: label(zone), rows: list })),
      ];
    });
}

/** Fits a part. @param covariates columns whose classes have effects of their own @throws Problem naming file, line, site and year */
export function fitPart(
  { label, rows }: CountPart,
  options: PopulationOptions,
  { covariates = [] }: { covariates?: readonly string[] } = {},
): PopulationTrend {
  const counts = rows.map(({ other, species: _, sheet: __, ...row }) =>
    covariates.length === 0
      ? row
      : { ...row, covariates: Object.fromEntries(covariates.map((name) => [name, other[name] as string])) },
  );
  return withCounts(label, rows, () => fitPopulation(counts, options));
}

export type Simpler = 'model-2' | 'no-correlation' | 'no-dispersion';

/** What a fault of the counts asks to leave out. */
const SIMPLER: Readonly<Record<string, Simpler>> = {
  'silent-year': 'model-2',
  'not-estimable': 'model-2',
  'no-pairs': 'no-correlation',
  correlation: 'no-correlation',
  'serial-months': 'no-correlation',
  'too-few': 'no-dispersion',
};

/**
 * An effect of each year, overdispersion and serial correlation: what is recommended for an index. Where the counts do not bear it,
 * the simpler model is taken and said so: slopes between the years that have counts, no serial correlation, no overdispersion.
 * @throws Problem where they bear none
 */
export function fitForIndex(part: CountPart): IndexFit {
  const known = fits.get(part) ?? fitted(part);
  fits.set(part, known);
  return known;
}

export interface IndexFit {
  trend: PopulationTrend;
  model: 2 | 3;
  simpler: Simpler[];
}

/** The same counts are asked for by the index of all species and by that of each group. */
const fits = new WeakMap<CountPart, IndexFit>();

function fitted(part: CountPart): IndexFit {
  const simpler: Simpler[] = [];
  for (;;) {
    const model = simpler.includes('model-2') ? 2 : 3;
    const options: PopulationOptions = {
      model,
      ...(model === 2 ? { changepoints: 'all' as const } : {}),
      overdispersion: !simpler.includes('no-dispersion'),
      serialCorrelation: !simpler.includes('no-correlation') && !simpler.includes('no-dispersion'),
    };
    try {
      return {
        trend: fitPopulation(
          part.rows.map(({ other: _, species: __, sheet: ___, ...row }) => row),
          options,
        ),
        model,
        simpler,
      };
    } catch (error) {
      const next = error instanceof PopulationFault ? SIMPLER[error.fault.code] : undefined;
      if (next === undefined || simpler.includes(next))
        return withCounts(part.label, part.rows, () => {
          throw error;
        });
      simpler.push(next);
    }
  }
}
