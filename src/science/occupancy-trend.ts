/**
 * Where a species is found, from records that nobody planned: more records come of more visits, so effort is taken out.
 *
 *     const visits = visitsOf(records);                                  // lists of species by site and day
 *     listLengthTrend(visits, 'Vanellus gregarius')                      // odds of being on a list, by year
 *     targetGroupTrend(visits, 'Vanellus gregarius')                     // share of visited sites, by year
 *     changeIndexes(visits, { first: [1990, 1999], second: [2010, 2019] })  // Telfer's index of every species
 *
 * The bare number of records is no trend, and none is computed here.
 *
 * @see Szabo, Vesk, Baxter & Possingham 2010, Regional avian species declines estimated from volunteer-collected long-term data using
 *   List Length Analysis, Ecol. Appl. 20, 2157-2169, doi 10.1890/09-0877.1
 * @see Phillips, Dudík, Elith, Graham, Lehmann, Leathwick & Ferrier 2009, Sample selection bias and presence-only distribution models,
 *   Ecol. Appl. 19, 181-197, doi 10.1890/07-2153.1 (target group)
 * @see Telfer, Preston & Rothery 2002, A general method for measuring relative change in range size from biological atlas data,
 *   Biol. Conserv. 107, 99-109, doi 10.1016/S0006-3207(02)00050-2
 */
import { fitLogistic } from './logistic.ts';
import { normalQuantile, twoSided } from './normal.ts';

export interface OccurrenceRecord {
  species: string;
  site: string;
  /** ISO date, or what tells a visit from another of the same site and year. */
  date: string;
  year: number;
}

/** What was found at one site on one day. */
export interface Visit {
  site: string;
  year: number;
  species: ReadonlySet<string>;
}

export interface OccupancyTrend {
  species: string;
  method: 'list-length' | 'target-group';
  years: number[];
  /** Chance by year at the median effort, with its 95 % interval; a year without a visit has `NaN`. */
  values: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** Visits (list length) or sites visited (target group) by year, and those with the species. */
  visited: Uint32Array;
  found: Uint32Array;
  /** Factor of the odds by year, with its error on the logarithm and its 95 % interval. */
  slope: number;
  error: number;
  slopeLow: number;
  slopeHigh: number;
  p: number;
  class: 'increase' | 'decline' | 'uncertain';
  cautions: ('few-visits' | 'short-lists' | 'few-sites' | 'few-species')[];
}

/** Records of one site and date are one visit; the same species twice counts once. */
export function visitsOf(records: readonly OccurrenceRecord[]): Visit[] {
  const visits = new Map<string, { site: string; year: number; species: Set<string> }>();
  for (const { species, site, date, year } of records) {
    const key = JSON.stringify([site, year, date]);
    const visit = visits.get(key) ?? { site, year, species: new Set() };
    visit.species.add(species);
    visits.set(key, visit);
  }
  return [...visits.values()];
}

/** Below so many visits in the mean of years, a trend is hardly one. */
const FEW_VISITS = 10;
/** A list of one species is no list: where half are, effort is not known. Szabo et al. 2010 */
const SHORT_SHARE = 0.5;
/** Species in all below which one that comes or goes moves the length of lists by itself. */
const FEW_SPECIES = 10;
/** Sites below which errors by site are rough. */
const FEW_SITES = 5;

/**
 * List Length Analysis: logit of being on a list = constant + slope × year + exponent × ln(list length); errors by site.
 * Only sites count where the species was found once. Szabo et al. 2010, eq. 1
 */
export function listLengthTrend(visits: readonly Visit[], species: string): OccupancyTrend {
  const known = new Set(visits.filter((visit) => visit.species.has(species)).map(({ site }) => site));
  const own = visits.filter(({ site }) => known.has(site));
  checkYears(own, species);
  const sites = [...known];
  const lengths = own.map((visit) => Math.log(visit.species.size));
  const median = medianOf(lengths);
  const several = lengths.some((length) => length !== lengths[0]);
  const rows = own.map((visit, i) => ({
    year: visit.year,
    effort: several ? (lengths[i] as number) - median : null,
    found: visit.species.has(species) ? 1 : 0,
    cluster: sites.indexOf(visit.site),
  }));
  const cautions: OccupancyTrend['cautions'] = [];
  if (own.filter((visit) => visit.species.size === 1).length > SHORT_SHARE * own.length) cautions.push('short-lists');
  if (new Set(own.flatMap((visit) => [...visit.species])).size < FEW_SPECIES) cautions.push('few-species');
  return trendOf(rows, { species, method: 'list-length', sites: sites.length, cautions });
}

