import { expect, test } from 'vitest';
import en from '../../src/i18n/en.json' with { type: 'json' };
import { languages } from '../../src/i18n/index.ts';
import { type NoteCode, note, noteOf, noteText } from '../../src/indicators/figure-note.ts';

test('a note is codes with their numbers, and sentences in every language', () => {
  const kept = noteOf(note('outside', 12.3456), null, note('bounds'));
  expect(kept).toBe('outside=12.35; bounds');
  expect(noteText(kept ?? '', 'en')).toMatch(/^12\.35 % of the zone lies beside the rasters.* Low and high hold for certain/);
  expect(noteText(kept ?? '', 'ru')).toMatch(/^12,35 % зоны/);
  expect(noteText(note('pressure-year', '2013'), 'en')).toBe('Human pressure is that of 2013.');
  expect(noteOf(null)).toBeNull();
});

test('every code has its sentence in every language', () => {
  for (const code of Object.keys(en['figure-notes']) as NoteCode[]) {
    const sentences = languages.map((lang) => noteText(note(code, 'x'), lang));
    for (const sentence of sentences) expect(sentence).not.toBe(`${code}=x`);
    expect(new Set(sentences).size).toBe(languages.length);
  }
});

test('what people wrote stays as it is', () => {
  expect(noteText('counted from a boat; wind', 'kk')).toBe('counted from a boat; wind');
  expect(noteText('depth=3', 'en')).toBe('depth=3');
});
