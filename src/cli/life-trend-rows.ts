/** What `saryarka life trend` finds of one species in one zone, by year and by test: the same for the terminal, JSON and CSV. */
import type { CountPart } from '../indicators/population-fits.ts';
import type { BeforeAfter } from '../science/before-after.ts';
import type { PopulationTrend } from '../science/population.ts';
import {
  type ChiSquaredTest,
  changepointTests,
  covariateTests,
  goodnessOfFit,
  linearTrend,
} from '../science/population-tests.ts';
import type { OverallTrend, PopulationIndex } from '../science/population-trend.ts';
import type { Lang } from '../types.ts';

export interface TrendOptions {
  lang: Lang;
  model?: string;
  changepoints?: string;
  stepwise?: boolean;
  covariates?: string;
  overdispersion?: boolean;
  serialCorrelation?: boolean;
  base?: string;
  species?: string;
  zones?: string;
  groups?: string;
  since?: string | undefined;
  control?: string;
  dossier?: string;
  site?: string;
  keep?: boolean;
  json?: boolean;
  output?: string;
  chart?: string;
}

export interface PartFound {
  part: CountPart;
  fitted: PopulationTrend;
  index: PopulationIndex;
  /** `null` where a year has a total of 0. */
  overall: OverallTrend | null;
  effect: (BeforeAfter & { control: string | null }) | null;
}

/** Tests that belong to the model. */
export function testsOf(fitted: PopulationTrend): Record<string, ChiSquaredTest> {
  const { fit } = fitted;
  const { pearson, likelihoodRatio } = goodnessOfFit(fit);
  const { years } = fit.cells;
  return {
    pearson,
    'likelihood-ratio': likelihoodRatio,
    ...(fit.design.model === 3 && years.length > 2 ? { 'off-line': linearTrend(fit).test } : {}),
    ...(fit.design.model === 2
      ? Object.fromEntries(
          changepointTests(fit).map((test, k) => [`changepoint ${years[fit.design.changepoints[k] as number]}`, test]),
        )
      : {}),
    ...Object.fromEntries(covariateTests(fit).map(({ covariate, ...test }) => [`covariate ${covariate}`, test])),
  };
}

const errorAt = (covariance: ArrayLike<number>, n: number, j: number): number =>
  Math.sqrt(Math.max(0, covariance[j * n + j] as number));

/** Rows by year: the same columns in JSON and CSV. */
export function yearRows({ fitted, index }: PartFound) {
  const { fit, totals } = fitted;
  const { years, counts, sites, width } = fit.cells;
  const months = width / years.length;
  return years.map((year, j) => {
    let [counted, individuals] = [0, 0];
    for (let site = 0; site < sites.length; site++) {
      const own = counts.subarray(site * width + j * months, site * width + (j + 1) * months).filter((count) => count >= 0);
      if (own.length > 0) counted += 1;
      individuals += own.reduce((sum, count) => sum + count, 0);
    }
    return {
      year,
      sites_counted: counted,
      individuals_counted: individuals,
      index: index.values[j] as number,
      index_error: index.errors[j] as number,
      imputed: totals.imputed.values[j] as number,
      imputed_error: errorAt(totals.imputed.covariance, years.length, j),
      modelled: totals.modelled.values[j] as number,
      modelled_error: errorAt(totals.modelled.covariance, years.length, j),
    };
  });
}
