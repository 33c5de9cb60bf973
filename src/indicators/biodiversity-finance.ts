/** Money for biodiversity by its policy marker: SDG 15.a.1 for one's own activities. docs/methods/biodiversity-finance.md */

import { Problem } from '../problems.ts';
import { markedMoney } from '../science/marked-money.ts';
import { note } from './figure-note.ts';
import { amountOf, byYear, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'biodiversity-finance';
/** Columns of money that is made for several activities; `cooperation/portfolio-sums.ts` makes them of a dossier. */
export const SUM_COLUMNS = ['activity', 'year', 'money', 'amount_usd'] as const;
export const SUM_MONEY = ['commitment', 'disbursement', 'expenditure', 'budget', 'in-kind'] as const;

export const biodiversityFinance: TableIndicator = {
  id: ID,
  method: 'rio-marker-5',
  version: 1,
  required: [...SUM_COLUMNS, 'marker_5'],
  optional: ['note'],
  params: { 'significant-weight': '1' },
  compute(rows, params) {
    const weight = Number(params['significant-weight']);
    if (!(weight >= 0 && weight <= 1))
      throw new Problem('param-wrong', {
        field: 'significant-weight',
        found: params['significant-weight'] ?? '',
        expected: '0 – 1',
      });
    const read = rows.map(({ cells }) => {
      cells.required('activity');
      return {
        year: yearOf(cells),
        money: cells.oneOf('money', SUM_MONEY),
        value: amountOf(cells, 'amount_usd'),
        score: scoreOf(cells, 'marker_5'),
      };
    });
    return byYear(read).flatMap(([year, own]) =>
      [...Map.groupBy(own, ({ money }) => money)].flatMap(([money, those]) => {
        const { principal, significant, counted, notScreened } = markedMoney(those, { weight });
        if (principal + significant === 0 && those.every(({ score }) => score === null)) return [];
        const told = notScreened > 0 ? note('money-not-screened', notScreened) : null;
        const about = { indicator: ID, unit: '[USD]', year } as const;
        return [
          tableFigure({ ...about, class: money, value: counted, n: those.length, note: told }),
          tableFigure({ ...about, class: `${money}/principal`, value: principal }),
          tableFigure({ ...about, class: `${money}/significant`, value: significant }),
        ];
      }),
    );
  },
};

/** A score of a marker; `null` where the cell is empty: not screened, which is not 0. */
export function scoreOf(cells: Parameters<typeof amountOf>[0], field: string): number | null {
  const score = cells.number(field);
  if (score !== null && ![0, 1, 2, 3, 4].includes(score)) cells.wrong(field, String(score), '0, 1, 2');
  return score;
}
