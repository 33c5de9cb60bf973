/** Every kind of the catalogue, from a sheet to nouns: its own examples, in each language that they are written in. */
import { describe, expect, test } from 'vitest';
import { readSpreadsheet } from '../../src/formats/spreadsheet.ts';
import type { Sheet } from '../../src/formats/spreadsheet-cells.ts';
import { languages } from '../../src/i18n/index.ts';
import { type RecordKind, recordKinds } from '../../src/records/catalogue.ts';
import { matchColumn } from '../../src/records/columns.ts';
import { formParts, indicatorOf, type RecordContext, recordContext, sectionOf } from '../../src/records/context.ts';
import { guessKinds, isClear } from '../../src/records/guess-kind.ts';
import { findHeader } from '../../src/records/header.ts';
import { type ImportedRows, recordsOf } from '../../src/records/import-rows.ts';
import { keptOf } from '../../src/records/kept.ts';
import { readSheet } from '../../src/records/lines.ts';
import { type Nouns, noNouns } from '../../src/records/nouns.ts';
import { organisationRegister } from '../../src/records/organisations.ts';
import type { SheetReading, Values } from '../../src/records/reading.ts';
import type { Lang, Organisation } from '../../src/types.ts';
import { type RawCell, workbook } from './messy-sheets.ts';
import { budget, events, staff } from './small-kinds.ts';

const kinds = recordKinds();
const parts = formParts();
const ZONES = (['core', 'buffer', 'transition'] as const).map((kind) => ({ id: `steppe/${kind}`, kind }));
const INDICATORS = [{ id: 'area', title: { en: 'Area', ru: 'Площадь' }, unit: 'm2' }];

const contextOf = (more: Parameters<typeof recordContext>[1] = {}): RecordContext =>
  recordContext('steppe', { ...parts, zones: ZONES, indicators: INDICATORS, today: '2026-01-01', ...more });
const imported = (readings: SheetReading[], kind: RecordKind, context: RecordContext = contextOf()): ImportedRows =>
  recordsOf(readings, kind, { context, kept: [], dataset: 'd' });

async function sheetOf(head: string[], rows: RawCell[][]): Promise<Sheet> {
  return (await readSpreadsheet(workbook([{ name: 'S', rows: [head, ...rows] }]))).sheets[0] as Sheet;
}

/** The sheet that the examples of a kind make. */
async function exampleSheet(kind: RecordKind, { lang, rows }: RecordKind['examples'][number]): Promise<Sheet> {
  return await sheetOf(
    kind.fields.map(({ label }) => label[lang] ?? ''),
    rows.map((row) => kind.fields.map(({ id }) => row[id] ?? null)),
  );
}

describe.each(kinds.map((kind) => [kind.id, kind] as const))('%s', (_, kind) => {
  test.each(languages)('its labels in %s name its own fields, each one', async (lang: Lang) => {
    const header = findHeader(
      await sheetOf(
        kind.fields.map(({ label }) => label[lang] ?? ''),
        [],
      ),
      kind,
    );
    expect(header?.understood.map(({ field }) => field)).toEqual(kind.fields.map(({ id }) => id));
    expect(header?.ignored).toEqual([]);
  });

  test('its words name its own fields, or nothing', () => {
    for (const field of kind.fields)
      for (const word of field.words) {
        const match = matchColumn([word], kind);
        if (match.field !== null && match.how === 'same') expect(`${word}: ${match.field}`).toBe(`${word}: ${field.id}`);
      }
  });

  test('its examples are read without a fault, and make nouns that say the same again', async () => {
    expect(kind.examples.length).toBeGreaterThan(0);
    for (const example of kind.examples) {
      const context = contextOf({
        indicators: [
          ...INDICATORS,
          ...example.rows.flatMap(({ indicator = '' }) =>
            indicatorOf(indicator, INDICATORS) === null
              ? [{ id: `x-${indicator.length}`, title: { [example.lang]: indicator }, unit: '{person}' }]
              : [],
          ),
        ],
      });
      const reading = readSheet(await exampleSheet(kind, example), kind, { themes: context.themes }) as SheetReading;
      const result = imported([reading], kind, context);
      expect([...reading.refused, ...result.refused]).toEqual([]);
      expect(reading.skipped).toEqual([]);
      expect(result.records).toHaveLength(example.rows.length);
      for (const record of result.records) {
        const nouns = { ...noNouns(), ...record.nouns };
        const [again] = keptOf(kind, { ...nouns, site: 'steppe', zones: ZONES });
        const known = Object.fromEntries(
          Object.entries(again?.values ?? {}).filter(([field]) => record.values[field] !== undefined),
        );
        expect(comparable(known, context)).toEqual(comparable(record.values, context));
        expect(again?.id).toBe(record.id);
      }
    }
  });
});

