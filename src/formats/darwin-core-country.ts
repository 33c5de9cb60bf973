/** Countries by code or by name in the four languages: `Казахстан`, `Kazakhstan`, `KZ` -> `KZ`. */
import { languages } from '../i18n/index.ts';

let names: Map<string, string> | undefined;

/** The ISO 3166-1 alpha-2 code, `null` where the text is no country. */
export function countryCode(text: string): string | null {
  if (text === '') return null;
  names ??= allNames();
  return names.get(text.toLowerCase()) ?? null;
}

function allNames(): Map<string, string> {
  const found = new Map<string, string>();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const lang of ['en', ...languages]) {
    const display = new Intl.DisplayNames([lang], { type: 'region', fallback: 'none' });
    for (const a of letters)
      for (const b of letters) {
        const name = display.of(a + b);
        if (name === undefined) continue;
        if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), a + b);
        if (!found.has((a + b).toLowerCase())) found.set((a + b).toLowerCase(), a + b);
      }
  }
  for (const [name, code] of [
    ['russia', 'RU'],
    ['russian federation', 'RU'],
    ['российская федерация', 'RU'],
    ['республика казахстан', 'KZ'],
    ['қазақстан республикасы', 'KZ'],
    ['turkey', 'TR'],
    ['kyrgyz republic', 'KG'],
    ['united states of america', 'US'],
  ] as const)
    found.set(name, code);
  return found;
}
