/** Parity of women and men: SDG 4.5.1, of a table of counts or rates. docs/methods/parity-index.md */
import { parityIndex } from '../science/parity.ts';
import { note } from './figure-note.ts';
import { amountOf, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'parity-index';

export const parityIndexOfTable: TableIndicator = {
  id: ID,
  method: 'uis-adjusted-gpi',
  version: 1,
  required: ['year', 'female', 'male'],
  optional: ['group', 'note'],
  params: {},
  compute(rows) {
    const seen = new Set<string>();
    return rows.map(({ cells }) => {
      const [year, group] = [yearOf(cells), cells.text('group')];
      const key = JSON.stringify([group, year]);
      if (seen.has(key)) cells.wrong('group', `${group ?? ''}, ${year}`, '1 × group, year');
      seen.add(key);
      const { raw, adjusted } = parityIndex(amountOf(cells, 'female'), amountOf(cells, 'male'));
      const told = raw !== null && adjusted !== null && raw !== adjusted ? note('parity-raw', raw) : null;
      return tableFigure({ indicator: ID, unit: '1', year, class: group, value: adjusted, note: told });
    });
  },
};
