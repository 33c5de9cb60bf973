import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { classText } from '../../src/review/class-text.ts';

/** Every class that the indicators write, but those of legends. */
const CLASSES = [
  ...['nodata', 'unlisted', 'unknown'],
  ...['permanent', 'seasonal', 'ever'],
  ...['degraded', 'stable', 'improved', 'water', 'productivity', 'land-cover', 'soil'],
  ...['productivity:degraded', 'land-cover:unknown', 'soil:improved', 'status:1', 'status:7', 'status:unknown'],
  ...['pixel-median', 'grid', 'settlements', 'built-up:core-buffer', 'months-12', 'spi-3', 'spei-12'],
];

describe.each(languages)('in %s', (lang) => {
  test.each(CLASSES)('%s is said in words', (name) => {
    const text = classText(lang, name);
    expect(text).not.toMatch(/[\w-]+:\w|^[a-z]+-[a-z]+$/);
    if (lang === 'ru' || lang === 'kk') expect(text).toMatch(/\p{Script=Cyrillic}{2}/u);
  });

  test('a class of a legend has its name there, and a change both', () => {
    expect(classText(lang, 'nlcd:41>71')).toContain(' → ');
    expect(classText(lang, 'nlcd:41')).not.toContain('41');
  });
});

test('a word that no catalogue has stays as it is', () => {
  expect(classText('ru', 'Deciduous forest → Grass')).toBe('Deciduous forest → Grass');
});

test('every class that a source file of an indicator writes as a plain word is among these', () => {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'indicators');
  const written = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/figure\(\{[^}]*class: '([^']+)'/g)].map(([, word = '']) => word),
  );
  expect(written.filter((word) => !CLASSES.includes(word))).toEqual([]);
});
