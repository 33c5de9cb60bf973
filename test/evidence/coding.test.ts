/** Codebook, passages, comparisons and reports. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../src/evidence/analysis.ts';
import {
  codePath,
  codeTree,
  describedCode,
  findCode,
  flatCodes,
  readCodebookJson,
  readDescription,
  shippedCodebook,
  withBelow,
  writeCodebookJson,
} from '../../src/evidence/codebook.ts';
import type { Code, Coding, Passage, SourceText } from '../../src/evidence/coding-nouns.ts';
import { codingReport, jointDisplay } from '../../src/evidence/coding-report.ts';
import { alphaOfSums, compareCoders, sumsOf, unitsOf } from '../../src/evidence/comparison.ts';
import { guidFor } from '../../src/evidence/guids.ts';
import { findQuote, passageAt, reanchored } from '../../src/evidence/passages.ts';
import { guessLanguage } from '../../src/evidence/text-language.ts';
import { languages } from '../../src/i18n/index.ts';
import { Problem } from '../../src/problems.ts';
import { krippendorffAlpha } from '../../src/science/agreement-alpha.ts';
import { indexText } from '../../src/science/text-anchor.ts';
import { emptyText } from '../../src/store/keep-document.ts';
import type { Id } from '../../src/types.ts';

const document = (id: Id, text: string, facts: Partial<SourceText> = {}): SourceText => ({
  ...emptyText(id),
  text,
  length: Array.from(text).length,
  ...facts,
});

const code = (id: Id, parent: Id | null = null): Code => ({
  id,
  parent,
  name: { en: id },
  definition: {},
  inclusion: {},
  exclusion: {},
  example: {},
  colour: null,
  codable: true,
  position: 0,
  exchange: null,
});

/** An analysis of documents, coded as `[coder, code, document, quote]`. */
function analysisOf(
  texts: SourceText[],
  codes: Code[],
  given: [coder: Id, code: Id, source: Id, quote: string, status?: Coding['status']][],
): Analysis {
  const passages = new Map<Id, Passage>();
  const codings = given.map(([coder, of, source, quote, status = 'draft'], i): Coding => {
    const text = texts.find(({ id }) => id === source) as SourceText;
    const at = text.text?.indexOf(quote) ?? -1;
    const passage = passageAt(text, indexText(text.text ?? ''), { start: at, end: at + quote.length });
    passages.set(passage.id, passage);
    return { id: `c${i}`, source, passage: passage.id, code: of, coder, status, decidedBy: null, exchange: null };
  });
  const sources = texts.map(({ id, lang }, i) => ({
    id,
    title: id,
    href: null,
    lang,
    kind: i === 0 ? ('official' as const) : ('press' as const),
    licence: null,
    note: null,
  }));
  const coders = [...new Set(given.map(([coder]) => coder))].map((id) => ({ id, name: id, exchange: null }));
  return { sources, texts, codes, coders, passages: [...passages.values()], codings, memos: [], projects: [] };
}

describe('codebook', () => {
  test('the themes that ship have names, definitions and examples in all four languages', () => {
    const codes = shippedCodebook();
    expect(codes.filter(({ parent }) => parent === null)).toHaveLength(14);
    for (const { id, parent, name, definition, inclusion, exclusion, example } of codes) {
      expect([id, Object.keys(name).sort()]).toEqual([id, [...languages].sort()]);
      if (parent !== null) continue;
      for (const part of [definition, inclusion, exclusion, example])
        expect([id, Object.keys(part).sort()]).toEqual([id, [...languages].sort()]);
      expect(example.kk).toMatch(/[а-яәғқңөұүһі]/i);
    }
    expect(new Set(codes.map((one) => guidFor('codes', one))).size).toBe(codes.length);
    expect(readCodebookJson(writeCodebookJson(codes), 'x')).toEqual(codes);
  });

  test('codes are found by id, path and name, and headings are told from codes', () => {
    const codes = [
      code('water'),
      { ...code('use', 'water'), name: { en: 'Use', ru: 'Использование' } },
      { ...code('land'), codable: false },
      { ...code('land-use', 'land'), name: { en: 'Use' } },
    ];
    expect(findCode(codes, 'water / использование').id).toBe('use');
    expect(findCode(codes, 'Использование').id).toBe('use');
    expect(codePath(codes, 'land-use', 'en')).toBe('land / Use');
    for (const wrong of ['Use', 'nothing', 'land']) expect(() => findCode(codes, wrong)).toThrow(Problem);
    expect([...withBelow(codes, 'water')]).toEqual(['water', 'use']);
  });

  test('codes that are each other’s parents stand in the tree all the same', () => {
    const round = [code('a', 'b'), code('b', 'a'), code('c', 'gone')];
    expect(
      flatCodes(codeTree(round))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
  });

  test('a description in one text is read back in its parts, any other stays whole', () => {
    const [first] = shippedCodebook();
    for (const lang of languages) {
      const text = describedCode(first as Code, lang);
      expect(readDescription(text, lang)).toEqual({
        definition: { [lang]: first?.definition[lang] },
        inclusion: { [lang]: first?.inclusion[lang] },
        exclusion: { [lang]: first?.exclusion[lang] },
        example: { [lang]: first?.example[lang] },
      });
    }
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Include: ', 'Exclude: ', 'Example: ', '\n', 'text', ' '), { maxLength: 9 }),
        (parts) => {
          const text = parts.join('');
          fc.pre(text !== '');
          expect(describedCode({ ...code('x'), ...readDescription(text, 'en') }, 'en')).toBe(text);
        },
      ),
    );
  });
});

