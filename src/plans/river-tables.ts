/** Numbers that a part of a model gives as values, or names in a table. */
import { isJson, type Json, shown } from '../formats/pywr-document.ts';
import {
  daysOf,
  embeddedFrame,
  type Frame,
  frameOf,
  type Grid,
  isTableOption,
  numbersOf,
  select,
  type Where,
} from '../formats/pywr-frame.ts';
import type { Grids } from '../formats/pywr-tables.ts';
import { Problem } from '../problems.ts';
import { type Fields, numbersIn } from './river-fields.ts';
import type { RiverModel } from './river-model.ts';
import { alignSeries } from './river-series.ts';
import type { Builder } from './river-state.ts';

/** `table`, `array` and `series` of a builder. */
export function tableReader({ document, grids, calendar, read }: RiverModel): Pick<Builder, 'table' | 'series' | 'array'> {
  const frameIn = (options: Json, where: Where): Frame => {
    let given = options;
    if (typeof options.table === 'string') {
      const table = document.tables[options.table];
      if (table === undefined) throw new Problem('river-reference', { ...where, found: options.table });
      const { table: _, ...own } = options;
      given = { ...table, ...own };
    }
    const frame =
      given.data !== undefined && given.url === undefined
        ? embeddedFrame(given.data, given, where)
        : frameOf(gridOf(grids, given, where), given, where);
    return select(frame, given, where);
  };
  const once = <T extends number[][] | Float64Array[]>(key: string, make: () => T): T => {
    const found = (read.get(key) as T | undefined) ?? make();
    read.set(key, found);
    return found;
  };
  return {
    table(fields, valuesField = 'values') {
      const own = fields.raw(valuesField);
      if (typeof own === 'number') return [[own]];
      if (Array.isArray(own))
        return own.some(Array.isArray) ? own.map((row) => numbersIn(row, fields.where)) : [numbersIn(own, fields.where)];
      const options = isJson(own) ? own : tableOptions(fields);
      return once(`table ${JSON.stringify(options)}`, () => numbersOf(frameIn(options, fields.where), fields.where));
    },
    array(fields, path) {
      const options = { url: fields.raw('url'), key: path };
      return once(`array ${JSON.stringify(options)}`, () => numbersOf(frameIn(options, fields.where), fields.where));
    },
    series(fields) {
      const options = tableOptions(fields);
      return once(`series ${JSON.stringify(options)}`, () => {
        const frame = frameIn(options, fields.where);
        const days = frame.days ?? daysOf(frame.index[0] ?? [], options.dayfirst, fields.where);
        return alignSeries(days, numbersOf(frame, fields.where), calendar, fields.where, frame);
      });
    },
  };
}

function tableOptions(fields: Fields): Json {
  return Object.fromEntries(
    fields
      .names()
      .filter(isTableOption)
      .map((name) => [name, fields.raw(name)]),
  );
}

function gridOf(grids: Grids, options: Json, where: Where): Grid {
  const sheets = grids.get(String(options.url));
  if (sheets === undefined)
    throw new Problem('river-field', { ...where, found: shown(options.url), expected: 'values, url, table' });
  const sheet = options.key ?? options.sheet_name ?? options.sheetname;
  const grid =
    typeof sheet === 'string'
      ? (sheets.get(sheet) ?? sheets.get(sheet.replace(/^\//, '')))
      : [...sheets.values()][Number(sheet ?? 0)];
  if (grid === undefined)
    throw new Problem('river-table', { ...where, found: shown(sheet), expected: [...sheets.keys()].join(', ') });
  return grid;
}
