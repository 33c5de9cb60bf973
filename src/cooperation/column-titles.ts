/** Columns of the tables of cooperation in words, for pages; files keep the codes. */
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { MONEY_KINDS } from './money-sums.ts';
import { MEASURES } from './people-count.ts';
import { DIMENSIONS } from './roll-up.ts';

/** One title for each column. */
export function columnTitles(header: readonly string[], lang: Lang): string[] {
  // of a network it is where an organisation is at home
  const own = header[0] === 'number' ? 'home' : 'country';
  const year = header[0] === 'year' ? 'year' : 'title'; // what the names of its rows are
  return header.map((code) => columnTitle(code === 'country' ? own : code === 'title' ? year : code, lang));
}

function columnTitle(code: string, lang: Lang): string {
  const say = (key: string): string => t(lang, `cooperation.${key}`);
  if ((DIMENSIONS as readonly string[]).includes(code)) return say(`dimension.${code}`);
  const measure = MEASURES.find((one) => code.startsWith(`${one}_`));
  if (measure !== undefined) return `${say(`measure.${measure}`)}: ${say(`column.${code.slice(measure.length + 1)}`)}`;
  const kind = MONEY_KINDS.find((one) => code.startsWith(`${one}_`));
  if (kind === undefined) return say(`column.${code}`);
  const rest = code.slice(kind.length + 1);
  return `${say(`money.${kind}`)}, ${rest === 'not_converted' ? say('column.not_converted') : rest}`;
}