describe('passages', () => {
  const old = document('d', 'Первый абзац.\n\nВ резервате 42 вида птиц и 7 видов рыб.\n\nКонец.', { pages: [0, 15] });

  test('a quote is found, and its place, page and context are kept', () => {
    const index = indexText(old.text ?? '');
    const passage = passageAt(old, index, findQuote(index, { exact: '42 вида птиц' }, 'd'));
    expect(passage).toMatchObject({ quote: '42 вида птиц', start: 27, end: 39, page: 2, anchored: 'sure' });
    expect(passage.prefix.endsWith('В резервате ')).toBe(true);
    expect(() => findQuote(index, { exact: 'чего нет вовсе' }, 'd')).toThrow(Problem);
    expect(() => findQuote(indexText('вид, вид'), { exact: 'вид' }, 'd')).toThrow(/2 places/);
    expect(() => passageAt(old, index, { start: 5, end: 900 })).toThrow(Problem);
  });

  test.each([
    ['a text before it', 'Новое. Первый абзац.\n\nВ резервате 42 вида птиц и 7 видов рыб.\n\nКонец.', 'moved'],
    ['the same text', 'Первый абзац.\n\nВ резервате 42 вида птиц и 7 видов рыб.\n\nКонец.', 'same'],
    ['another figure', 'Первый абзац.\n\nВ резервате 45 вида птиц и 7 видов рыб.\n\nКонец.', 'doubtful'],
    ['nothing of it', 'Совсем другой текст про степь и дороги.', 'lost'],
  ])('with %s it is %s', (_, text, outcome) => {
    const passage = passageAt(old, indexText(old.text ?? ''), { start: 15, end: 54 });
    const found = reanchored(indexText(text), { ...old, pages: null }, passage);
    expect(found.outcome).toBe(outcome);
    expect(found.passage.quote).toContain('вида птиц');
  });

  test('of a text that may not be stored a quote is kept to 300 characters, and found again with its length', () => {
    const text = Array.from({ length: 120 }, (_, i) => `слово${i}`).join(' ');
    const closed = document('d', text, { mayStore: false });
    const passage = passageAt(closed, indexText(text), { start: 100, end: 700 });
    expect(Array.from(passage.quote)).toHaveLength(300);
    const again = reanchored(indexText(`Начало. ${text}`), closed, passage);
    expect(again).toMatchObject({ outcome: 'doubtful', passage: { start: 108, end: 708 } });
  });
});

