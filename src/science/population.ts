/**
 * Does a population grow or decline, from counts at sites in years that leave gaps: TRIM.
 *
 *     const found = fitPopulation(rows, { model: 3, overdispersion: true, serialCorrelation: true });
 *     overallTrend(found.totals.imputed)     // { slope: 1.047, class: 'moderate-increase', … }
 *
 * A blank is filled by the model: what its site and its year say. The covariance of all years goes along, so that what is
 * computed from the totals (index, slope, an index of many species) has the error that it should.
 *
 * @see Pannekoek & van Strien 2005, TRIM 3 manual (TRends & Indices for Monitoring data), Statistics Netherlands
 * @see Pannekoek, Bogaart & van der Loo 2018, Models and statistical methods in rtrim, Statistics Netherlands
 */
import { type PopulationCells, type PopulationCount, PopulationFault, populationCells } from './population-cells.ts';
import { type Design, type PopulationModel, populationDesign } from './population-design.ts';
import { type FitOptions, fitModel, type PopulationFit } from './population-fit.ts';
import { changepointTests, scoreTest } from './population-tests.ts';
import { type PopulationTotals, populationTotals } from './population-totals.ts';

export interface PopulationOptions extends FitOptions {
  model: PopulationModel;
  /** Years after which the slope changes, model 2; `all` for every year but the last. The first year alone: one line. */
  changepoints?: readonly number[] | 'all';
  /** Take out changepoints that counts do not speak for, and put back those that they do. */
  stepwise?: boolean;
}

export interface PopulationTrend {
  fit: PopulationFit;
  totals: PopulationTotals;
  /** Changepoints that were taken out: too few counts in what follows, or no sign of a change. */
  dropped: { year: number; because: 'no-counts' | 'no-change' }[];
  /** What the estimates ask to be careful with. */
  cautions: ('not-converged' | 'under-dispersed' | 'little-correlation' | 'negative-correlation' | 'few-counts')[];
}

/** Fits a model to counts. @throws PopulationFault naming site and year */
export function fitPopulation(rows: readonly PopulationCount[], options: PopulationOptions): PopulationTrend {
  const cells = populationCells(rows);
  checkOptions(cells, options);
  const { changepoints, dropped } = usable(cells, options);
  const start = fitModel(cells, checked(cells, populationDesign(cells, options.model, changepoints)), options);
  const fit = options.stepwise && options.model === 2 ? refine(start, options, dropped) : start;
  return { fit, totals: populationTotals(fit), dropped, cautions: cautionsOf(fit, options) };
}

function checkOptions(cells: PopulationCells, { model, changepoints, stepwise, serialCorrelation }: PopulationOptions): void {
  const fault = (code: string, text: string, year?: number): PopulationFault =>
    new PopulationFault({ code, ...(year === undefined ? {} : { year }) }, text);
  if (cells.years.length < 2 && model > 1)
    throw fault('one-year', 'counts of one year: there is no trend in them', cells.years[0]);
  if (model !== 2 && changepoints !== undefined) throw fault('changepoints-model', 'changepoints belong to model 2');
  if (model !== 2 && stepwise) throw fault('stepwise-model', 'changepoints are chosen in model 2 only');
  if (serialCorrelation && cells.months.length > 0)
    throw fault('serial-months', 'serial correlation is of years: it cannot be had from counts by month');
  if (changepoints === undefined || changepoints === 'all') return;
  const wrong = changepoints.find(
    (year, i) => !cells.years.slice(0, -1).includes(year) || (i > 0 && year <= (changepoints[i - 1] as number)),
  );
  if (wrong !== undefined)
    throw fault(
      'changepoint',
      `changepoint ${wrong}: years from ${cells.years[0]} to ${cells.years.at(-2)}, ascending, are needed`,
      wrong,
    );
}

