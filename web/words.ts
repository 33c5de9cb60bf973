/**
 * The words of the pages, in the language of the user; every component that says something is drawn anew when that changes.
 *
 *     say('web.save')   figure(61_450.2, 1)   day('2030-09-30')   named(site.name)
 */
import { computed, signal } from '@preact/signals';
import * as text from '../src/i18n/text.ts';
import type { Lang, LocalText } from '../src/types.ts';

const CATALOGUES: Record<Lang, () => Promise<{ default: unknown }>> = {
  en: () => import('../src/i18n/en.json'),
  ru: () => import('../src/i18n/ru.json'),
  kk: () => import('../src/i18n/kk.json'),
  tr: () => import('../src/i18n/tr.json'),
};

const spoken = signal<{ lang: Lang; catalogue: unknown }>({ lang: 'en', catalogue: {} });

/** The language of the pages. */
export const lang = computed(() => spoken.value.lang);

export { languages } from '../src/i18n/text.ts';

/** Changes the language of the pages, and remembers it on this machine. */
export async function speak(next: Lang): Promise<void> {
  const { default: catalogue } = await CATALOGUES[next]();
  spoken.value = { lang: next, catalogue };
  document.documentElement.lang = next;
  localStorage.setItem('lang', next);
}

/** The language remembered on this machine, or asked for in the address. */
export function rememberedLang(): Lang | null {
  const asked = new URL(location.href).searchParams.get('lang') ?? localStorage.getItem('lang') ?? '';
  return text.isLang(asked) ? asked : null;
}

/** The text of `key`. */
export function say(key: string, values: Record<string, text.Value> = {}): string {
  const { lang: own, catalogue } = spoken.value;
  return text.textOf(catalogue, own, key, values);
}

/** A number, or a dash where nothing is known. */
export function figure(value: number | null | undefined, digits = 2): string {
  return value === null || value === undefined ? '–' : text.number(lang.value, value, digits);
}

/** An ISO 8601 day in words, or a dash. */
export function day(iso: string | null | undefined): string {
  return iso === null || iso === undefined ? '–' : text.date(lang.value, iso.slice(0, 10));
}

/** A name in the user's language, else in one that they are likely to read. */
export function named(name: LocalText): string {
  return text.pick(name, lang.value);
}

/** The name of a country by its ISO 3166-1 alpha-2 code. */
export function country(code: string): string {
  return text.countryName(code, lang.value);
}
