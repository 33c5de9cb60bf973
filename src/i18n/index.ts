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
import { languages, textOf, type Value } from './text.ts';
import tr from './tr.json' with { type: 'json' };

export { countryName, date, isLang, languages, number, pick, type Value } from './text.ts';

export const catalogues: Record<Lang, unknown> = { en, ru, kk, tr };

/**
 * The text of `key` in `lang`, with `{name}` replaced by `values.name`.
 * @throws RangeError when the key or a value is missing: a fault of ours, found by the tests.
 */
export function t(lang: Lang, key: string, values: Record<string, Value> = {}): string {
  return textOf(catalogues[lang], lang, key, values);
}

/** The text of `key` in all four languages. */
export function inAll(key: string, values: Record<string, Value> = {}): LocalText {
  return Object.fromEntries(languages.map((lang) => [lang, t(lang, key, values)]));
}
