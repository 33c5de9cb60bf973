/** Red List Index: SDG 15.5.1, of a table of categories by species and year. docs/methods/red-list-index.md */
import { RED_LIST_WEIGHTS, type RedListAssessment, type RedListCategory, redListIndex } from '../science/red-list-index.ts';
import { note, noteOf } from './figure-note.ts';
import { type TableIndicator, tableFigure, yearOf, yesNo } from './table-indicator.ts';

const ID = 'red-list-index';
const CATEGORIES = [...Object.keys(RED_LIST_WEIGHTS), 'DD'] as RedListCategory[];

export const redListIndexOfTable: TableIndicator = {
  id: ID,
  method: 'butchart-2007',
  version: 1,
  required: ['species', 'year', 'category'],
  optional: ['group', 'genuine', 'note'],
  params: {},
  compute(rows) {
    const seen = new Set<string>();
    const read = rows.map(({ cells }): RedListAssessment & { group: string | null } => {
      const [species, year] = [cells.required('species'), yearOf(cells)];
      const key = JSON.stringify([cells.text('group'), species, year]);
      if (seen.has(key)) cells.wrong('species', `${species}, ${year}`, '1 × species, year');
      const twice = seen.has(key);
      seen.add(key);
      const category = cells.oneOf('category', CATEGORIES);
      return {
        species: twice ? `${species} ${seen.size}` : species,
        year,
        category,
        genuine: yesNo(cells, 'genuine'),
        group: cells.text('group'),
      };
    });
    const groups = [...Map.groupBy(read, ({ group }) => group)];
    const all = groups.length > 1 ? [[null, read] as const] : [];
    return [...all, ...groups.filter(([group]) => group !== null || all.length === 0)].flatMap(([group, own]) =>
      redListIndex(own).map(({ year, value, species, deficient, extinctBefore, carried, reclassified }) =>
        tableFigure({
          indicator: ID,
          unit: '1',
          year,
          class: group,
          value,
          n: species,
          note: noteOf(
            deficient > 0 ? note('species-deficient', deficient) : null,
            extinctBefore > 0 ? note('species-extinct-before', extinctBefore) : null,
            carried > 0 ? note('species-carried', carried) : null,
            reclassified > 0 ? note('species-reclassified', reclassified) : null,
          ),
        }),
      ),
    );
  },
};
