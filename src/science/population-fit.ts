/**
 * Estimates of a log-linear model of counts: maximum likelihood, then generalised estimating equations where variance is not
 * Poisson's or years depend on the years before.
 *
 * The inverse of the working correlation ρ^|j-k| over observed years is tridiagonal (Markov), so that nothing is inverted and a
 * site costs what its counts cost.
 *
 * @see Pannekoek & van Strien 2005, TRIM 3 manual, Statistics Netherlands, appendix A
 * @see Liang & Zeger 1986, Longitudinal data analysis using generalized linear models, Biometrika 73, 13-22, doi 10.1093/biomet/73.1.13
 * @see Pannekoek, Bogaart & van der Loo 2018, Models and statistical methods in rtrim, Statistics Netherlands
 */
import { type PopulationCells, PopulationFault } from './population-cells.ts';
import { type Chain, chainProduct, newChain, readChain } from './population-chain.ts';
import type { Design } from './population-design.ts';
import { correlationOf, dispersionOf, type OutlierRule } from './population-variance.ts';
import { invertSymmetric } from './symmetric.ts';

export interface FitOptions {
  overdispersion?: boolean;
  serialCorrelation?: boolean;
  outliers?: OutlierRule | null;
  /** Largest change of β, σ² and ρ in the last step. */
  convergence?: number;
  mostSteps?: number;
}

export interface PopulationFit {
  cells: PopulationCells;
  design: Design;
  method: 'maximum-likelihood' | 'estimating-equations';
  steps: number;
  converged: boolean;
  alpha: Float64Array;
  beta: Float64Array;
  /** Covariance of β, width × width. */
  covariance: Float64Array;
  /** Counts that the model expects in every cell, without weights. */
  mean: Float64Array;
  /** Overdispersion σ², 1 where it is not estimated; and what it is estimated as. */
  dispersion: number;
  estimatedDispersion: number | null;
  /** Correlation ρ of successive years. */
  correlation: number;
  /** Counts that were made. */
  observed: number;
  /** Deviance 2 Σ f ln(f / μ) and Pearson's Σ (f - μ)² / μ, with N - sites - width degrees of freedom. */
  deviance: number;
  pearson: number;
  freedom: number;
}

/** A step that worsens the deviance by more than this share of it is halved: it is what likelihood lowers, but not what equations solve. */
const WORSE = { likelihood: 1e-5, equations: 0.1 } as const;
const HALVINGS = 7;
/** Beyond, an effect is a factor of e^20 or its inverse: there is none. */
const WILD = 20;

interface State {
  alpha: Float64Array;
  beta: Float64Array;
  mean: Float64Array;
  dispersion: number;
  correlation: number;
}

/** Fits the model. @throws PopulationFault naming the year or class that says nothing, or where the estimates run away */
export function fitModel(
  cells: PopulationCells,
  design: Design,
  { overdispersion = false, serialCorrelation = false, outliers = null, convergence = 1e-10, mostSteps = 500 }: FitOptions = {},
): PopulationFit {
  const state: State = {
    alpha: startAlpha(cells),
    beta: new Float64Array(design.width),
    mean: new Float64Array(cells.counts.length),
    dispersion: 1,
    correlation: 0,
  };
  expectCounts(cells, design, state);
  const freedom = observedCells(cells) - cells.sites.length - design.width;
  const gee = overdispersion || serialCorrelation;
  if (gee && freedom < 1)
    throw new PopulationFault(
      { code: 'too-few', found: String(freedom) },
      'fewer counts than the model has parameters: overdispersion cannot be told from them',
    );
  let steps = 0;
  let converged = false;
  let estimated: number | null = null;
  for (const equations of gee ? [false, true] : [false]) {
    converged = false;
    for (; steps < mostSteps && !converged; steps++) {
      updateAlpha(cells, design, state, equations);
      let change = 0;
      if (equations) {
        const before = [state.dispersion, state.correlation];
        estimated = dispersionOf(cells, state.mean, freedom, outliers);
        state.correlation = serialCorrelation ? correlationOf(cells, state.mean, estimated) : 0;
        state.dispersion = overdispersion ? estimated : 1;
        change = Math.max(
          Math.abs(state.dispersion - (before[0] as number)),
          Math.abs(state.correlation - (before[1] as number)),
        );
      }
      converged = Math.max(change, stepBeta(cells, design, state, equations)) < convergence;
    }
  }
  const { information } = scoreAndInformation(cells, design, state);
  const { deviance, pearson, observed } = goodness(cells, state);
  return {
    cells,
    design,
    method: gee ? 'estimating-equations' : 'maximum-likelihood',
    steps,
    converged,
    alpha: state.alpha,
    beta: state.beta,
    covariance: inverted(information, design, cells),
    mean: state.mean,
    dispersion: state.dispersion,
    estimatedDispersion: overdispersion ? estimated : null,
    correlation: state.correlation,
    observed,
    deviance,
    pearson,
    freedom,
  };
}