/** Changepoints whose segment has a count above 0 in every class. */
function usable(
  cells: PopulationCells,
  { model, changepoints = [cells.years[0] as number] }: PopulationOptions,
): { changepoints: number[]; dropped: PopulationTrend['dropped'] } {
  const dropped: PopulationTrend['dropped'] = [];
  if (model !== 2) return { changepoints: [0], dropped };
  const first = cells.years[0] as number;
  let kept = changepoints === 'all' ? cells.years.slice(0, -1).map((_, i) => i) : changepoints.map((year) => year - first);
  for (let again = true; again; ) {
    const design = populationDesign(cells, 2, kept);
    const silent = kept.findIndex((from, k) => silentClass(cells, design, from, kept[k + 1] ?? cells.years.length - 1) !== null);
    again = silent >= 0 && kept.length > 1;
    if (!again) break;
    // Of a segment that nothing speaks for the slope goes on to the next one's end: years without counts lie between years with
    // counts. To go on with the slope before it would be to guess beyond them. Behind the last segment there is none to go on to.
    const out = Math.min(silent + 1, kept.length - 1);
    dropped.push({ year: first + (kept[out] as number), because: 'no-counts' });
    kept = kept.filter((_, k) => k !== out);
  }
  return { changepoints: kept, dropped };
}

/** The first class without a count above 0 after year `from` up to `to`, as indexes; '' where there is no class. */
function silentClass(cells: PopulationCells, design: Design, from: number, to: number): string | null {
  const months = cells.width / cells.years.length;
  const seen = new Set<string>();
  for (let cell = 0; cell < cells.counts.length; cell++) {
    const year = Math.floor((cell % cells.width) / months);
    if (year <= from || year > to || !((cells.counts[cell] as number) > 0)) continue;
    seen.add('');
    for (const { name, classes, classOf } of cells.covariates) seen.add(`${name} ${classes[classOf[cell] as number]}`);
  }
  if (!seen.has('')) return '';
  if (design.model === 1) return null;
  return (
    cells.covariates.flatMap(({ name, classes }) => classes.map((one) => `${name} ${one}`)).find((one) => !seen.has(one)) ?? null
  );
}

/** Every effect has a count above 0 to be told from. */
function checked(cells: PopulationCells, design: Design): Design {
  const last = cells.years.length - 1;
  const spans =
    design.model === 1
      ? []
      : design.model === 3
        ? cells.years.map((_, j): [number, number] => [j - 1, j])
        : design.changepoints.map((from, k): [number, number] => [from, design.changepoints[k + 1] ?? last]);
  for (const [from, to] of spans) {
    const silent = silentClass(cells, design, from, to);
    if (silent === null) continue;
    const year = cells.years[Math.max(0, design.model === 3 ? to : from)] as number;
    const of = silent === '' ? '' : ` of ${silent}`;
    throw new PopulationFault(
      { code: design.model === 3 ? 'silent-year' : 'silent-segment', year, ...(silent === '' ? {} : { field: silent }) },
      design.model === 3
        ? `${year}: no count above 0${of}; an effect of each year needs one in each. Model 2 does without.`
        : `after ${year}: no count above 0${of} up to the next changepoint; take that changepoint out`,
    );
  }
  return design;
}

/** A changepoint goes where the slope changes by chance in 1 of 5 cases, and comes where it would in 3 of 20. TRIM 3 manual, section 2.6 */
const LEAVES = 0.2;
const ENTERS = 0.15;

function refine(start: PopulationFit, options: PopulationOptions, dropped: PopulationTrend['dropped']): PopulationFit {
  const all = start.design.changepoints;
  const year = (k: number): number => start.cells.years[k] as number;
  const fitOf = (kept: readonly number[]): PopulationFit =>
    fitModel(start.cells, populationDesign(start.cells, 2, kept), options);
  let fit = start;
  const seen = new Set<string>();
  for (;;) {
    const kept = fit.design.changepoints;
    const worst = weakest(fit);
    if (worst !== null) {
      fit = fitOf(kept.filter((k) => k !== worst));
      continue;
    }
    // A set of changepoints that comes again would come for ever.
    const best = strongest(fit, all);
    const next = best === null ? kept : [...kept, best].sort((a, b) => a - b);
    if (best === null || seen.has(next.join())) break;
    seen.add(next.join());
    fit = fitOf(next);
  }
  for (const k of all) if (!fit.design.changepoints.includes(k)) dropped.push({ year: year(k), because: 'no-change' });
  return fit;
}

