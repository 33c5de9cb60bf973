/** Water-use efficiency: SDG 6.4.1, of a table of value added and withdrawals by sector. docs/methods/water-use-efficiency.md */
import { type EfficiencyInput, waterUseEfficiency as efficiencyOf } from '../science/water-stress.ts';
import { amount, amountOf, byYear, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'water-use-efficiency';
const SECTORS = ['agriculture', 'industry', 'services'] as const;
const UNIT = '[USD]/m3';

export const waterUseEfficiency: TableIndicator = {
  id: ID,
  method: 'sdg-641',
  version: 1,
  required: ['year', 'sector', 'value_usd', 'withdrawal_m3'],
  optional: ['rainfed', 'note'],
  params: {},
  compute(rows) {
    const seen = new Set<string>();
    const read = rows.map(({ cells }) => {
      const [year, sector] = [yearOf(cells), cells.oneOf('sector', SECTORS)];
      const key = JSON.stringify([year, sector]);
      if (seen.has(key)) cells.wrong('sector', `${sector}, ${year}`, '1 × year, sector');
      seen.add(key);
      const rainfed = amount(cells, 'rainfed');
      if (sector === 'agriculture' && rainfed === null) cells.required('rainfed');
      if ((rainfed ?? 0) > 1) cells.wrong('rainfed', String(rainfed), '0 – 1');
      return {
        year,
        sector,
        rainfed: rainfed ?? 0,
        value: amountOf(cells, 'value_usd'),
        withdrawal: amountOf(cells, 'withdrawal_m3'),
      };
    });
    return byYear(read).flatMap(([year, own]) => {
      const none = { value: 0, withdrawal: 0, rainfed: 0 };
      const of = (sector: (typeof SECTORS)[number]) => own.find((row) => row.sector === sector) ?? none;
      const input: EfficiencyInput = { agriculture: of('agriculture'), industry: of('industry'), services: of('services') };
      const { value, sectors } = efficiencyOf(input);
      const whole = own.length === SECTORS.length ? [tableFigure({ indicator: ID, unit: UNIT, year, value })] : [];
      const parts = own.map(({ sector }) =>
        tableFigure({ indicator: ID, unit: UNIT, year, class: sector, value: sectors[sector].value }),
      );
      return [...whole, ...parts];
    });
  },
};