function observedCells({ counts }: PopulationCells): number {
  let observed = 0;
  for (const count of counts) if (count >= 0) observed += 1;
  return observed;
}

function startAlpha({ sites, counts, width }: PopulationCells): Float64Array {
  const alpha = new Float64Array(sites.length);
  for (let site = 0; site < sites.length; site++) {
    let sum = 0;
    for (let cell = site * width; cell < (site + 1) * width; cell++)
      if ((counts[cell] as number) >= 0) sum += counts[cell] as number;
    alpha[site] = Math.log(sum / width);
  }
  return alpha;
}

/** exp(B β) of the cells of each pattern. */
function yearFactors({ patterns }: Design, beta: Float64Array): Float64Array[] {
  return patterns.map(({ from, columns, values }) => {
    const factors = new Float64Array(from.length - 1);
    for (let cell = 0; cell < factors.length; cell++) {
      let sum = 0;
      for (let k = from[cell] as number; k < (from[cell + 1] as number); k++)
        sum += (values[k] as number) * (beta[columns[k] as number] as number);
      factors[cell] = Math.exp(sum);
    }
    return factors;
  });
}

function expectCounts({ sites, width, weights }: PopulationCells, design: Design, { alpha, beta, mean }: State): void {
  const factors = yearFactors(design, beta);
  for (let site = 0; site < sites.length; site++) {
    const level = Math.exp(alpha[site] as number);
    const factor = factors[design.patternOf[site] as number] as Float64Array;
    for (let cell = 0; cell < width; cell++)
      mean[site * width + cell] = (level * (factor[cell] as number)) / (weights[site * width + cell] as number);
  }
}

/** α by site, so that z'(f - μ) = 0, with z = V⁻¹ μ, or 1 for maximum likelihood; then μ. TRIM 3 manual, eq. A.2 */
function updateAlpha(cells: PopulationCells, design: Design, state: State, equations: boolean): void {
  const { sites, width, counts } = cells;
  const { mean, alpha } = state;
  const chain = newChain(width);
  for (let site = 0; site < sites.length; site++) {
    readChain(chain, cells, state, site);
    let [found, expected] = [0, 0];
    for (let k = 0; k < chain.length; k++) {
      const cell = chain.cells[k] as number;
      const z = equations ? chainProduct(chain, k, chain.roots) / (chain.roots[k] as number) : 1;
      found += z * (counts[cell] as number);
      expected += z * (mean[cell] as number);
    }
    if (!(found > 0 && expected > 0)) [found, expected] = plainSums(chain, counts, mean);
    alpha[site] = (alpha[site] as number) + Math.log(found / expected);
  }
  expectCounts(cells, design, state);
}

function plainSums({ cells, length }: Chain, counts: Float64Array, mean: Float64Array): [number, number] {
  let [found, expected] = [0, 0];
  for (let k = 0; k < length; k++) {
    found += counts[cells[k] as number] as number;
    expected += mean[cells[k] as number] as number;
  }
  return [found, expected];
}

/** One step of Newton's method on β, halved while the deviance grows. @returns the largest change */
function stepBeta(cells: PopulationCells, design: Design, state: State, equations: boolean): number {
  if (design.width === 0) return 0;
  const { score, information } = scoreAndInformation(cells, design, state);
  const step = product(inverted(information, design, cells), score);
  const before = state.beta.slice();
  const deviance = goodness(cells, state).deviance;
  const worse = equations ? WORSE.equations : WORSE.likelihood;
  let share = 1;
  for (let turn = 0; turn <= HALVINGS; turn++, share /= 2) {
    for (let k = 0; k < before.length; k++) state.beta[k] = (before[k] as number) + share * (step[k] as number);
    if (state.beta.some((effect) => !(Math.abs(effect) < WILD))) continue;
    expectCounts(cells, design, state);
    updateAlpha(cells, design, state, equations);
    const now = goodness(cells, state).deviance;
    if (now > 0 && now <= (1 + worse) * deviance) break;
  }
  const wild = state.beta.findIndex((effect) => !(Math.abs(effect) < WILD));
  if (wild >= 0) throw silent(design, cells, wild);
  return Math.max(...step.map((change) => Math.abs(change * Math.min(1, share))));
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += (matrix[i * n + k] as number) * (vector[k] as number);
    return sum;
  });
}

