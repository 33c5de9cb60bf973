/**
 * Counts of a monitoring scheme as cells: a row for each site, a cell for each year (and month), blank where nobody counted.
 *
 *     const cells = populationCells([{ site: 'A', year: 2019, count: 4 }, { site: 'A', year: 2021, count: 6 }]);
 *     cells.years      // [2019, 2020, 2021]: the year without counts has its place
 *
 * A blank is not a zero. Sites where nothing was ever found say nothing of a trend: they are left out and named.
 */

export interface PopulationCount {
  site: string;
  year: number;
  /** 1 to 12, or any number of the season; where it is given, it is given in all rows. */
  month?: number;
  /** `null` where nobody counted. */
  count: number | null;
  /** How many units of habitat the count stands for; 1. */
  weight?: number;
  /** Class of the cell by covariate: `{ habitat: 'heath' }`. */
  covariates?: Record<string, string>;
}

export interface Covariate {
  name: string;
  /** In order; the first is what the others are compared with. */
  classes: string[];
  /** Index of the class of each cell. */
  classOf: Uint8Array;
}

export interface PopulationCells {
  sites: string[];
  years: number[];
  /** Empty where counts are by year. */
  months: number[];
  /** Cells of a site: years × months, months inner. */
  width: number;
  /** `NaN` where nobody counted; sites × width, as all below. */
  counts: Float64Array;
  weights: Float64Array;
  covariates: Covariate[];
  /** Sites without a single individual, which were left out. */
  empty: string[];
}

/** Why counts cannot be used; `site`, `year` and `field` name the row. */
export class PopulationFault extends RangeError {
  readonly fault: { code: string; site?: string; year?: number; month?: number; field?: string; found?: string };
  constructor(fault: PopulationFault['fault'], message: string) {
    super(message);
    this.fault = fault;
  }
}

/**
 * Counts in cells of site and year. Years between the first and the last have their place, with or without counts.
 * @throws PopulationFault naming site and year: a negative count, a cell twice, a class that is not known in a year, weights not above 0
 */
export function populationCells(rows: readonly PopulationCount[]): PopulationCells {
  if (rows.length === 0) throw new PopulationFault({ code: 'no-counts' }, 'there are no counts');
  const years = span(rows);
  const months = monthsOf(rows);
  const width = years.length * Math.max(1, months.length);
  const bySite = Map.groupBy(rows, ({ site }) => site);
  const found = [...bySite].filter(([, list]) => list.some(({ count }) => (count ?? 0) > 0));
  const sites = found.map(([site]) => site);
  const cells: PopulationCells = {
    sites,
    years,
    months,
    width,
    counts: new Float64Array(sites.length * width).fill(Number.NaN),
    weights: new Float64Array(sites.length * width).fill(Number.NaN),
    covariates: covariatesOf(
      found.flatMap(([, list]) => list),
      sites.length * width,
    ),
    empty: [...bySite.keys()].filter((site) => !sites.includes(site)),
  };
  if (sites.length === 0)
    throw new PopulationFault({ code: 'nothing-found' }, 'no site has a single individual: there is no trend of nothing');
  found.forEach(([, list], site) => {
    fillSite(cells, site, list);
  });
  return cells;
}

function span(rows: readonly PopulationCount[]): number[] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { site, year } of rows) {
    if (!Number.isInteger(year))
      throw new PopulationFault({ code: 'year', site, found: String(year) }, `site ${site}: year ${year} is no whole number`);
    first = Math.min(first, year);
    last = Math.max(last, year);
  }
  if (last - first >= 1000)
    throw new PopulationFault(
      { code: 'years', found: `${first}-${last}` },
      `years from ${first} to ${last}; is one of them wrong?`,
    );
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function monthsOf(rows: readonly PopulationCount[]): number[] {
  const without = rows.find(({ month }) => month === undefined);
  const months = [...new Set(rows.map(({ month }) => month).filter((month) => month !== undefined))].sort((a, b) => a - b);
  if (months.length > 0 && without)
    throw new PopulationFault(
      { code: 'month', site: without.site, year: without.year },
      `site ${without.site}, year ${without.year}: no month, where other rows have one`,
    );
  return months;
}

