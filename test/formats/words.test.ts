import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogues } from '../../src/i18n/index.ts';

type Words = Record<'problems' | 'notes', Record<string, string>>;
const folder = new URL('../../src/formats/', import.meta.url);
const textOf = (names: string[]): string => names.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
const source = textOf(readdirSync(folder));
/** Remarks on texts have words of their own, under `evidence.note` and `problems`, and stand in docs/evidence.md. */
const ofTexts = (name: string): boolean => /^(document|qda)/.test(name);
/** What a service is asked for has codes of its own, in docs/connectors.md. */
const ofServices = (name: string): boolean => /^connect/.test(name);
const ofMaps = textOf(readdirSync(folder).filter((name) => !ofTexts(name) && !ofServices(name)));
const ofDocuments = textOf(readdirSync(folder).filter(ofTexts));
const docs = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8');
const notes = [
  ...ofMaps.matchAll(/code: '([a-z-]+)'/g),
  ...ofMaps.matchAll(/shiftNote\('([a-z-]+)'/g),
  ...ofMaps.matchAll(/\? '(map-[a-z-]+)' : '(map-[a-z-]+)'/g),
].flatMap((m) => m.slice(1));
const problems = [...source.matchAll(/new Problem\(\s*(?:\w+ \? '([a-z-]+)' : )?'([a-z-]+)'/g)]
  .flatMap((m) => m.slice(1))
  .filter((code) => code !== undefined);
const placeholders = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('words of the readers', () => {
  const en = catalogues.en as Words;
  it.each([...new Set(notes)])('note %s stands in four languages, with the same values, and in docs/formats.md', (code) => {
    for (const words of Object.values(catalogues) as Words[])
      expect(placeholders(words.notes[code])).toEqual(placeholders(en.notes[code]));
    expect(en.notes[code]).toBeDefined();
    expect(docs).toContain(`\`${code}\``);
  });
  it.each([...new Set([...ofDocuments.matchAll(/code: '([a-z-]+)'/g)].map(([, code = '']) => code))])(
    'remark %s on a text stands in four languages, with the same values',
    (code) => {
      const wordsOf = (words: unknown): string | undefined => {
        const { problems: faults, evidence } = words as {
          problems: Record<string, string>;
          evidence: { note: Record<string, string> };
        };
        return evidence.note[code] ?? faults[code];
      };
      expect(wordsOf(catalogues.en)).toBeDefined();
      for (const words of Object.values(catalogues))
        expect(placeholders(wordsOf(words))).toEqual(placeholders(wordsOf(catalogues.en)));
    },
  );
  it.each([...new Set(problems)])('problem %s stands in four languages, with the same values, and in docs/formats.md', (code) => {
    for (const words of Object.values(catalogues) as Words[])
      expect(placeholders(words.problems[code])).toEqual(placeholders(en.problems[code]));
    expect(en.problems[code]).toBeDefined();
    if (/^(archive|crs|dbf|flatgeobuf|geojson|geopackage|kml|map|shapefile)-/.test(code)) expect(docs).toContain(`\`${code}\``);
  });
});