/** The changepoint, not the first, whose slope changes least surely, where that is by chance. */
function weakest(fit: PopulationFit): number | null {
  const tests = changepointTests(fit);
  let [worst, highest]: [number | null, number] = [null, LEAVES];
  fit.design.changepoints.forEach((changepoint, k) => {
    const p = tests[k]?.p ?? 0;
    if (k > 0 && p > highest) [worst, highest] = [changepoint, p];
  });
  return worst;
}

function strongest(fit: PopulationFit, all: readonly number[]): number | null {
  const kept = fit.design.changepoints;
  let [best, lowest]: [number | null, number] = [null, ENTERS];
  for (const candidate of all) {
    if (kept.includes(candidate)) continue;
    const { p } = scoreOf(fit, candidate);
    if (p < lowest) [best, lowest] = [candidate, p];
  }
  return best;
}

/** The score test of one changepoint more: columns are slopes from each changepoint on, so that the old ones are among the new. */
function scoreOf(fit: PopulationFit, candidate: number): { p: number } {
  const { cells, design } = fit;
  const plain = cumulative(
    populationDesign(
      cells,
      2,
      [...design.changepoints, candidate].sort((a, b) => a - b),
    ),
  );
  const place = plain.changepoints.indexOf(candidate);
  const columns = Array.from({ length: plain.width }, (_, c) => c);
  return scoreTest(
    fit,
    plain,
    columns.filter((c) => c >= plain.yearColumns * (1 + plain.blocks.length) || c % plain.yearColumns !== place),
  );
}

/** The same model with columns max(0, year - changepoint): each is the change of slope there, and stays when others come. */
function cumulative(design: Design): Design {
  const { yearColumns, blocks } = design;
  const ofYears = yearColumns * (1 + blocks.length);
  const patterns = design.patterns.map(({ from, columns, values }) => {
    const next = { from: new Uint32Array(from.length), columns: [] as number[], values: [] as number[] };
    for (let cell = 0; cell + 1 < from.length; cell++) {
      const sums = new Map<number, number>();
      for (let k = from[cell] as number; k < (from[cell + 1] as number); k++) {
        const column = columns[k] as number;
        const first = column >= ofYears ? column : column - (column % yearColumns);
        for (let c = first; c <= column; c++) sums.set(c, (sums.get(c) ?? 0) + (values[k] as number));
      }
      for (const [column, value] of sums) {
        next.columns.push(column);
        next.values.push(value);
      }
      next.from[cell + 1] = next.columns.length;
    }
    return { from: next.from, columns: Uint16Array.from(next.columns), values: Float64Array.from(next.values) };
  });
  return { ...design, patterns };
}

/** Correlation below this hardly matters; TRIM 3 manual, section 2.5 */
const LITTLE = 0.2;
/** Counts for each parameter below which errors are rough. */
const FEW = 2;

function cautionsOf(
  { converged, estimatedDispersion, correlation, observed, freedom }: PopulationFit,
  { serialCorrelation }: PopulationOptions,
): PopulationTrend['cautions'] {
  const cautions: PopulationTrend['cautions'] = [];
  if (!converged) cautions.push('not-converged');
  if (estimatedDispersion !== null && estimatedDispersion < 1) cautions.push('under-dispersed');
  if (serialCorrelation && correlation < -LITTLE) cautions.push('negative-correlation');
  else if (serialCorrelation && correlation < LITTLE) cautions.push('little-correlation');
  if (observed < FEW * (observed - freedom)) cautions.push('few-counts');
  return cautions;
}