function covariatesOf(rows: readonly PopulationCount[], size: number): Covariate[] {
  const names = [...new Set(rows.flatMap(({ covariates }) => Object.keys(covariates ?? {})))];
  return names.map((name) => {
    const classes = [...new Set(rows.map(({ covariates }) => covariates?.[name]).filter((one) => one !== undefined))].sort(
      byNumberOrName,
    );
    if (classes.length > 255)
      throw new PopulationFault(
        { code: 'classes', field: name, found: String(classes.length) },
        `covariate ${name} has ${classes.length} classes; 255 are the most`,
      );
    return { name, classes, classOf: new Uint8Array(size) };
  });
}

function byNumberOrName(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? (a < b ? -1 : a > b ? 1 : 0) : difference;
}

function fillSite(cells: PopulationCells, site: number, rows: readonly PopulationCount[]): void {
  const { years, months, width, counts, weights, covariates } = cells;
  const taken = new Uint8Array(width);
  const cellOf = ({ year, month }: PopulationCount): number =>
    (year - (years[0] as number)) * Math.max(1, months.length) + (month === undefined ? 0 : months.indexOf(month));
  for (const row of rows) {
    const { site: name, year, count, weight = 1 } = row;
    const cell = cellOf(row);
    const where = `site ${name}, year ${year}${row.month === undefined ? '' : `, month ${row.month}`}`;
    const fault = (code: string, found: string, text: string): PopulationFault =>
      new PopulationFault(
        { code, site: name, year, ...(row.month === undefined ? {} : { month: row.month }), found },
        `${where}: ${text}`,
      );
    if (taken[cell]) throw fault('twice', String(count), 'two rows; add their counts, or take one of them out');
    taken[cell] = 1;
    if (count !== null && !(count >= 0 && count < Number.POSITIVE_INFINITY))
      throw fault('count', String(count), `count ${count}; 0 or more, or blank where nobody counted`);
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY))
      throw fault('weight', String(weight), `weight ${weight}; more than 0`);
    counts[site * width + cell] = count ?? Number.NaN;
    weights[site * width + cell] = weight;
  }
  completeWeights(weights.subarray(site * width, (site + 1) * width));
  for (const covariate of covariates) fillClasses(covariate, cells, site, rows, cellOf);
}

/** Cells without a row have the weight of the nearest year that has one. */
function completeWeights(weights: Float64Array): void {
  const known = weights.slice();
  for (let i = 0; i < weights.length; i++) {
    for (let away = 1; Number.isNaN(weights[i]) && away < weights.length; away++) weights[i] = known[i - away] ?? Number.NaN;
    for (let away = 1; Number.isNaN(weights[i]) && away < weights.length; away++) weights[i] = known[i + away] ?? Number.NaN;
  }
}

/** A cell without a row has the class of its site; where that changes with the years, the row is needed. */
function fillClasses(
  covariate: Covariate,
  cells: PopulationCells,
  site: number,
  rows: readonly PopulationCount[],
  cellOf: (row: PopulationCount) => number,
): void {
  const { name, classes, classOf } = covariate;
  const { width, years, months } = cells;
  const place = new Map(classes.map((one, i) => [one, i]));
  const given = new Map(rows.map((row) => [cellOf(row), row.covariates?.[name]]));
  const kinds = new Set([...given.values()].filter((one) => one !== undefined));
  for (let cell = 0; cell < width; cell++) {
    const one = given.get(cell) ?? (kinds.size === 1 ? [...kinds][0] : undefined);
    if (one === undefined) {
      const year = years[Math.floor(cell / Math.max(1, months.length))] as number;
      const siteName = cells.sites[site] as string;
      throw new PopulationFault(
        { code: 'class', site: siteName, year, field: name },
        `site ${siteName}, year ${year}: no class of ${name}, and it is not one and the same in other years`,
      );
    }
    classOf[site * width + cell] = place.get(one) as number;
  }
}
