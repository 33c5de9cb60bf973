/**
 * How a text becomes what people read: its values put in, numbers and dates as they write them. Knows no catalogue.
 *
 *     filled('ru', 'осталось {days}', { days: 12.5 })   // 'осталось 12,5'
 */
import type { Lang, LocalText } from '../types.ts';
import countriesKk from './countries-kk.json' with { type: 'json' };

export const languages: readonly Lang[] = ['en', 'ru', 'kk', 'tr'];

/** What may stand in for `{name}` in a text: numbers are written by `Intl`, names in the text's language. */
export type Value = string | number | LocalText | null | undefined;

/** Whether `text` names a language that Saryarka speaks. */
export function isLang(text: string): text is Lang {
  return (languages as readonly string[]).includes(text);
}

/**
 * The text of `key` in `catalogue`, with `{name}` replaced by `values.name`.
 * @throws RangeError when the key or a value is missing: a fault of ours, found by the tests.
 */
export function textOf(catalogue: unknown, lang: Lang, key: string, values: Record<string, Value> = {}): string {
  const text = key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], catalogue);
  if (typeof text !== 'string') throw new RangeError(`no text for "${key}" in ${lang}`);
  return text.replace(/\{(\w+)\}(\.(?!\.))?/g, (_, name: string, stop = '') => {
    if (!(name in values)) throw new RangeError(`text "${key}" needs {${name}}`);
    const value = written(lang, values[name]);
    return value.endsWith('.') ? value : value + stop; // a sentence that ends in "2026 г." has its full stop
  });
}

/** A name in `lang`, else in a language its reader is likely to know, else any. */
export function pick(text: LocalText, lang: Lang): string {
  const order: Lang[] =
    lang === 'kk' ? ['kk', 'ru', 'en', 'tr'] : lang === 'ru' ? ['ru', 'kk', 'en', 'tr'] : [lang, 'en', 'ru', 'kk', 'tr'];
  return order.map((l) => text[l]).find((s) => s !== undefined && s !== '') ?? '';
}

/** `value` as readers of `lang` write numbers, with at most `digits` decimals. */
export function number(lang: Lang, value: number, digits = 2): string {
  const key = `${known(lang)} ${digits}`;
  const format = numbers.get(key) ?? new Intl.NumberFormat(known(lang), { maximumFractionDigits: digits });
  numbers.set(key, format);
  return format.format(value);
}

/** Kept, since making one takes a hundred times as long as writing with it. */
const numbers = new Map<string, Intl.NumberFormat>();
const days = new Map<Lang, Intl.DateTimeFormat>();

/** An ISO 8601 date as readers of `lang` write it (`30 September 2022`). */
export function date(lang: Lang, iso: string): string {
  const day = new Date(`${iso}T00:00Z`);
  if (lang === 'kk') return `${day.getUTCFullYear()} ж. ${day.getUTCDate()} ${MONTHS_KK[day.getUTCMonth()]}`;
  const format = days.get(lang) ?? new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' });
  days.set(lang, format);
  return format.format(day);
}

/** The name of a country by its ISO 3166-1 alpha-2 code. */
export function countryName(code: string, lang: Lang): string {
  if (lang === 'kk') return (countriesKk as Record<string, string>)[code] ?? code;
  return new Intl.DisplayNames([lang], { type: 'region' }).of(code) ?? code;
}

/** The language whose numbers `Intl` is asked for: browsers leave Kazakh out, whose numbers are written as the Russian ones. */
export function known(lang: Lang): Lang {
  return lang === 'kk' ? 'ru' : lang;
}

/** Names of Unicode CLDR 48, as those of `countries-kk.json`, which browsers leave out. */
const MONTHS_KK = 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' ');

function written(lang: Lang, value: Value): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return number(lang, value);
  return typeof value === 'string' ? value : pick(value, lang);
}
