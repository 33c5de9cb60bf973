/** The kinds of records as data: whole in four languages, told apart by their words, filled as their examples show. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSpreadsheet } from '../../src/formats/spreadsheet.ts';
import { type Choice, type RecordField, recordKind, recordKinds } from '../../src/records/catalogue.ts';
import { chosen } from '../../src/records/choices.ts';
import { matchColumn } from '../../src/records/columns.ts';
import { formParts } from '../../src/records/context.ts';
import { readSheet } from '../../src/records/lines.ts';
import { plain } from '../../src/records/words.ts';

const root = join(import.meta.dirname, '..', '..');
const kinds = recordKinds();
const named = kinds.map((kind) => [kind.id, kind] as const);
const LANGS = ['en', 'ru', 'kk', 'tr'] as const;
const KAZAKH = /[әғқңөұүһі]/i;
const CYRILLIC = /[а-яёәғқңөұүһі]/i;

/** What each kind keeps and by which fields a record is known again: `*` must be filled. */
const AGREED: { [kind: string]: string } = {
  agreements: 'activities: title* start*',
  answers: 'answers: section* language*',
  assessments: 'entries: tool* year*',
  authorities: 'entries: organisation* zone* role*',
  budget: 'money: year* source* purpose kind provider',
  communication: 'entries: channel* title',
  conflicts: 'entries: what* since',
  contacts: 'entries: purpose*',
  directory: 'entries:',
  documents: 'entries: title*',
  economy: 'entries: name* year',
  education: 'activities: title* date*',
  events: 'activities: title* date*',
  facilities: 'entries: name*',
  heritage: 'entries: name*',
  'legal-acts': 'entries: title* number',
  materials: 'entries: title* type*',
  monitoring: 'entries: variable*',
  partners: 'entries: name*',
  plans: 'entries: title* number',
  population: 'observations: zone* year*',
  projects: 'activities: title* start*',
  recommendations: 'entries: number* year*',
  representation: 'entries: body*',
  research: 'entries: title* year*',
  reviews: 'entries: year*',
  services: 'entries: ecosystem* service*',
  species: 'entries: scientific_name*',
  staff: 'headcounts: year* category* contract time',
  values: 'observations: indicator* zone period* class',
  variables: 'entries: variable*',
};

/** Every text of a kind that people see, with the place where it stands. */
function textsOf(kind: (typeof kinds)[number]) {
  return [
    { where: 'title', text: kind.title, sentence: false },
    { where: 'about', text: kind.about, sentence: true },
    ...kind.fields.flatMap(({ id, label, help, choices = [] }) => [
      { where: `${id}.label`, text: label, sentence: false },
      { where: `${id}.help`, text: help, sentence: true },
      ...choices.map((choice) => ({ where: `${id}.${choice.id}`, text: choice.label, sentence: false })),
    ]),
  ];
}