/** Names of organisations by their ids, and dates as days: what is kept is as exact, but written otherwise. */
function comparable(values: Values, context: RecordContext): object {
  const dates = ['start', 'end', 'period', 'indicator', 'section', 'unit'];
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) => {
      if (dates.includes(field)) return [];
      const found =
        typeof value === 'string' && ['provider', 'lead', 'organiser'].includes(field) ? context.organisations.find(value) : null;
      if (found !== null && 'id' in found) return [[field, found.id]];
      if (Array.isArray(value) && ['partners', 'funders', 'organiser'].includes(field)) {
        const ids = value.map((name) => context.organisations.find(name));
        return [[field, ids.map((one) => ('id' in one ? one.id : ''))]];
      }
      return [[field, value]];
    }),
  );
}

test('most sheets of examples are known for what they are without being told', async () => {
  const wrong: string[] = [];
  let clear = 0;
  let all = 0;
  for (const kind of kinds)
    for (const example of kind.examples.slice(0, 1)) {
      const guesses = guessKinds([await exampleSheet(kind, example)], kinds, { given: [], names: [] });
      all += 1;
      if (!isClear(guesses)) continue;
      clear += 1;
      if (guesses[0]?.kind.id !== kind.id) wrong.push(`${kind.id} taken for ${guesses[0]?.kind.id}`);
    }
  expect(wrong).toEqual([]);
  expect(clear / all).toBeGreaterThan(0.7);
});