describe('comparison', () => {
  const text = document('d', 'One lake. It rose.\n\nTwo girls came.\n\nThree rivers.\n\nFour.');
  const other = document('e', 'Alone.');

  test('units are paragraphs, sentences, pages or documents, in code points', () => {
    const analysis = {
      texts: [document('d', 'Ұзын 🌱 сөйлем. Екінші, т.б. 3.5 га.\n\n—\n\nA. Ivanov came.', { pages: [0, 16] })],
    };
    const told = (unit: Parameters<typeof unitsOf>[2]) =>
      unitsOf(analysis, 'd', unit).map(({ start, end }) =>
        Array.from(analysis.texts[0]?.text ?? '')
          .slice(start, end)
          .join(''),
      );
    expect(told('paragraph')).toEqual(['Ұзын 🌱 сөйлем. Екінші, т.б. 3.5 га.', 'A. Ivanov came.']);
    expect(told('sentence')).toEqual(['Ұзын 🌱 сөйлем.', 'Екінші, т.б. 3.5 га.', 'A. Ivanov came.']);
    expect(told('page')).toHaveLength(2);
    expect(told('document')).toHaveLength(1);
  });

  test('coefficients are those of the table of decisions by hand', () => {
    // water: both in 1, b alone in 3; women: both in 2. Two coders, four paragraphs, two codes
    const analysis = analysisOf(
      [text, other],
      [code('water'), code('women')],
      [
        ['a', 'water', 'd', 'One lake'],
        ['a', 'women', 'd', 'Two girls'],
        ['b', 'water', 'd', 'lake. It'],
        ['b', 'women', 'd', 'girls came'],
        ['b', 'water', 'd', 'Three'],
        ['a', 'water', 'e', 'Alone'],
      ],
    );
    const found = compareCoders(analysis, { unit: 'paragraph', coders: ['a', 'b'], seed: 1, times: 50 });
    expect(found).toMatchObject({ units: 4, documents: 1, skipped: 1 });
    expect(found.overall.percentage.value).toBeCloseTo(7 / 8, 12);
    // Cohen 1960 by hand: a gave 2 of 8, b 3 of 8; expected (2·3 + 6·5) / 64
    expect(found.overall.cohen?.value).toBeCloseTo((7 / 8 - 36 / 64) / (1 - 36 / 64), 12);
    expect(found.codes.map(({ code: id, given }) => [id, given])).toEqual([
      ['water', [1, 2]],
      ['women', [1, 1]],
    ]);
    expect(found.codes[1]?.alpha.value).toBe(1);
    expect(found.differences).toMatchObject([{ code: 'water', gave: ['b'], without: ['a'], codings: ['c4'], decided: false }]);
    expect(found.agreed.toSorted()).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(compareCoders(analysis, { unit: 'paragraph', coders: ['a', 'b'], seed: 1, times: 50 })).toEqual(found);
  });

  test('the alpha that is drawn is that of the kernel, with ratings missing, too', () => {
    const ratings = fc.array(fc.array(fc.constantFrom(0, 1, null), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(ratings, (units) => {
        const [drawn, kernel] = [
          alphaOfSums(units.map((unit) => sumsOf([unit]))),
          krippendorffAlpha(units, { level: 'nominal' }).value,
        ];
        if (drawn === null || kernel === null) expect(drawn).toBe(kernel);
        else expect(drawn).toBeCloseTo(kernel, 12);
      }),
    );
  });

  test('a coder who read nothing of a document has missing ratings there, not zeros', () => {
    const analysis = analysisOf(
      [text, document('e', 'Both here.')],
      [code('water')],
      [
        ['a', 'water', 'd', 'One'],
        ['b', 'water', 'd', 'One'],
        ['a', 'water', 'e', 'Both'],
        ['b', 'water', 'e', 'Both'],
        ['c', 'water', 'e', 'Both'],
      ],
    );
    const found = compareCoders(analysis, { unit: 'paragraph', coders: ['a', 'b', 'c'], seed: 1, times: 20 });
    expect(found.overall.alpha.ratings).toBe(4 * 2 + 3);
    expect(found.overall.alpha.value).toBe(1);
    expect(found.overall.fleiss.why).toBe('unequal-raters');
    expect(found.overall.cohen).toBeNull();
  });
});

describe('report', () => {
  const texts = [
    document('d', 'Lake and girls in 2019.', { date: '2019-05', lang: 'en' }),
    document('e', 'Озеро в 2021.', { date: '2021', lang: 'ru' }),
    document('f', 'Lake.'),
  ];
  const analysis = analysisOf(
    texts,
    [code('water'), code('lake', 'water'), code('women')],
    [
      ['a', 'lake', 'd', 'Lake and'],
      ['b', 'lake', 'd', 'Lake and'],
      ['a', 'women', 'd', 'and girls'],
      ['a', 'lake', 'e', 'Озеро'],
      ['a', 'lake', 'f', 'Lake'],
      ['b', 'women', 'e', '2021', 'dropped'],
    ],
  );

  test('a place counts once however many gave it a code, and what was dropped does not', () => {
    const report = codingReport(analysis);
    expect(report).toMatchObject({ codings: 5, passages: 4, documents: 3, dropped: 1 });
    expect(report.codes.map((one) => [one.code, one.passages, one.withBelow, one.codings])).toEqual([
      ['water', 0, 3, 0],
      ['lake', 3, 3, 4],
      ['women', 1, 1, 1],
    ]);
    expect(report.by.year.rows).toEqual([
      { key: '2019', documents: 1, values: [1, 1] },
      { key: '2021', documents: 1, values: [1, 0] },
      { key: null, documents: 1, values: [1, 0] },
    ]);
    expect(report.by.kind.rows.map(({ key, values }) => [key, values])).toEqual([
      ['official', [1, 1]],
      ['press', [2, 0]],
    ]);
    expect(report.pairs).toEqual([{ a: 'lake', b: 'women', passages: 1, documents: 1, jaccard: 0.5 }]);
    expect(codingReport(analysis, { only: ['water'] }).codings).toBe(4);
  });

  test('sums over years, kinds and languages are the same', () => {
    const { by, codes } = codingReport(analysis);
    for (const table of Object.values(by)) {
      const sums = table.codes.map((_, i) => table.rows.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
      expect(sums).toEqual(table.codes.map((id) => codes.find((one) => one.code === id)?.passages));
    }
  });

  test('beside an indicator every year between has a row; a missing value is no zero', () => {
    const joint = jointDisplay(codingReport(analysis), [
      { year: 2018, value: 4 },
      { year: 2020, value: null },
    ]);
    expect(joint.rows).toEqual([
      { year: 2018, documents: 0, passages: [0, 0], value: 4 },
      { year: 2019, documents: 1, passages: [1, 1], value: null },
      { year: 2020, documents: 0, passages: [0, 0], value: null },
      { year: 2021, documents: 1, passages: [1, 0], value: null },
    ]);
    expect(joint.undated).toBe(1);
  });
});

test('languages are told by letters and words', () => {
  expect(['Қорғалжын қорығы', 'Озеро и степь', 'Göl ve bozkır', 'The lake and the steppe', '12 345'].map(guessLanguage)).toEqual([
    'kk',
    'ru',
    'tr',
    'en',
    null,
  ]);
});
