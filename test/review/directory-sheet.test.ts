import { expect, test } from 'vitest';
import { directorySheet } from '../../src/review/directory-sheet.ts';
import type { Entry } from '../../src/types.ts';
import { type ContentOverrides, contentOf, entry, wordsOf } from './content-fixture.ts';

const section = 'III.annex-1.variables';
const term = (id: string) => ({ id, label: { en: id.toUpperCase() } });
const list = (id: string, terms: string[], complete = true) => ({
  id,
  section,
  title: { en: id },
  unconfirmed: false,
  complete,
  terms: terms.map((name) => term(`${id}.${name}`)),
});
const form = { tickLists: [list('abiotic', ['air', 'soil', 'water', 'snow']), list('fauna', ['birds'], false)] };
const sheet = (part: string, entries: Entry[], rest: ContentOverrides = {}) =>
  contentOf({ form, ...rest, section: { id: `III.annex-1.${part}` }, records: { entries } });

test('a term is ticked where variables, monitoring or research carry it; all terms stand, in columns', () => {
  const one = sheet('variables', [
    entry('variables', { variable: ['abiotic.air'], state: 'monitored' }),
    entry('monitoring', { variable: 'Water level', themes: ['abiotic.water', 'abiotic.air'] }),
    entry('research', { title: 'Birds', themes: ['fauna.birds', 'fauna.dragons'] }),
  ]);
  expect(wordsOf(directorySheet(one)).split('\n')).toEqual(
    [
      'Variables monitored or studied: abiotic: 2 of 4; fauna: 1 of 1.',
      'abiotic',
      '',
      '☒ ABIOTIC.AIR | ☐ ABIOTIC.SOIL | ☒ ABIOTIC.WATER',
      '☐ ABIOTIC.SNOW |  | ',
      'fauna',
      '',
      '☒ FAUNA.BIRDS |  | ',
      'Some lists are shortened: their terms have still to be completed from the official form.',
      'Themes on record that no list has: fauna.dragons.',
    ].filter((line) => line !== ''),
  );
  expect(one.notes).toEqual([
    'Ticked by records of variables, monitoring and research (3): UNESCO page on Almaty, https://en.unesco.org/biosphere/aspac/almaty',
  ]);
});

test('where no record carries a theme the lists stay a gap: nothing ticked would say that nothing is measured', () => {
  expect(directorySheet(sheet('variables', []))).toBeNull();
  expect(directorySheet(sheet('variables', [entry('research', { title: 'No theme' })]))).toBeNull();
});

test('confidential records do not tick, and it is said that they were left out', () => {
  const entries = [
    entry('variables', { variable: 'abiotic.air' }),
    entry('variables', { variable: 'abiotic.soil' }, { confidential: true }),
  ];
  const text = wordsOf(directorySheet(sheet('variables', entries)));
  expect(text).toContain('☐ ABIOTIC.SOIL');
  expect(text).toContain('1 confidential');
  expect(wordsOf(directorySheet(sheet('variables', entries, { confidential: 'mark' })))).toContain('☒ ABIOTIC.SOIL');
});

test('nature and altitude come from the register, with their source', () => {
  const entries = [
    entry('directory', { ecosystem_type: 'Steppe', bioclimatic_zone: 'semi-arid', altitude_min: 304, altitude_max: 1565.5 }),
  ];
  const one = sheet('altitude', entries);
  expect(wordsOf(directorySheet(one))).toBe('Altitude above sea level: lowest 304 m, highest 1,565.5 m.');
  expect(one.notes).toHaveLength(1);
  expect(wordsOf(directorySheet(sheet('ecosystem-type', entries)))).toBe('Major ecosystem type: Steppe.');
  expect(wordsOf(directorySheet(sheet('bioclimatic-zone', entries)))).toBe('Bioclimatic zone: semi-arid.');
  expect(wordsOf(directorySheet(sheet('altitude', [entry('directory', { altitude_min: 0 })])))).toContain(
    'lowest 0 m, highest – m',
  );
  for (const part of ['altitude', 'ecosystem-type', 'bioclimatic-zone']) expect(directorySheet(sheet(part, []))).toBeNull();
});

test('the administrative part names reserve, country, year and authorities', () => {
  const designation = {
    id: 'd',
    site: 'almaty',
    kind: 'biosphere-reserve',
    code: null,
    year: 2020,
    date: null,
    criteria: null,
    quality: 'ok',
    note: null,
  } as const;
  const entries = [
    entry('directory', { region: 'Almaty oblast' }),
    entry('authorities', { organisation: 'Park', zone: 'core', role: 'administers' }),
    entry('authorities', { organisation: 'Owner', zone: 'core', role: 'owns' }),
  ];
  const facts = { designations: [{ ...designation, from: { source: 'unesco-almaty' } }] };
  expect(wordsOf(directorySheet(sheet('administrative', entries, { facts }))).split('\n')).toEqual([
    'Name | Almaty',
    'Country | Kazakhstan',
    'Year of designation | 2020',
    'Region | Almaty oblast',
    'Administers | Park (core area)',
  ]);
});

test('the sheet as a whole is filled by its parts', () => {
  expect(directorySheet(sheet('', []))).toBeNull();
  expect(directorySheet(contentOf({ section: { id: 'III.annex-1' } }))).toBeNull();
});