describe('nouns', () => {
  const make = async (kind: RecordKind, rows: RawCell[][], context = contextOf()): Promise<ImportedRows> => {
    const [head = [], ...rest] = rows;
    return imported([readSheet(await sheetOf(head as string[], rest), kind) as SheetReading], kind, context);
  };

  test('staff are headcounts of the site with their groups; the row is their origin', async () => {
    const { records } = await make(staff, [
      ['Год', 'Категория', 'Договор', 'Всего', 'Женщины'],
      [2023, 'Наука', 'Сезонные', 7, 5],
    ]);
    expect(records[0]?.nouns.headcounts).toEqual([
      {
        id: 'steppe/staff/2023+science+seasonal',
        feature: 'steppe',
        measure: 'employed',
        groups: ['science', 'seasonal'],
        age: null,
        period: { start: '2023-01-01', end: '2024-01-01' },
        total: 7,
        female: 5,
        male: null,
        other: null,
        unknown: null,
        unique: 'unknown',
        note: null,
        from: { dataset: 'd', row: 'S!2' },
      },
    ]);
  });

  test('an event is an activity with its people by age, its host, and what has no place elsewhere beside it', async () => {
    const { records } = await make(events, [
      ['Название', 'Дата', 'Вид', 'Место', 'Организатор', 'Группы', 'Всего', 'Дети', 'Функции', 'Ссылка'],
      [
        'Семинар о птицах',
        '12-14.05.2023',
        'Семинар',
        'Астана',
        'АСБК',
        'рыбаки',
        28,
        9,
        'Охрана природы, Логистика',
        'https://example.org',
      ],
    ]);
    const nouns = records[0]?.nouns as Nouns;
    const id = 'steppe/events/seminar-o-ptitsakh+2023-05-12--2023-05-14';
    expect(nouns.activities).toEqual([
      expect.objectContaining({
        id,
        kind: 'event',
        title: { ru: 'Семинар о птицах' },
        period: { start: '2023-05-12', end: '2023-05-15' },
        sites: ['steppe'],
        functions: ['conservation', 'logistic'],
        category: 'workshop',
        description: 'Астана',
        note: 'рыбаки',
      }),
    ]);
    expect(nouns.headcounts.map(({ id: own, feature, measure, age, total }) => ({ own, feature, measure, age, total }))).toEqual([
      { own: `${id}/people`, feature: id, measure: 'attended', age: null, total: 28 },
      { own: `${id}/people/0-17`, feature: id, measure: 'attended', age: '0-17', total: 9 },
    ]);
    expect(nouns.participations).toEqual([expect.objectContaining({ activity: id, organisation: 'asbk', role: 'host' })]);
    expect(nouns.organisations).toEqual([expect.objectContaining({ id: 'asbk', name: { ru: 'АСБК' } })]);
    expect(nouns.entries).toEqual([expect.objectContaining({ id, register: 'events', fields: { link: 'https://example.org' } })]);
  });

  test('money whose sheet does not say is a budget, and that is told', async () => {
    const { records, given } = await make(budget, [
      ['Год', 'Источник', 'Сумма, тг'],
      [2023, 'Гранты', 5],
    ]);
    expect(records[0]?.nouns.money).toEqual([
      expect.objectContaining({
        id: 'steppe/budget/2023+grant+budget',
        kind: 'budget',
        classes: ['grant'],
        value: 5,
        currency: 'KZT',
      }),
    ]);
    expect(given).toEqual([{ field: 'kind', value: 'budget', from: 'usual', rows: 1 }]);
  });

  test('two rows of one record: the same once more is skipped, another is refused and names the first', async () => {
    const { records, refused, skipped } = await make(staff, [
      ['Год', 'Категория', 'Всего'],
      [2023, 'Наука', 7],
      [2023, 'Наука', 7],
      [2023, 'Наука', 8],
    ]);
    expect(records).toHaveLength(1);
    expect(skipped).toEqual([{ row: 'S!3', why: 'same', text: 'S!2' }]);
    expect(refused).toEqual([expect.objectContaining({ row: 'S!4', reason: 'repeated', details: { first: 'S!2' } })]);
  });

  const population = kinds.find(({ id }) => id === 'population') as RecordKind;
  const head = ['zone', 'year', 'permanent', 'seasonal'];
  test('inhabitants are declared figures of the zone or of the site, by class', async () => {
    const { records } = await make(population, [head, ['буферная зона', 2023, 120, 40], ['весь резерват', 2023, 500, null]]);
    expect(
      records.flatMap(({ nouns }) =>
        nouns.observations.map(({ id, feature, value, unit, by, role }) => ({ id, feature, value, unit, by, role })),
      ),
    ).toEqual([
      {
        id: 'steppe/population/buffer+2023/permanent',
        feature: 'steppe/buffer',
        value: 120,
        unit: '{person}',
        by: { class: 'permanent' },
        role: 'declared',
      },
      {
        id: 'steppe/population/buffer+2023/seasonal',
        feature: 'steppe/buffer',
        value: 40,
        unit: '{person}',
        by: { class: 'seasonal' },
        role: 'declared',
      },
      {
        id: 'steppe/population/whole+2023/permanent',
        feature: 'steppe',
        value: 500,
        unit: '{person}',
        by: { class: 'permanent' },
        role: 'declared',
      },
    ]);
  });

  test('a figure carries how sure its limits are, in percent or as a share', async () => {
    const values = kinds.find(({ id }) => id === 'values') as RecordKind;
    const columns = ['indicator', 'period', 'value', 'low', 'high', 'confidence level'];
    const { records, refused } = await make(values, [
      columns,
      ['Area', 2016, 12.5, 12.1, 12.9, 95],
      ['Area', 2020, 11.5, 11.1, 11.9, 0.9],
      ['Area', 2024, 10.5, 10.1, 10.9, null],
      ['Area', 2025, 10.5, 10.1, 10.9, 100],
    ]);
    expect(records.flatMap(({ nouns }) => nouns.observations.map(({ level }) => level))).toEqual([0.95, 0.9, null]);
    expect(refused).toMatchObject([{ field: 'level', found: '100' }]);
  });

  test('a zone that the site does not have, or has twice, is refused with what would do', async () => {
    const rows = [head, ['core', 2023, 1, null]];
    expect((await make(population, rows, contextOf({ zones: [] }))).refused).toMatchObject([
      { reason: 'zone-none', details: { expected: 'whole' } },
    ]);
    const zones = ['steppe/north', 'steppe/south'].map((id) => ({ id, kind: 'core' as const }));
    expect((await make(population, rows, contextOf({ zones }))).refused).toMatchObject([
      { reason: 'zone-many', details: { count: 2 } },
    ]);
  });

  test('of several zones that a map draws of a kind, the first carries the figures of the kind', async () => {
    const zones = [{ id: 'steppe/core-2', kind: 'core' as const }, ...ZONES];
    const { records } = await make(population, [head, ['core', 2023, 1, null]], contextOf({ zones }));
    expect(records.flatMap(({ nouns }) => nouns.observations.map(({ feature }) => feature))).toEqual(['steppe/core']);
  });
});