/** Sites where the species was found of those where anything of the target group was, by year; errors by site. */
export function targetGroupTrend(visits: readonly Visit[], species: string): OccupancyTrend {
  checkYears(visits, species);
  const sites = [...new Set(visits.map(({ site }) => site))];
  const place = new Map(sites.map((site, i) => [site, i]));
  const cells = Map.groupBy(visits, ({ site, year }) => JSON.stringify([site, year]));
  const rows = [...cells.values()].map((own) => ({
    year: own[0]?.year as number,
    effort: null,
    found: own.some((visit) => visit.species.has(species)) ? 1 : 0,
    cluster: place.get(own[0]?.site as string) as number,
  }));
  return trendOf(rows, { species, method: 'target-group', sites: sites.length, cautions: [] });
}

function checkYears(visits: readonly Visit[], species: string): void {
  if (!visits.some((visit) => visit.species.has(species))) throw new RangeError(`${species}: no record`);
  if (new Set(visits.map(({ year }) => year)).size < 2) throw new RangeError(`${species}: visits of one year; a trend needs two`);
}

interface Row {
  year: number;
  effort: number | null;
  found: number;
  cluster: number;
}

function trendOf(
  rows: readonly Row[],
  about: { species: string; method: OccupancyTrend['method']; sites: number; cautions: OccupancyTrend['cautions'] },
): OccupancyTrend {
  const { species, method, sites, cautions } = about;
  const from = Math.min(...rows.map(({ year }) => year));
  const to = Math.max(...rows.map(({ year }) => year));
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const middle = (from + to) / 2;
  const clustered = sites >= 2 ? { clusters: rows.map(({ cluster }) => cluster) } : {};
  const y = rows.map(({ found }) => found);
  const columns = (row: Row, of: number[]): number[] => (row.effort === null ? of : [...of, row.effort]);
  const linear = rows.map((row) => columns(row, [1, row.year - middle]));
  const width = linear[0]?.length as number;
  const fit = fitLogistic({ x: Float64Array.from(linear.flat()), y, width, ...clustered });
  // On every list, or on nearly all: residuals vanish, and errors by site with them; those of the model do not.
  const variance = Math.max(fit.covariance[width + 1] as number, fit.ofModel[width + 1] as number);
  const [slope, error] = [fit.beta[1] as number, Math.sqrt(variance)];
  // A constant for each year that has visits, at the median effort.
  const visitedYears = years.filter((year) => rows.some((row) => row.year === year));
  const byYear = rows.map((row) =>
    columns(
      row,
      visitedYears.map((year) => (year === row.year ? 1 : 0)),
    ),
  );
  const yearWidth = byYear[0]?.length as number;
  const ofYears = fitLogistic({ x: Float64Array.from(byYear.flat()), y, width: yearWidth });
  const chance = (z: number): Float64Array =>
    Float64Array.from(years, (year) => {
      const k = visitedYears.indexOf(year);
      if (k < 0) return Number.NaN;
      return 1 / (1 + Math.exp(-((ofYears.beta[k] as number) + z * Math.sqrt(ofYears.covariance[k * yearWidth + k] as number))));
    });
  const count = (of: (row: Row) => boolean): Uint32Array =>
    Uint32Array.from(years, (year) => rows.filter((row) => row.year === year && of(row)).length);
  const z = normalQuantile(0.975);
  const [slopeLow, slopeHigh] = [Math.exp(slope - z * error), Math.exp(slope + z * error)];
  if (rows.length < FEW_VISITS * years.length) cautions.push('few-visits');
  if (sites < FEW_SITES) cautions.push('few-sites');
  return {
    species,
    method,
    years,
    values: chance(0),
    low: chance(-z),
    high: chance(z),
    visited: count(() => true),
    found: count(({ found }) => found === 1),
    slope: Math.exp(slope),
    error,
    slopeLow,
    slopeHigh,
    p: twoSided(slope / error),
    class: slopeLow > 1 ? 'increase' : slopeHigh < 1 ? 'decline' : 'uncertain',
    cautions,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

export interface ChangeIndex {
  species: string;
  /** Sites in the first and in the second period, of those visited in both. */
  first: number;
  second: number;
  /** Standardised residual: above 0 the range grew beside other species; relative, never a change of its own. */
  index: number;
}

/** Species at fewer sites in the first period say too little. Telfer et al. 2002, section 2.2 */
const FEWEST_SITES = 5;
/** Weights settle within a few turns. */
const TURNS = 50;

/**
 * Telfer's change index: residual of each species from the line of logits of the second period on those of the first, over sites
 * visited in both, with the variance modelled as a + b / (N p (1 - p)). Telfer et al. 2002, section 2.2
 * @throws RangeError with fewer than three species at five sites or more
 */
export function changeIndexes(
  visits: readonly Visit[],
  { first, second }: { first: readonly [number, number]; second: readonly [number, number] },
): { sites: number; indexes: ChangeIndex[]; left: string[] } {
  const sitesOf = ([from, to]: readonly [number, number]): Map<string, Set<string>> => {
    const bySite = new Map<string, Set<string>>();
    for (const { site, year, species } of visits)
      if (year >= from && year <= to) bySite.set(site, new Set([...(bySite.get(site) ?? []), ...species]));
    return bySite;
  };
  const [early, late] = [sitesOf(first), sitesOf(second)];
  const both = [...early.keys()].filter((site) => late.has(site));
  const count = (period: Map<string, Set<string>>, name: string): number =>
    both.filter((site) => period.get(site)?.has(name)).length;
  const names = [...new Set(both.flatMap((site) => [...(early.get(site) ?? []), ...(late.get(site) ?? [])]))].sort();
  const counted = names.map((species) => ({ species, first: count(early, species), second: count(late, species) }));
  const kept = counted.filter((one) => one.first >= FEWEST_SITES);
  if (kept.length < 3)
    throw new RangeError(
      `${kept.length} species at ${FEWEST_SITES} of ${both.length} sites visited in both periods; 3 are needed`,
    );
  const share = (k: number): number => (k + 0.5) / (both.length + 1);
  const x = kept.map((one) => Math.log(share(one.first) / (1 - share(one.first))));
  const y = kept.map((one) => Math.log(share(one.second) / (1 - share(one.second))));
  let variance = x.map(() => 1);
  let line = straight(x, y, variance);
  for (let turn = 0; turn < TURNS; turn++) {
    const fitted = x.map((value) => 1 / (1 + Math.exp(-(line.constant + line.slope * value))));
    const binomial = fitted.map((p) => 1 / (both.length * p * (1 - p)));
    const squares = y.map((value, i) => (value - line.constant - line.slope * (x[i] as number)) ** 2);
    const model = straight(
      binomial,
      squares,
      x.map(() => 1),
    );
    // A variance is never below that of drawing sites, nor does it fall where sites say less.
    variance = binomial.map((own) => Math.max(own, model.constant + Math.max(0, model.slope) * own));
    line = straight(x, y, variance);
  }
  return {
    sites: both.length,
    indexes: kept.map((one, i) => ({
      ...one,
      index: ((y[i] as number) - line.constant - line.slope * (x[i] as number)) / Math.sqrt(variance[i] as number),
    })),
    left: counted.filter((one) => one.first < FEWEST_SITES).map(({ species }) => species),
  };
}

/** Weighted least squares of one variable; flat where x is all the same. */
function straight(x: readonly number[], y: readonly number[], variance: readonly number[]): { constant: number; slope: number } {
  const weights = variance.map((value) => 1 / value);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / total;
  const [mx, my] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value, i) => sum + (weights[i] as number) * (value - mx) ** 2, 0);
  const slope =
    spread > 0
      ? x.reduce((sum, value, i) => sum + (weights[i] as number) * (value - mx) * ((y[i] as number) - my), 0) / spread
      : 0;
  return { constant: my - slope * mx, slope };
}
