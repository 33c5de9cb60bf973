/**
 * What the years do to the logarithm of counts: the rows of B in ln μ = α + B β - ln w, of each model.
 *
 * Model 1: nothing changes. Model 2: straight lines between changepoints. Model 3: an effect of each year. Each covariate adds
 * the same columns again for each of its classes but the first; months add an effect each.
 *
 * @see Pannekoek & van Strien 2005, TRIM 3 manual, Statistics Netherlands, sections 2.2-2.4
 */
import type { PopulationCells } from './population-cells.ts';

export type PopulationModel = 1 | 2 | 3;

/** Rows of B of cells that have the same classes in the same years: sites share them. Only what is not 0 is kept. */
export interface Pattern {
  /** Of cell c: `columns` and `values` from `from[c]` to `from[c + 1]`. */
  from: Uint32Array;
  columns: Uint16Array;
  values: Float64Array;
}

export interface Design {
  model: PopulationModel;
  /** Years after which the slope changes, as indexes of years; model 2. */
  changepoints: number[];
  /** Columns of B. */
  width: number;
  /** Columns of years; they stand once, and again for each class but the first. */
  yearColumns: number;
  /** Class that each block of year columns belongs to; the first, of all cells, has none. */
  blocks: { covariate: string; class: string; of: number; index: number }[];
  patterns: Pattern[];
  /** Pattern of each site. */
  patternOf: Uint32Array;
}

/** @param changepoints indexes of years, ascending; the first is 0 where counts change from the first year on */
export function populationDesign(cells: PopulationCells, model: PopulationModel, changepoints: readonly number[] = [0]): Design {
  const years = cells.years.length;
  const yearColumns = model === 1 ? 0 : model === 2 ? changepoints.length : years - 1;
  const blocks =
    model === 1
      ? []
      : cells.covariates.flatMap(({ name, classes }, of) =>
          classes.slice(1).map((one, i) => ({ covariate: name, class: one, of, index: i + 1 })),
        );
  const monthColumns = Math.max(0, cells.months.length - 1);
  const design: Design = {
    model,
    changepoints: model === 2 ? [...changepoints] : [],
    width: yearColumns * (1 + blocks.length) + monthColumns,
    yearColumns,
    blocks,
    patterns: [],
    patternOf: new Uint32Array(cells.sites.length),
  };
  const known = new Map<string, number>();
  for (let site = 0; site < cells.sites.length; site++) {
    const key = cells.covariates
      .map(({ classOf }) => classOf.subarray(site * cells.width, (site + 1) * cells.width).join())
      .join(';');
    const place = known.get(key) ?? design.patterns.push(patternOf(cells, design, site)) - 1;
    known.set(key, place);
    design.patternOf[site] = place;
  }
  return design;
}

function patternOf(cells: PopulationCells, design: Design, site: number): Pattern {
  const months = Math.max(1, cells.months.length);
  const from = new Uint32Array(cells.width + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (let cell = 0; cell < cells.width; cell++) {
    const year = Math.floor(cell / months);
    const of = (offset: number): void => {
      for (const [column, value] of yearRow(design, year)) {
        columns.push(offset + column);
        values.push(value);
      }
    };
    of(0);
    design.blocks.forEach(({ of: covariate, index }, b) => {
      if (cells.covariates[covariate]?.classOf[site * cells.width + cell] === index) of((b + 1) * design.yearColumns);
    });
    const month = cell % months;
    if (month > 0) {
      columns.push(design.yearColumns * (1 + design.blocks.length) + month - 1);
      values.push(1);
    }
    from[cell + 1] = columns.length;
  }
  return { from, columns: Uint16Array.from(columns), values: Float64Array.from(values) };
}

/** Columns of a year that are not 0. */
function yearRow({ model, changepoints, yearColumns }: Design, year: number): [column: number, value: number][] {
  if (model === 1) return [];
  if (model === 3) return year === 0 ? [] : [[year - 1, 1]];
  const row: [number, number][] = [];
  for (let k = 0; k < yearColumns; k++) {
    const start = changepoints[k] as number;
    const end = changepoints[k + 1] ?? Number.POSITIVE_INFINITY;
    const length = Math.min(year, end) - start;
    if (length > 0) row.push([k, length]);
  }
  return row;
}
