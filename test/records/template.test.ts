import { describe, expect, test } from 'vitest';
import { readSpreadsheet } from '../../src/formats/spreadsheet.ts';
import { writeSpreadsheet } from '../../src/formats/spreadsheet-writer.ts';
import { languages, pick } from '../../src/i18n/index.ts';
import { type RecordKind, recordKind, recordKinds } from '../../src/records/catalogue.ts';
import { formParts, type RecordContext, recordContext } from '../../src/records/context.ts';
import { recordsOf } from '../../src/records/import-rows.ts';

import { readSheet } from '../../src/records/lines.ts';
import { type KeptRecord, noNouns } from '../../src/records/nouns.ts';
import type { Values } from '../../src/records/reading.ts';
import { isExplanation, listsName, templateExtras, templateSheets } from '../../src/records/template.ts';

const parts = formParts();
const context: RecordContext = recordContext('steppe', parts);
const kept = (values: Values): KeptRecord => ({ id: 'x', values, nouns: noNouns() });

describe.each(languages)('a template in %s', (lang) => {
  test('has a column for each field, and every kind has one', () => {
    for (const kind of recordKinds().filter(({ keeps }) => keeps !== 'answers')) {
      const [records, explained] = templateSheets(kind, { lang, context });
      expect(records?.columns.map(({ title }) => title)).toEqual(kind.fields.map(({ label }) => pick(label, lang)));
      expect(explained?.rows).toHaveLength(kind.fields.length + 1);
      expect(records?.name.length).toBeLessThanOrEqual(31);
    }
  });

  test('offers the choices that may be made, and marks what is needed', () => {
    const [records] = templateSheets(recordKind('staff') as RecordKind, { lang, context });
    expect(records?.columns[1]?.choices).toHaveLength(6);
    expect(records?.columns.map(({ tone }) => tone).slice(0, 3)).toEqual(['required', 'required', 'optional']);
  });

  test('with records in it is read again as the same records', async () => {
    const kind = recordKind('plans') as RecordKind;
    const values: Values = {
      title: 'План управления, 2021–2030',
      type: 'management-plan',
      adopted: '2021-05',
      start: '2021-01-01',
      end: '2030-12-31',
      binding: true,
      names_reserve: false,
      objectives: '- беречь степь;\n- считать птиц.',
    };
    const sheets = templateSheets(kind, { lang, context, kept: [kept(values)] });
    const file = { name: 'a.xlsx', bytes: await writeSpreadsheet(sheets, listsName(lang)) };
    const read = (await readSpreadsheet(file)).sheets;
    expect(read.map(({ name }) => isExplanation(name))).toEqual([false, true, true]);
    const [first] = read;
    const reading = first === undefined ? null : readSheet(first, kind);
    expect(reading?.rows.map((row) => row.values)).toEqual([values]);
    expect(reading?.refused).toEqual([]);
  });
});

describe('the template of answers', () => {
  const kind = recordKind('answers') as RecordKind;
  const written = parts.sections.filter((section) => section.written);

  test('lists every section that people write, with number and title, and what was written so far', async () => {
    const answer = kept({
      section: 'II.1.4',
      language: 'ru',
      text: 'Первый абзац.\n\nВторой.',
      author: 'А. Б.',
      date: '2025-03-01',
      confidential: false,
    });
    const sheets = templateSheets(kind, { lang: 'ru', context, kept: [answer] });
    expect(written.length).toBeGreaterThan(30);
    expect(sheets[0]?.rows).toHaveLength(written.length);
    const file = { name: 'a.xlsx', bytes: await writeSpreadsheet(sheets, listsName('ru')) };
    const [sheet] = (await readSpreadsheet(file)).sheets;
    const reading = sheet === undefined ? null : readSheet(sheet, kind, { extras: templateExtras(kind) });
    expect(reading?.ignored.map(({ letter, why }) => `${letter} ${why}`)).toEqual(['B extra', 'C extra']);
    expect(reading?.rows.map(({ values }) => values)).toEqual([answer.values]);
    expect(reading?.skipped).toHaveLength(written.length - 1);
    expect(new Set(reading?.skipped.map(({ why }) => why))).toEqual(new Set(['blank']));
    expect(reading?.refused).toEqual([]);
    const { records } = recordsOf(reading === null ? [] : [reading], kind, { context, kept: [], dataset: 'd' });
    expect(records[0]?.nouns.answers).toEqual([
      {
        id: 'steppe/answers/II.1.4+ru',
        site: 'steppe',
        form: 'periodic-review-2013',
        section: 'II.1.4',
        lang: 'ru',
        text: 'Первый абзац.\n\nВторой.',
        author: 'А. Б.',
        written: '2025-03-01',
        confidential: false,
      },
    ]);
  });
});