/** Names that stand for more than one of `things`: ids, labels and words, compared as the import does, and without accents. */
function shared(things: readonly Pick<Choice, 'id' | 'label' | 'words'>[]): string[] {
  const bare = (text: string): string => plain(text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')).replaceAll('ı', 'i');
  return [plain, bare].flatMap((compare) => {
    const owners = new Map<string, Set<string>>();
    for (const { id, label, words } of things)
      for (const name of [id, ...Object.values(label), ...words])
        owners.set(compare(name), (owners.get(compare(name)) ?? new Set()).add(id));
    return [...owners].filter(([, ids]) => ids.size > 1).map(([name, ids]) => `${name}: ${[...ids].join(', ')}`);
  });
}

test('the kinds are those agreed, each known again by the fields agreed', () => {
  const found = kinds.map(({ id, keeps, fields }) => [
    id,
    `${keeps}: ${fields.flatMap((field) => (field.key ? [field.id + (field.required ? '*' : '')] : [])).join(' ')}`.trim(),
  ]);
  expect(Object.fromEntries(found)).toEqual(AGREED);
  expect(kinds.filter(({ confidential }) => confidential).map(({ id }) => id)).toEqual(['conflicts', 'contacts']);
});

test('a kind is found by its name, and nothing by another', () => {
  expect(recordKind('staff')?.keeps).toBe('headcounts');
  expect(recordKind('stuff')).toBeNull();
});

describe.each(named)('%s', (_, kind) => {
  test('has the shape of a kind', () => {
    expect(Object.keys(kind)).toEqual(['id', 'title', 'about', 'keeps', 'confidential', 'fields', 'examples']);
    for (const field of kind.fields) {
      const choosing = field.type === 'choice' || field.type === 'choices';
      const keys = ['id', 'type', 'required', 'key', 'label', 'words', 'help', ...(choosing ? ['choices'] : [])];
      expect(Object.keys(field), field.id).toEqual(keys);
      expect(field.id).toMatch(/^[a-z][a-z0-9_]*$/);
      expect([typeof field.required, typeof field.key], field.id).toEqual(['boolean', 'boolean']);
      for (const choice of field.choices ?? []) {
        expect(Object.keys(choice)).toEqual(['id', 'label', 'words']);
        expect(choice.id).toMatch(/^([a-z][a-z0-9-]*|[A-Z]{2})$/);
      }
      if (choosing) expect(field.choices?.length, field.id).toBeGreaterThan(1);
    }
  });

  test('has every text in four languages, and sentences as sentences', () => {
    for (const { where, text, sentence } of textsOf(kind)) {
      expect(Object.keys(text), where).toEqual([...LANGS]);
      for (const lang of LANGS) {
        expect(text[lang]?.trim(), where).toBe(text[lang]);
        expect(text[lang], where).toMatch(sentence ? /^\p{Lu}?.{10,}[.»"]$/u : /^.{1,60}$/);
      }
    }
  });

  test('has a title that names a sheet of a workbook whole', () => {
    for (const title of Object.values(kind.title)) expect(title).toMatch(/^[^[\]:*?/\\]{1,31}$/); // ECMA-376 part 1, 18.2.19
  });

  test('is written in the letters of each language', () => {
    for (const { where, text } of textsOf(kind)) {
      for (const lang of ['ru', 'kk'] as const) expect(text[lang], where).toMatch(CYRILLIC);
      if (where.startsWith('name_')) continue; // these show names in the other languages
      for (const lang of ['en', 'tr'] as const) expect(text[lang], where).not.toMatch(CYRILLIC);
      expect(text.ru, where).not.toMatch(KAZAKH);
    }
    const kazakh = textsOf(kind).flatMap(({ text, sentence }) => (sentence ? [text.kk ?? ''] : []));
    expect(kazakh.filter((text) => KAZAKH.test(text)).length / kazakh.length).toBeGreaterThan(0.8);
  });

  test('has words in lower case, none twice', () => {
    for (const { id, label, words, choices = [] } of kind.fields) {
      for (const thing of [{ id, label, words }, ...choices]) {
        expect(
          thing.words.filter((word) => word !== word.toLowerCase() || plain(word) === ''),
          thing.id,
        ).toEqual([]);
        const all = [...new Set(Object.values(thing.label).map(plain)), ...thing.words.map(plain)];
        expect(all.length - new Set(all).size, `${id} ${thing.id}`).toBe(0);
      }
    }
  });

  test('has no name for two fields, nor for two choices of a field', () => {
    expect(new Set(kind.fields.map(({ id }) => id)).size).toBe(kind.fields.length);
    expect(shared(kind.fields)).toEqual([]);
    for (const { choices = [] } of kind.fields) expect(shared(choices)).toEqual([]);
  });

  test('has no code for choices of two fields', () => {
    const codes = kind.fields.flatMap(({ choices = [] }) => choices.map(({ id }) => id));
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  });

  test('is recognised by each of its names, as a header and in a cell', () => {
    const names = ({ id, label, words }: Pick<RecordField, 'id' | 'label' | 'words'>): string[] => [
      id,
      ...Object.values(label),
      ...words,
    ];
    const wrong = kind.fields.flatMap((field) => [
      ...names(field).filter((name) => {
        const { field: found, fixed, factor } = matchColumn([name], kind);
        return found !== field.id || Object.keys(fixed).length > 0 || factor !== 1;
      }),
      ...(field.choices ?? []).flatMap((choice) =>
        names(choice).filter((name) => {
          const found = chosen(name, field.choices ?? []);
          return found === null || 'tie' in found || found.choice.id !== choice.id;
        }),
      ),
    ]);
    expect(wrong).toEqual([]);
  });

  test('shows by examples how it is filled, in Russian and English', () => {
    expect(kind.examples.map(({ lang }) => lang)).toEqual(['ru', 'en']);
    const required = kind.fields.filter((field) => field.required).map(({ id }) => id);
    for (const { rows } of kind.examples) {
      expect(rows.length).toBeGreaterThanOrEqual(kind.id === 'directory' ? 1 : 2);
      for (const row of rows) {
        expect(Object.keys(row).filter((id) => !kind.fields.some((field) => field.id === id))).toEqual([]);
        expect(required.filter((id) => (row[id] ?? '') === '')).toEqual([]);
      }
    }
  });

  test.each(kind.examples)(
    'an example in $lang is read as it stands, under the labels of its language',
    async ({ lang, rows }) => {
      const fields = kind.fields.filter(({ id }) => rows.some((row) => id in row));
      const lines = [fields.map(({ label }) => label[lang] ?? ''), ...rows.map((row) => fields.map(({ id }) => row[id] ?? ''))];
      const csv = lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n');
      const { sheets } = await readSpreadsheet({ name: 'example.csv', bytes: new TextEncoder().encode(csv) });
      const reading = readSheet(sheets[0] ?? expect.fail(), kind, { themes: formParts().themes });
      expect(reading?.ignored).toEqual([]);
      expect(reading?.refused).toEqual([]);
      expect(reading?.skipped).toEqual([]);
      expect(reading?.rows.map(({ values }) => Object.keys(values).sort())).toEqual(rows.map((row) => Object.keys(row).sort()));
      for (const [i, row] of rows.entries())
        for (const { id, choices = [] } of fields.filter(({ type }) => type === 'choice'))
          if (row[id] !== undefined)
            expect(reading?.rows[i]?.values[id]).toBe(choices.find(({ label }) => label[lang] === row[id])?.id);
    },
  );
});

test('fields that count people by sex or age, and others that many kinds have, are called alike everywhere', () => {
  const same = 'total female male other unknown age_0_17 age_18_35 year since link note zone functions themes currency organiser';
  for (const id of same.split(' ')) {
    const fields = kinds.flatMap((kind) => kind.fields.filter((field) => field.id === id));
    expect(fields.length, id).toBeGreaterThan(1);
    expect(new Set(fields.map(({ label }) => JSON.stringify(label))).size, id).toBe(1);
    if (/^(female|male|other|unknown|age_)/.test(id))
      expect(new Set(fields.map(({ words, help }) => JSON.stringify([words, help]))).size, id).toBe(1);
  }
});

describe('docs/records.md', () => {
  const document = readFileSync(join(root, 'docs', 'records.md'), 'utf8');
  const sections = new Map(
    document
      .split('\n### ')
      .slice(1)
      .map((text) => [text.split('\n')[0] ?? '', text.split('\n## ')[0] ?? ''] as const),
  );

  test.each(named)('has a table of %s with every field, its type, its choices, whether it is required and a key', (id, kind) => {
    const section = sections.get(id) ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)` \| ([\w-]+) \| (yes|) \| (yes|) \| (.+) \|$/gm)];
    expect(rows.map(([, field, type, required, key]) => [field, type, required === 'yes', key === 'yes'])).toEqual(
      kind.fields.map((field) => [field.id, field.type, field.required, field.key]),
    );
    for (const [i, { label, choices = [] }] of kind.fields.entries()) {
      expect(rows[i]?.[5]).toContain(label.en);
      for (const choice of choices) expect(rows[i]?.[5]).toContain(`\`${choice.id}\``);
    }
  });

  test('has no kind that is not there', () => expect([...sections.keys()]).toEqual(kinds.map(({ id }) => id)));
});
