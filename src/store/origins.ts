/** Where a row comes from, as the columns that every noun with an origin shares. */
import type { Origin } from '../types.ts';

export interface OriginColumns {
  from_run: string | null;
  from_dataset: string | null;
  from_row: string | null;
  from_source: string | null;
  from_page: string | null;
  from_quote: string | null;
}

export function originColumns(from: Origin): OriginColumns {
  const none = { from_run: null, from_dataset: null, from_row: null, from_source: null, from_page: null, from_quote: null };
  if ('run' in from) return { ...none, from_run: from.run };
  const cited = { from_source: from.source ?? null, from_page: from.page ?? null, from_quote: from.quote ?? null };
  return 'dataset' in from ? { ...none, ...cited, from_dataset: from.dataset, from_row: from.row } : { ...none, ...cited };
}

export function originOf(row: OriginColumns): Origin {
  if (row.from_run !== null) return { run: row.from_run };
  const cited = {
    ...(row.from_page === null ? {} : { page: row.from_page }),
    ...(row.from_quote === null ? {} : { quote: row.from_quote }),
  };
  if (row.from_dataset !== null && row.from_row !== null) {
    return {
      dataset: row.from_dataset,
      row: row.from_row,
      ...(row.from_source === null ? {} : { source: row.from_source }),
      ...cited,
    };
  }
  return { source: row.from_source ?? 'by-hand', ...cited };
}
