/** Replies of the UN SDG API, `Series/Data`. Values are text and may be "NaN"; years are numbers. https://unstats.un.org/sdgapi/swagger/ */
import {
  type ConnectedSeries,
  type Fields,
  fieldsAt,
  listAt,
  madeValue,
  shapeProblem,
  textAt,
  valueAt,
  yearPeriod,
} from './connect-shape.ts';

const SOURCE = 'un-sdg';

/** Whether there are further pages. @throws Problem `connect-shape` */
export function unSdgHasMore(reply: unknown, page: number): boolean {
  const total = valueAt(SOURCE, fieldsAt(SOURCE, reply, 'reply').totalPages, 'totalPages');
  if (total === null) throw shapeProblem(SOURCE, 'totalPages', null, '1');
  return page < total;
}

/** Words that mean the whole in a breakdown. */
const TOTALS = ['_T', 'TOTAL', 'ALLAREA', 'BOTHSEX', 'ALLAGE'];

/** Words of the API for units, as UCUM. */
const UNITS: Record<string, string> = {
  PERCENT: '%',
  PERCENTAGE: '%',
  M_USD: '[USD]',
  USD_PER_M3: '[USD]/m3',
  CU_USD_P_M3: '[USD]/m3',
  RATIO: '1',
};

/** A series for each code; only totals of every breakdown, the rest is counted. @throws Problem `connect-shape` */
export function readUnSdg(replies: readonly unknown[]): ConnectedSeries[] {
  const found = new Map<string, ConnectedSeries>();
  for (const [page, reply] of replies.entries()) {
    const rows = listAt(SOURCE, fieldsAt(SOURCE, reply, 'reply').data, 'data');
    for (const [i, row] of rows.entries()) takeRow(found, fieldsAt(SOURCE, row, `data[${i}]`), `page ${page + 1}, row ${i + 1}`);
  }
  return [...found.values()];
}

function takeRow(found: Map<string, ConnectedSeries>, row: Fields, at: string): void {
  const code = textAt(SOURCE, row.series, 'series');
  const [attributes, dimensions] = [
    fieldsAt(SOURCE, row.attributes ?? {}, 'attributes'),
    fieldsAt(SOURCE, row.dimensions ?? {}, 'dimensions'),
  ];
  const written = String(attributes.Units ?? '');
  const own = found.get(code) ?? {
    code,
    title: typeof row.seriesDescription === 'string' ? row.seriesDescription : code,
    unit: UNITS[written.toUpperCase()] ?? (written === '' ? null : written),
    place: null,
    values: [],
    skipped: 0,
  };
  found.set(code, own);
  const isTotal = Object.entries(dimensions).every(
    ([name, value]) => name === 'Reporting Type' || TOTALS.includes(String(value).toUpperCase()),
  );
  const year = valueAt(SOURCE, row.timePeriodStart, 'timePeriodStart');
  if (year === null || !Number.isInteger(year)) throw shapeProblem(SOURCE, 'timePeriodStart', row.timePeriodStart, '2020.0');
  if (!isTotal) {
    own.skipped += 1;
    return;
  }
  if (!('value' in row)) throw shapeProblem(SOURCE, 'value', undefined, '"33.57"');
  const nature = attributes.Nature;
  own.values.push(
    madeValue(yearPeriod(year), valueAt(SOURCE, row.value, 'value'), at, row.value, {
      low: valueAt(SOURCE, row.lowerBound, 'lowerBound'),
      high: valueAt(SOURCE, row.upperBound, 'upperBound'),
      note: nature === undefined ? null : `nature ${String(nature)}`,
    }),
  );
}
