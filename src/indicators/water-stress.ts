/** Level of water stress: SDG 6.4.2, of a table of withdrawals, resources and environmental flows. docs/methods/water-stress.md */
import { waterStress as stressOf } from '../science/water-stress.ts';
import { amountOf, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'water-stress';

export const waterStress: TableIndicator = {
  id: ID,
  method: 'sdg-642',
  version: 1,
  required: ['year', 'withdrawal_km3', 'resources_km3', 'environment_km3'],
  optional: ['part', 'note'],
  params: {},
  compute(rows) {
    const seen = new Set<string>();
    return rows.map(({ cells }) => {
      const [year, part] = [yearOf(cells), cells.text('part')];
      const key = JSON.stringify([year, part]);
      if (seen.has(key)) cells.wrong('year', String(year), '1 × year, part');
      seen.add(key);
      const [withdrawal, resources] = [amountOf(cells, 'withdrawal_km3'), amountOf(cells, 'resources_km3')];
      const environment = amountOf(cells, 'environment_km3');
      if (environment >= resources) cells.wrong('environment_km3', String(environment), `< ${resources}`);
      return tableFigure({
        indicator: ID,
        unit: '%',
        year,
        class: part,
        value: stressOf({ withdrawal, resources, environment }).value,
      });
    });
  },
};