describe('sections of the form', () => {
  test('by id, number or title; a number that several have is not guessed at', () => {
    expect(sectionOf('II.1.4', parts.sections)?.id).toBe('II.1.4');
    expect(sectionOf('1.4', parts.sections)?.id).toBe('II.1.4');
    expect(sectionOf('Further observations', parts.sections)?.id).toBe('II.1.4');
    expect(sectionOf('1', parts.sections)).toBeNull();
    expect(sectionOf('99', parts.sections)).toBeNull();
  });
});

describe('organisations', () => {
  const organisation = (id: string, more: Partial<Organisation>): Organisation => ({
    id,
    name: {},
    acronym: null,
    kind: null,
    country: null,
    parent: null,
    ids: {},
    aliases: [],
    ...more,
  });
  const known = [
    organisation('asbk', {
      name: {
        ru: 'Ассоциация сохранения биоразнообразия Казахстана',
        en: 'Association for the Conservation of Biodiversity of Kazakhstan',
      },
      acronym: 'АСБК',
      aliases: ['ACBK'],
    }),
    organisation('institute', { name: { ru: 'РГП «Институт зоологии»' } }),
    organisation('one', { name: { ru: 'Акимат' } }),
    organisation('two', { name: { ru: 'Акимат' } }),
  ];
  const register = organisationRegister(known, new Set(['steppe']));

  test.each([
    ['асбк', 'asbk'],
    ['ACBK', 'asbk'],
    ['ОЮЛ «Ассоциация сохранения биоразнообразия Казахстана»', 'asbk'],
    ['Ассоциация сохранения биоразнообразия Казахстана (АСБК)', 'asbk'],
    ['Институт зоологии', 'institute'],
  ])('%s is known', (text, id) => expect(register.find(text)).toEqual({ id }));

  test('a name of two is not guessed at', () =>
    expect(register.find('акимат')).toMatchObject({ tie: [{ id: 'one' }, { id: 'two' }] }));

  test('a new one gets a readable id that no site has, and is the same when it comes again', () => {
    expect(register.find('Фонд «Сарыарка» (ФС)')).toEqual({ id: 'fond-saryarka' });
    expect(register.find('ФС')).toEqual({ id: 'fond-saryarka' });
    expect(register.get('fond-saryarka')).toMatchObject({ name: { ru: 'Фонд «Сарыарка»' }, acronym: 'ФС' });
    expect(register.find('Steppe')).toEqual({ id: 'steppe-organisation' });
  });
});
