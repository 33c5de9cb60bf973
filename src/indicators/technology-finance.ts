/** Money for environmentally sound technology: SDG 17.7.1 for one's own activities. docs/methods/technology-finance.md */
import { SUM_COLUMNS, SUM_MONEY, scoreOf } from './biodiversity-finance.ts';
import { amountOf, byYear, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'technology-finance';

export const technologyFinance: TableIndicator = {
  id: ID,
  method: 'transfers-by-environment-marker',
  version: 1,
  required: [...SUM_COLUMNS, 'kind', 'marker_2'],
  optional: ['note'],
  params: {},
  compute(rows) {
    const read = rows.map(({ cells }) => {
      cells.required('activity');
      const sum = { year: yearOf(cells), money: cells.oneOf('money', SUM_MONEY), value: amountOf(cells, 'amount_usd') };
      return { ...sum, counts: cells.required('kind') === 'transfer' && (scoreOf(cells, 'marker_2') ?? 0) > 0 };
    });
    return byYear(read.filter(({ counts }) => counts)).flatMap(([year, own]) =>
      [...Map.groupBy(own, ({ money }) => money)].map(([money, those]) =>
        tableFigure({
          indicator: ID,
          unit: '[USD]',
          year,
          class: money,
          value: those.reduce((sum, { value }) => sum + value, 0),
          n: those.length,
        }),
      ),
    );
  },
};
