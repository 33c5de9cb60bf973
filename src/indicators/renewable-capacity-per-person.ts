/** Renewable capacity by person: SDG 7.b.1, of a table of capacity and population. docs/methods/renewable-capacity-per-person.md */
import { amountOf, byYear, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'renewable-capacity-per-person';
const W_IN_MW = 1e6;

export const renewableCapacityPerPerson: TableIndicator = {
  id: ID,
  method: 'sdg-7b1',
  version: 1,
  required: ['year', 'capacity_mw', 'population'],
  optional: ['technology', 'note'],
  params: {},
  compute(rows) {
    const people = new Map<number, number>();
    const read = rows.map(({ cells }) => {
      const year = yearOf(cells);
      const population = amountOf(cells, 'population');
      if (population === 0) cells.wrong('population', '0', '1 …');
      const known = people.get(year) ?? population;
      if (known !== population) cells.wrong('population', String(population), String(known)); // one population for one year
      people.set(year, known);
      return { year, technology: cells.text('technology'), watts: amountOf(cells, 'capacity_mw') * W_IN_MW };
    });
    return byYear(read).flatMap(([year, own]) => {
      const by = (watts: number): number | null => ((people.get(year) ?? 0) > 0 ? watts / (people.get(year) ?? 1) : null);
      const sum = (of: readonly { watts: number }[]): number => of.reduce((total, { watts }) => total + watts, 0);
      const kinds = [...Map.groupBy(own, ({ technology }) => technology)].filter(([technology]) => technology !== null);
      const whole = tableFigure({ indicator: ID, unit: 'W/{person}', year, value: by(sum(own)) });
      return [
        whole,
        ...kinds.map(([technology, those]) =>
          tableFigure({ indicator: ID, unit: 'W/{person}', year, class: technology, value: by(sum(those)) }),
        ),
      ];
    });
  },
};
