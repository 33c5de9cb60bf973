/** Replies of the World Bank's indicators API, version 2: a head and a list of years, the latest first. */
import { type ConnectedSeries, fieldsAt, listAt, madeValue, shapeProblem, textAt, valueAt, yearPeriod } from './connect-shape.ts';

const SOURCE = 'world-bank';

/** @throws Problem `connect-shape` */
export function worldBankHasMore(reply: unknown, page: number): boolean {
  const [head] = listAt(SOURCE, reply, 'reply');
  const fields = fieldsAt(SOURCE, head, '[0]');
  if ('message' in fields) throw shapeProblem(SOURCE, '[0].message', fields.message, '[0].pages');
  const pages = valueAt(SOURCE, fields.pages, '[0].pages');
  if (pages === null) throw shapeProblem(SOURCE, '[0].pages', fields.pages, '1');
  return page < pages;
}

/** @throws Problem `connect-shape` */
export function readWorldBank(replies: readonly unknown[]): ConnectedSeries[] {
  const found = new Map<string, ConnectedSeries>();
  for (const [page, reply] of replies.entries()) {
    const rows = listAt(SOURCE, reply, 'reply')[1];
    for (const [i, given] of listAt(SOURCE, rows ?? [], '[1]').entries()) {
      const row = fieldsAt(SOURCE, given, `[1][${i}]`);
      const indicator = fieldsAt(SOURCE, row.indicator, 'indicator');
      const code = textAt(SOURCE, indicator.id, 'indicator.id');
      const own = found.get(code) ?? {
        code,
        title: String(indicator.value ?? code),
        unit: null,
        place: null,
        values: [],
        skipped: 0,
      };
      found.set(code, own);
      const date = textAt(SOURCE, row.date, 'date');
      if (!/^\d{4}$/.test(date)) throw shapeProblem(SOURCE, 'date', date, '"2020"');
      if (!('value' in row)) throw shapeProblem(SOURCE, 'value', undefined, '33.5, null');
      const at = `page ${page + 1}, row ${i + 1}`;
      const status = typeof row.obs_status === 'string' && row.obs_status !== '' ? `status ${row.obs_status}` : null;
      own.values.push(madeValue(yearPeriod(Number(date)), valueAt(SOURCE, row.value, 'value'), at, row.value, { note: status }));
    }
  }
  for (const own of found.values()) own.values.sort((a, b) => (a.period.start < b.period.start ? -1 : 1));
  return [...found.values()];
}
