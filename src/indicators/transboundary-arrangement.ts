/** Transboundary basins under an operational arrangement: SDG 6.5.2, of a table of basins. docs/methods/transboundary-arrangement.md */
import { type TransboundaryBasin, transboundaryShare } from '../science/transboundary-arrangement.ts';
import { note, noteOf } from './figure-note.ts';
import { amount, amountOf, byYear, type TableIndicator, tableFigure, yearOf, yesNo } from './table-indicator.ts';

const ID = 'transboundary-arrangement';
const KINDS = ['river-lake', 'aquifer'] as const;

export const transboundaryArrangement: TableIndicator = {
  id: ID,
  method: 'sdg-652',
  version: 1,
  required: ['basin', 'kind', 'year', 'area_km2', 'joint_body', 'meetings', 'plan', 'exchange'],
  optional: ['covered_km2', 'arrangement', 'note'],
  params: {},
  compute(rows) {
    const basins = rows.map(({ cells }): TransboundaryBasin & { year: number } => {
      cells.required('basin');
      const area = amountOf(cells, 'area_km2');
      const covered = amount(cells, 'covered_km2');
      if (covered !== null && covered > area) cells.wrong('covered_km2', String(covered), `0 – ${area}`);
      return {
        year: yearOf(cells),
        kind: cells.oneOf('kind', KINDS),
        area,
        covered: covered === null ? null : Math.min(covered, area),
        criteria: {
          jointBody: yesNo(cells, 'joint_body'),
          meetings: yesNo(cells, 'meetings'),
          plan: yesNo(cells, 'plan'),
          exchange: yesNo(cells, 'exchange'),
        },
      };
    });
    return byYear(basins).flatMap(([year, own]) => {
      const shares = transboundaryShare(own);
      return (['all', ...KINDS] as const).flatMap((part) => {
        const { value, low, high, undecided, basins: n } = shares[part];
        if (value === null) return [];
        const open = undecided > 0 ? { low, high, note: noteOf(note('basins-undecided', undecided)) } : {};
        return [tableFigure({ indicator: ID, unit: '%', year, class: part === 'all' ? null : part, value, n, ...open })];
      });
    });
  },
};
