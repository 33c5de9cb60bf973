/**
 * The words people see, in four languages, by key.
 *
 *     t('kk', 'zone.core')                      // 'негізгі аймақ (ядро)'
 *     inAll('rules.Z11.sum', { differenceHa })  // { en, ru, kk, tr }
 */
import type { Lang, LocalText } from '../types.ts';
import en from './en.json' with { type: 'json' };
import kk from './kk.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };
import tr from './tr.json' with { type: 'json' };

export const languages: readonly Lang[] = ['en', 'ru', 'kk', 'tr'];

export const catalogues: Record<Lang, unknown> = { en, ru, kk, tr };

/** What may stand in for `{name}` in a text: numbers are written by `Intl`, names in the text's language. */
export type Value = string | number | LocalText | null | undefined;

/** Whether `text` names a language that Saryarka speaks. */
export function isLang(text: string): text is Lang {
  return (languages as readonly string[]).includes(text);
}

/**
 * The text of `key` in `lang`, with `{name}` replaced by `values.name`.
 * @throws RangeError when the key or a value is missing: a fault of ours, found by the tests.
 */
export function t(lang: Lang, key: string, values: Record<string, Value> = {}): string {
  const text = key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], catalogues[lang]);
  if (typeof text !== 'string') throw new RangeError(`no text for "${key}" in ${lang}`);
  return text.replace(/\{(\w+)\}(\.(?!\.))?/g, (_, name: string, stop = '') => {
    if (!(name in values)) throw new RangeError(`text "${key}" needs {${name}}`);
    const value = written(lang, values[name]);
    return value.endsWith('.') ? value : value + stop; // a sentence that ends in "2026 г." has its full stop
  });
}

/** The text of `key` in all four languages. */
export function inAll(key: string, values: Record<string, Value> = {}): LocalText {
  return Object.fromEntries(languages.map((lang) => [lang, t(lang, key, values)]));
}

/** A name in `lang`, else in a language its reader is likely to know, else any. */
export function pick(text: LocalText, lang: Lang): string {
  const order: Lang[] =
    lang === 'kk' ? ['kk', 'ru', 'en', 'tr'] : lang === 'ru' ? ['ru', 'kk', 'en', 'tr'] : [lang, 'en', 'ru', 'kk', 'tr'];
  return order.map((l) => text[l]).find((s) => s !== undefined && s !== '') ?? '';
}

/** `value` as readers of `lang` write numbers, with at most `digits` decimals. */
export function number(lang: Lang, value: number, digits = 2): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(value);
}

/** An ISO 8601 date as readers of `lang` write it (`30 September 2022`). */
export function date(lang: Lang, iso: string): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00Z`));
}

/** The name of a country by its ISO 3166-1 alpha-2 code. */
export function countryName(code: string, lang: Lang): string {
  return new Intl.DisplayNames([lang], { type: 'region' }).of(code) ?? code;
}

function written(lang: Lang, value: Value): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return number(lang, value);
  return typeof value === 'string' ? value : pick(value, lang);
}
