/** Exposed bed of a lake, of a table of its areas by year and source. docs/methods/exposed-bed.md */
import { exposedBed as exposedOf } from '../science/lake-exposed-bed.ts';
import { amount, amountOf, byYear, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'exposed-bed';
const UNIT = 'km2';
/** The part that stayed dry all year: against the highest water of the year. */
const ALL_YEAR = 'all-year';

export const exposedBedOfTable: TableIndicator = {
  id: ID,
  method: 'area-left',
  version: 1,
  required: ['year', 'area_km2'],
  optional: ['highest_area_km2', 'source', 'note'],
  params: { 'reference-km2': '' },
  compute(rows, { 'reference-km2': given = '' }) {
    const read = rows.map(({ cells }) => {
      const [area, highest] = [amountOf(cells, 'area_km2'), amount(cells, 'highest_area_km2')];
      if (highest !== null && highest < area) cells.wrong('highest_area_km2', String(highest), `≥ ${area}`);
      const reference = given.trim() === '' ? null : Number(given);
      if (reference !== null && !(reference > 0)) cells.wrong('reference-km2', given, '> 0');
      return { year: yearOf(cells), area, highest, reference };
    });
    // what the lake covered at most in the table, unless told
    const reference = read[0]?.reference ?? read.reduce((most, { area, highest }) => Math.max(most, area, highest ?? 0), 0);
    if (!(reference > 0)) return [];
    return byYear(read).flatMap(([year, own]) => {
      const figureOf = (areas: number[], name: string | null) => {
        const { value, low, high, sources } = exposedOf(areas, reference);
        return tableFigure({ indicator: ID, unit: UNIT, year, class: name, value, low, high, n: sources });
      };
      const highest = own.flatMap((row) => (row.highest === null ? [] : [row.highest]));
      return [
        figureOf(
          own.map(({ area }) => area),
          null,
        ),
        ...(highest.length === 0 ? [] : [figureOf(highest, ALL_YEAR)]),
      ];
    });
  },
};