function inverted(information: Float64Array, design: Design, cells: PopulationCells): Float64Array {
  const inverse = invertSymmetric(information, design.width);
  if (inverse) return inverse;
  throw silent(design, cells, 0);
}

function silent(design: Design, cells: PopulationCells, column: number): PopulationFault {
  const block = Math.floor(column / Math.max(1, design.yearColumns));
  const of = design.blocks[block - 1];
  const inBlock = column % Math.max(1, design.yearColumns);
  const year = cells.years[design.model === 2 ? ((design.changepoints[inBlock] as number) ?? 0) : inBlock + 1] as number;
  const where = of ? `, ${of.covariate} ${of.class}` : '';
  return new PopulationFault(
    { code: 'not-estimable', year, ...(of ? { field: of.covariate, found: of.class } : {}) },
    `the effect of ${year}${where} cannot be estimated: too few counts above 0 from there on`,
  );
}

/** U = Σ B' M V⁻¹ (f - μ) and -i = Σ B'(Ω - w w' / d) B. TRIM 3 manual, eq. A.3-A.5 */
export function scoreAndInformation(
  cells: PopulationCells,
  design: Design,
  state: State,
): { score: Float64Array; information: Float64Array } {
  const { sites, counts, width } = cells;
  const p = design.width;
  const score = new Float64Array(p);
  const information = new Float64Array(p * p);
  const chain = newChain(width);
  const residuals = new Float64Array(width);
  const load = new Float64Array(p);
  const scale = 1 / state.dispersion;
  for (let site = 0; site < sites.length; site++) {
    readChain(chain, cells, state, site);
    const { length, roots, diagonal, beside } = chain;
    const { from, columns, values } = design.patterns[design.patternOf[site] as number] as Design['patterns'][number];
    const first = site * width;
    for (let k = 0; k < length; k++)
      residuals[k] = ((counts[chain.cells[k] as number] as number) - (roots[k] as number) ** 2) / (roots[k] as number);
    load.fill(0);
    let total = 0;
    for (let k = 0; k < length; k++) {
      const root = roots[k] as number;
      const cell = (chain.cells[k] as number) - first;
      const pull = scale * root * chainProduct(chain, k, residuals);
      const weight = scale * root * chainProduct(chain, k, roots);
      const own = scale * (diagonal[k] as number) * root * root;
      const next = k + 1 < length ? scale * (beside[k] as number) * root * (roots[k + 1] as number) : 0;
      total += weight;
      const nextCell = next === 0 ? 0 : (chain.cells[k + 1] as number) - first;
      for (let i = from[cell] as number; i < (from[cell + 1] as number); i++) {
        const a = columns[i] as number;
        const value = values[i] as number;
        score[a] = (score[a] as number) + value * pull;
        load[a] = (load[a] as number) + value * weight;
        for (let j = from[cell] as number; j < (from[cell + 1] as number); j++) {
          const at = a * p + (columns[j] as number);
          information[at] = (information[at] as number) + own * value * (values[j] as number);
        }
        if (next !== 0)
          for (let j = from[nextCell] as number; j < (from[nextCell + 1] as number); j++) {
            const b = columns[j] as number;
            const term = next * value * (values[j] as number);
            information[a * p + b] = (information[a * p + b] as number) + term;
            information[b * p + a] = (information[b * p + a] as number) + term;
          }
      }
    }
    for (let a = 0; a < p; a++) {
      const part = (load[a] as number) / total;
      if (part !== 0)
        for (let b = 0; b < p; b++) information[a * p + b] = (information[a * p + b] as number) - part * (load[b] as number);
    }
  }
  return { score, information };
}

function goodness({ counts }: PopulationCells, { mean }: State): { deviance: number; pearson: number; observed: number } {
  let [deviance, pearson, observed] = [0, 0, 0];
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    if (!(count >= 0)) continue;
    const expected = mean[cell] as number;
    observed += 1;
    if (count > 0) deviance += 2 * count * Math.log(count / expected);
    pearson += (count - expected) ** 2 / expected;
  }
  return { deviance, pearson, observed };
}
