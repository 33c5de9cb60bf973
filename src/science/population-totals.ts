/**
 * Totals over all sites by year, with the covariance of all years: as the model has them, and with the counts put in where they
 * were made.
 *
 * @see Pannekoek & van Strien 2005, TRIM 3 manual, Statistics Netherlands, appendix A, eq. A.10-A.16
 * @see Pannekoek, Bogaart & van der Loo 2018, Models and statistical methods in rtrim, Statistics Netherlands, section 4
 */
import type { PopulationFit } from './population-fit.ts';
import { mapCovariance } from './symmetric.ts';

export interface YearTotals {
  /** Individuals by year; where a covariate is given, of its class. */
  values: Float64Array;
  /** Covariance, years × years. */
  covariance: Float64Array;
}

export interface PopulationTotals {
  /** Of the model alone. */
  modelled: YearTotals;
  /** Counts where they were made, the model elsewhere: what is recommended. */
  imputed: YearTotals;
}

/** Totals of all cells, or of those for which `within` holds: a class of a covariate, the sites of a zone. */
export function populationTotals(fit: PopulationFit, within: (cell: number) => boolean = () => true): PopulationTotals {
  const { counts, weights, years, width } = fit.cells;
  const months = width / years.length;
  const modelled = new Float64Array(years.length);
  const imputed = new Float64Array(years.length);
  for (let cell = 0; cell < counts.length; cell++) {
    if (!within(cell)) continue;
    const year = Math.floor((cell % width) / months);
    const weight = weights[cell] as number;
    const count = counts[cell] as number;
    modelled[year] = (modelled[year] as number) + weight * (fit.mean[cell] as number);
    imputed[year] = (imputed[year] as number) + weight * (count >= 0 ? count : (fit.mean[cell] as number));
  }
  const all = estimationCovariance(fit, within);
  const seen = estimationCovariance(fit, (cell) => within(cell) && (counts[cell] as number) >= 0);
  const sampling = countCovariance(fit, within);
  return {
    modelled: { values: modelled, covariance: all },
    imputed: { values: imputed, covariance: all.map((value, i) => value - (seen[i] as number) + (sampling[i] as number)) },
  };
}

/**
 * Σ G G' / d + (G F - H) V(β) (G F - H)', where G holds what a site contributes to each year, d = 1' Ω 1 and F = 1' Ω B / d
 * over its counts, H = Σ diag(w μ) B. Eq. A.12
 */
function estimationCovariance(fit: PopulationFit, within: (cell: number) => boolean): Float64Array {
  const { cells, design, mean } = fit;
  const { sites, years, width, weights } = cells;
  const months = width / years.length;
  const n = years.length;
  const p = design.width;
  const covariance = new Float64Array(n * n);
  const map = new Float64Array(n * p);
  const gains = new Float64Array(n);
  for (let site = 0; site < sites.length; site++) {
    gains.fill(0);
    const { from, columns, values } = design.patterns[design.patternOf[site] as number] as (typeof design.patterns)[number];
    for (let c = 0; c < width; c++) {
      const cell = site * width + c;
      if (!within(cell)) continue;
      const gain = (weights[cell] as number) * (mean[cell] as number);
      const year = Math.floor(c / months);
      gains[year] = (gains[year] as number) + gain;
      for (let k = from[c] as number; k < (from[c + 1] as number); k++) {
        const at = year * p + (columns[k] as number);
        map[at] = (map[at] as number) - gain * (values[k] as number);
      }
    }
    const { loads, total } = siteLoads(fit, site);
    for (let j = 0; j < n; j++) {
      const gain = gains[j] as number;
      if (gain === 0) continue;
      for (let k = 0; k < n; k++)
        covariance[j * n + k] = (covariance[j * n + k] as number) + (gain * (gains[k] as number)) / total;
      for (let a = 0; a < p; a++) map[j * p + a] = (map[j * p + a] as number) + gain * ((loads[a] as number) / total);
    }
  }
  const ofEffects = mapCovariance(map, n, fit.covariance, p);
  return covariance.map((value, i) => value + (ofEffects[i] as number));
}

/** 1' Ω B and 1' Ω 1 over the counts of a site. */
function siteLoads(
  { cells, design, mean, dispersion, correlation }: PopulationFit,
  site: number,
): { loads: Float64Array; total: number } {
  const { width, counts } = cells;
  const { from, columns, values } = design.patterns[design.patternOf[site] as number] as (typeof design.patterns)[number];
  const loads = new Float64Array(design.width);
  let total = 0;
  const add = (cell: number, weight: number): void => {
    total += weight;
    for (let k = from[cell] as number; k < (from[cell + 1] as number); k++) {
      const column = columns[k] as number;
      loads[column] = (loads[column] as number) + weight * (values[k] as number);
    }
  };
  let before = -1;
  for (let c = 0; c < width; c++) {
    if (!((counts[site * width + c] as number) >= 0)) continue;
    const here = mean[site * width + c] as number;
    add(c, here / dispersion);
    if (before >= 0 && correlation !== 0) {
      const there = mean[site * width + before] as number;
      const r = correlation ** (c - before);
      const within = (r * r) / (1 - r * r) / dispersion;
      const beside = ((-r / (1 - r * r)) * Math.sqrt(here * there)) / dispersion;
      add(c, within * here + beside);
      add(before, within * there + beside);
    }
    before = c;
  }
  return { loads, total };
}

/** σ² √(w² μ) R √(w² μ) of the counts that were made. Eq. A.15 */
function countCovariance(
  { cells, mean, dispersion, correlation }: PopulationFit,
  within: (cell: number) => boolean,
): Float64Array {
  const { sites, years, width, counts, weights } = cells;
  const months = width / years.length;
  const n = years.length;
  const covariance = new Float64Array(n * n);
  const spread = new Float64Array(width);
  for (let site = 0; site < sites.length; site++) {
    for (let c = 0; c < width; c++) {
      const cell = site * width + c;
      spread[c] =
        (counts[cell] as number) >= 0 && within(cell)
          ? (weights[cell] as number) * Math.sqrt(dispersion * (mean[cell] as number))
          : 0;
    }
    for (let c = 0; c < width; c++) {
      if (spread[c] === 0) continue;
      const last = correlation === 0 ? c : width - 1;
      for (let d = c; d <= last; d++) {
        const term = (spread[c] as number) * (spread[d] as number) * (d === c ? 1 : correlation ** (d - c));
        const [j, k] = [Math.floor(c / months), Math.floor(d / months)];
        covariance[j * n + k] = (covariance[j * n + k] as number) + term;
        if (d !== c) covariance[k * n + j] = (covariance[k * n + j] as number) + term;
      }
    }
  }
  return covariance;
}
