import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogues, countryName, date, inAll, languages, number, pick, t } from '../src/i18n/index.ts';

function leaves(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]]);
  return new Map(
    Object.entries(node as object).flatMap(([key, child]) => [...leaves(child, path === '' ? key : `${path}.${key}`)]),
  );
}

const english = leaves(catalogues.en);

describe.each(languages)('catalogue %s', (lang) => {
  const own = leaves(catalogues[lang]);

  test('has every key, and no other', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('has no empty text', () => {
    expect([...own].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('uses the values that the English text uses', () => {
    const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    const differ = [...own].filter(([key, text]) => names(text).join() !== names(english.get(key) ?? '').join());
    expect(differ.map(([key]) => key)).toEqual([]);
  });

  test('is written in its own script', () => {
    const letters = (text: string): string =>
      text.replace(/\{\w+\}|https?:\S+|[A-Za-z.-]*\/[\w./-]+|[\w.-]+\.(gpkg|md|csv|html)/g, '');
    const cyrillic = lang === 'ru' || lang === 'kk';
    const wrong = [...own].filter(([, text]) => {
      const found = letters(text);
      if (!cyrillic) return lang !== 'en' && /[а-яё]{3}/i.test(found) && !/[a-z]{3}/i.test(found);
      return /[a-z]{4}/i.test(found) && !/[а-яёәғқңөұүһі]{3}/i.test(found);
    });
    // Names of languages are in their own language; this one is only values and a command to type.
    const exempt = ['language.', 'problems.command-usage'];
    expect(wrong.map(([key]) => key).filter((key) => !exempt.some((name) => key.startsWith(name)))).toEqual([]);
  });
});

test('Kazakh texts carry letters that only Kazakh has, Russian texts none of them', () => {
  const special = /[әғқңөұүһі]/i;
  const kazakh = [...leaves(catalogues.kk).values()].filter((text) => special.test(text)).length;
  expect(kazakh / english.size).toBeGreaterThan(0.7);
  expect([...leaves(catalogues.ru)].filter(([key, text]) => special.test(text) && !key.startsWith('language.'))).toEqual([]);
});

test('a value that ends in a full stop brings no second one', () => {
  expect(t('ru', 'review.draft-due', { date: '1 мая 2026 г.', deadline: '30 сентября 2026 г.' })).toContain(
    '30 сентября 2026 г. ',
  );
  expect(t('ru', 'review.draft-due', { date: '1 мая 2026 г.', deadline: '–' })).toContain('— –. ');
});

test('every key that the code names stands in the catalogue', () => {
  const source = join(import.meta.dirname, '..', 'src');
  const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(source, name), 'utf8'))
    .join('\n');
  const named = [...code.matchAll(/\b(?:t\(\s*\w+(?:\.\w+)?,|inAll\()\s*'([\w.-]+)'/g)].map(([, key = '']) => key);
  expect(named.length).toBeGreaterThan(40);
  expect([...new Set(named)].filter((key) => !english.has(key))).toEqual([]);
});

test('numbers are written by the language of the text', () => {
  expect(number('en', 1631940.5)).toBe('1,631,940.5');
  expect(number('ru', 1631940.5).replace(/\s/g, ' ')).toBe('1 631 940,5');
  expect(inAll('cli.exported', { file: 'a.csv', rows: 12345 }).tr).toContain('12.345');
});

test('a name that is missing in a language is taken from one its reader is likely to know', () => {
  expect(pick({ ru: 'Чарын', en: 'Charyn' }, 'kk')).toBe('Чарын');
  expect(pick({ ru: 'Чарын', en: 'Charyn' }, 'tr')).toBe('Charyn');
});

test('a missing key or value is an error, not a silent blank', () => {
  expect(() => t('en', 'no.such.key')).toThrow('no.such.key');
  expect(() => t('en', 'cli.made')).toThrow('{file}');
});

test('Kazakh is written as the CLDR has it, with no need of its data, which browsers leave out', () => {
  for (const iso of ['1938-04-24', '2020-09-13', '2030-12-01']) {
    const expected = new Intl.DateTimeFormat('kk', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00Z`));
    expect(date('kk', iso)).toBe(expected);
  }
  for (const value of [0, -12.345, 1234567.891])
    expect(number('kk', value)).toBe(new Intl.NumberFormat('kk', { maximumFractionDigits: 2 }).format(value));
  for (const code of ['KZ', 'UZ', 'KG', 'RU', 'CN', 'MN', 'TR', 'DE']) {
    expect(countryName(code, 'kk')).toBe(new Intl.DisplayNames(['kk'], { type: 'region' }).of(code));
  }
});
