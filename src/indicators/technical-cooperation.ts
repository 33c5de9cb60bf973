/** Technical cooperation: SDG 17.9.1 for one's own activities. docs/methods/technical-cooperation.md */
import { SUM_COLUMNS, SUM_MONEY } from './biodiversity-finance.ts';
import { amountOf, byYear, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'technical-cooperation';

/** Kinds of activities that pass knowledge on. */
const KINDS = 'training;curriculum;chair;centre;transfer';

export const technicalCooperation: TableIndicator = {
  id: ID,
  method: 'activities-that-build-capacity',
  version: 1,
  required: [...SUM_COLUMNS, 'kind'],
  optional: ['note'],
  params: { kinds: KINDS },
  compute(rows, params) {
    const kinds = (params.kinds ?? KINDS).split(/[;,\s]+/);
    const read = rows.map(({ cells }) => {
      cells.required('activity');
      const sum = { year: yearOf(cells), money: cells.oneOf('money', SUM_MONEY), value: amountOf(cells, 'amount_usd') };
      return { ...sum, counts: kinds.includes(cells.required('kind')) };
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
