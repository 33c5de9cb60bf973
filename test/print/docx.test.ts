import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawMap } from '../../src/drawing/map.ts';
import { type Block, type Cited, type Figure, type Imprint, plain, type Table } from '../../src/print/blocks.ts';
import { renderDocx } from '../../src/print/docx.ts';
import type { Lang } from '../../src/types.ts';
import { nestedZones } from '../drawing/map-shapes.ts';
import { all, faults, parsed, partsOf, textOf, wordsOf } from './docx-parts.ts';

const imprint: Imprint = { title: 'Придуманный резерват', author: 'Комитет МАБ', date: '2026-11-23' };

const written = (blocks: Block[], lang: Lang = 'en'): Promise<Uint8Array> =>
  renderDocx(blocks, lang, imprint, { pageNumbers: false });
const documentOf = async (blocks: Block[], lang: Lang = 'en') => parsed(textOf(await written(blocks, lang)));

const table = (rows: Cited[][], more: Partial<Table> = {}): Table => ({ kind: 'table', caption: '', head: [], rows, ...more });
const cells = (...texts: string[]): Cited[] => texts.map(plain);
const square = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="9" height="9"/></svg>';
const figure = (more: Partial<Figure> = {}): Figure => ({ kind: 'figure', svg: square, caption: 'A map', ...more });
const text = (words: string, notes: number[] = [], see: string[] = []): Block => ({
  kind: 'text',
  text: { text: words, notes, see },
});
const notes = (...list: string[]): Block => ({ kind: 'notes', title: 'Notes', notes: list });

/** One of each kind of block, with all that can refer to another. */
const whole: Block[] = [
  { kind: 'title', text: 'Reserve', under: 'Periodic review' },
  { kind: 'contents', title: 'Contents', depth: 4 },
  { kind: 'heading', level: 2, id: 'one', text: 'First chapter' },
  { kind: 'hint', text: 'The form asks' },
  text('Lakes cover a third.', [2, 1], ['areas', 'map']),
  { kind: 'heading', level: 3, id: 'two', text: 'Zones' },
  { kind: 'list', items: [{ text: 'item', notes: [2] }] },
  table([cells('core', '1'), [plain('buffer'), { text: '2', notes: [3] }]], {
    id: 'areas',
    caption: 'Areas',
    head: ['Zone', 'ha'],
  }),
  { kind: 'heading', level: 4, id: 'three', text: 'Map' },
  figure({ id: 'map', alt: 'What the map shows' }),
  { kind: 'heading', level: 5, id: 'four', text: 'Register' },
  table([cells('a', 'b')], { caption: 'Lying', landscape: true }),
  { kind: 'gap', text: 'Gap. To be filled' },
  notes('Decree 5', 'https://example.org/a?b=1&c=2.', 'Report (http://example.org/x).'),
];

test('a document with all kinds of blocks is sound in four languages', async () => {
  for (const lang of ['en', 'ru', 'kk', 'tr'] as const) expect(faults(await written(whole, lang))).toEqual([]);
});

test('an empty document is sound', async () => {
  expect(faults(await written([]))).toEqual([]);
});

test('the same blocks give the same bytes, whatever was written before', async () => {
  const first = await written(whole);
  await written([...whole, figure(), text('more', [1])].toReversed());
  expect(await written(whole)).toEqual(first);
});

test('kinds of blocks have styles with names, headings those of Word', async () => {
  const paragraphs = all(await documentOf(whole), 'w:p');
  const styleOf = (words: string): string | undefined => {
    const paragraph = paragraphs.findLast((paragraph) => wordsOf(paragraph) === words);
    return paragraph && all(paragraph, 'w:pStyle')[0]?.attributes['w:val'];
  };
  expect(['Reserve', 'Periodic review', 'First chapter', 'Zones', 'Map', 'Register'].map(styleOf)).toEqual([
    'Title',
    'Subtitle',
    'Heading1',
    'Heading2',
    'Heading3',
    'Heading4',
  ]);
  expect(['The form asks', 'Gap. To be filled', 'Table 1. Areas', 'Figure 1. A map', 'Zone', 'core'].map(styleOf)).toEqual([
    'Hint',
    'Gap',
    'Caption',
    'Caption',
    'TableHead',
    'TableText',
  ]);
});

test.each([
  ['en', 'Table 1. Areas', 'see Table 1, Figure 1', 'SEQ Table'],
  ['ru', 'Таблица 1. Areas', 'см. табл. 1, рис. 1', 'SEQ Таблица'],
  ['kk', '1-кесте. Areas', '1-кестені, 1-суретті қараңыз', 'SEQ Кесте'],
  ['tr', 'Tablo 1. Areas', 'bkz. Tablo 1, Şekil 1', 'SEQ Tablo'],
] as const)(
  'in %s captions and references are in that language, numbers in them are fields',
  async (lang, caption, see, field) => {
    const document = await documentOf(whole, lang);
    const paragraphs = all(document, 'w:p').map(wordsOf);
    expect(paragraphs).toContain(caption);
    expect(paragraphs).toContainEqual(expect.stringContaining(`Lakes cover a third (${see}).`));
    const fields = all(document, 'w:instrText').map(({ children }) => children.join(''));
    expect(fields).toContain(`${field} \\* ARABIC`);
    expect(fields).toEqual(expect.arrayContaining(['REF _Ref_table_1 \\h', 'REF _Ref_figure_1 \\h']));
  },
);

test('a list never begins a section: LibreOffice would run its items together', async () => {
  const list: Block = { kind: 'list', items: [{ text: 'One', notes: [] }] };
  const document = await documentOf([table([cells('b')], { landscape: true }), list]);
  const paragraphs = all(document, 'w:p');
  const item = paragraphs.findIndex((paragraph) => wordsOf(paragraph) === 'One');
  expect(paragraphs[item - 1] && all(paragraphs[item - 1] as (typeof paragraphs)[number], 'w:sectPr')).toEqual([]);
});

test('the language of the text and of the file is told', async () => {
  const bytes = await written([text('мәтін')], 'kk');
  expect(textOf(bytes, 'word/styles.xml')).toContain('<w:lang w:val="kk-KZ"');
  const core = textOf(bytes, 'docProps/core.xml');
  expect(core).toContain('<dc:language>kk-KZ</dc:language>');
  expect(core).toContain(`<dc:title>${imprint.title}</dc:title><dc:creator>${imprint.author}</dc:creator>`);
  expect(core.match(/2026-11-23T00:00:00Z/g)).toHaveLength(2);
});

test('contents are there before fields are worked out, each entry a link to its heading', async () => {
  const document = await documentOf(whole);
  const [contents] = all(document, 'w:sdt');
  const entries = all(contents as NonNullable<typeof contents>, 'w:hyperlink');
  expect(entries.map(wordsOf)).toEqual(['First chapter', 'Zones', 'Map']);
  expect(entries.map((entry) => all(entry, 'w:instrText').map(({ children }) => children.join('')))).toEqual([
    ['PAGEREF _Toc1 \\h'],
    ['PAGEREF _Toc2 \\h'],
    ['PAGEREF _Toc3 \\h'],
  ]);
  expect(all(document, 'w:updateFields')).toEqual([]);
});

test('page numbers of the contents are those of the pages', async () => {
  const long = (i: number): Block[] => [
    { kind: 'heading', level: 2, id: `h${i}`, text: `Chapter ${'ABC'[i]}` },
    // some 37 lines with their spacing go on a page
    ...Array.from({ length: 90 }, () => text('one line')),
  ];
  const bytes = await renderDocx([{ kind: 'contents', title: 'Contents', depth: 2 }, ...[0, 1, 2].flatMap(long)], 'en', imprint);
  const pages = all(parsed(textOf(bytes)), 'w:hyperlink').map((entry) => Number(/\d+$/.exec(wordsOf(entry))?.[0]));
  expect(pages).toEqual([1, 3, 6]);
});

test('a note is a footnote where it is cited first, later its number is a reference; Word counts in the order of citing', async () => {
  const blocks = [text('a', [3]), text('b', [1, 3]), table([[{ text: 'c', notes: [3, 3, 2] }]]), notes('one', 'two', 'three')];
  const bytes = await written(blocks);
  expect(faults(bytes)).toEqual([]);
  const shown = all(parsed(textOf(bytes, 'word/footnotes.xml')), 'w:footnote')
    .map(wordsOf)
    .filter((words) => words !== '');
  expect(shown).toEqual(['three', 'one', 'two']);
  const document = parsed(textOf(bytes));
  expect(all(document, 'w:p').map(wordsOf).slice(0, 3)).toEqual(['a', 'b,1', 'c1,']);
  expect(all(document, 'w:instrText').map(({ children }) => children.join(''))).toEqual(
    Array(2).fill('NOTEREF _Ref_note_1 \\f \\h'),
  );
  expect(all(document, 'w:bookmarkStart')).toHaveLength(1);
});

test('the notes block is not printed again, but a note that nothing cites is not lost', async () => {
  const paragraphs = async (cited: number[]): Promise<string[]> =>
    all(await documentOf([text('a', cited), notes('one', 'two')]), 'w:p').map(wordsOf);
  expect(await paragraphs([1, 2])).toEqual(['a,']);
  expect(await paragraphs([2])).toEqual(['a', 'Notes', 'one']);
});

test('addresses in footnotes are links, without the full stop after them', async () => {
  const bytes = await written(whole);
  const links = all(parsed(textOf(bytes, 'word/footnotes.xml')), 'w:hyperlink').map(wordsOf);
  expect(links).toEqual(['https://example.org/a?b=1&c=2', 'http://example.org/x']);
  const relations = all(parsed(textOf(bytes, 'word/_rels/footnotes.xml.rels')), 'Relationship');
  expect(relations.map(({ attributes }) => attributes.Target)).toEqual(links);
});

test('an address that is none stays text', async () => {
  const bytes = await written([text('a', [1]), notes('see http://[::bad and https://%')]);
  expect(faults(bytes)).toEqual([]);
  expect(textOf(bytes, 'word/footnotes.xml')).not.toContain('w:hyperlink');
});

test('a table that lies on its side has a section of its own; the header is set once and passes on', async () => {
  const sections = all(await documentOf([text('a'), table([cells('b')], { landscape: true }), text('c')]), 'w:sectPr');
  expect(sections.map((section) => all(section, 'w:pgSz')[0]?.attributes['w:orient'])).toEqual([
    'portrait',
    'landscape',
    'portrait',
  ]);
  expect(sections.map((section) => all(section, 'w:headerReference').length)).toEqual([2, 0, 0]);
  const [lying] = all(sections[1] as NonNullable<(typeof sections)[1]>, 'w:pgSz');
  expect([lying?.attributes['w:w'], lying?.attributes['w:h']]).toEqual(['16838', '11906']);
  const beside = [table([cells('a')], { landscape: true }), table([cells('b')], { landscape: true })];
  expect(all(await documentOf(beside), 'w:sectPr')).toHaveLength(1);
});

test('heads are repeated on each page, rows stay whole, figures stand at the end of their cells', async () => {
  const rows = all(
    await documentOf([table([cells('a', '1', 'b')], { head: ['x', 'y', 'z'], align: ['start', 'end', 'start'] })]),
    'w:tr',
  );
  expect(rows.map((row) => all(row, 'w:tblHeader').length)).toEqual([1, 0]);
  expect(rows.map((row) => all(row, 'w:cantSplit').length)).toEqual([1, 1]);
  expect(rows.map((row) => all(row, 'w:jc').map(({ attributes }) => attributes['w:val']))).toEqual([
    ['left', 'right', 'left'],
    ['left', 'right', 'left'],
  ]);
});

test('tables without rows, without head, of one cell, ragged, and of a thousand rows are sound', async () => {
  const thousand = Array.from({ length: 1000 }, (_, i) => [plain(String(i)), { text: `row ${i}`, notes: [1] }]);
  const blocks = [
    table([]),
    table([], { caption: 'Empty' }),
    table([], { head: ['only', 'a head'] }),
    table([cells('one')]),
    table([[], cells('a', 'b', 'c'), cells('d')], { head: ['x', 'y'] }),
    table(thousand, { head: ['n', 'row'] }),
    notes('a'),
  ];
  const bytes = await written(blocks);
  expect(faults(bytes)).toEqual([]);
  const tables = all(parsed(textOf(bytes)), 'w:tbl').map((found) => [all(found, 'w:tr').length, all(found, 'w:gridCol').length]);
  expect(tables).toEqual([
    [1, 2],
    [1, 1],
    [4, 3],
    [1001, 2],
  ]);
});

test('more columns than Word has are refused', async () => {
  await expect(written([table([Array.from({ length: 64 }, () => plain('x'))])])).rejects.toThrow('63');
});

test('a figure has its size on paper, a picture of 300 dots to the inch and words for those who do not see it', async () => {
  const svg = drawMap({
    zones: nestedZones([69.2, 50.4]),
    lang: 'en',
    title: 'Map',
    date: '2026-11-23',
    source: 'test',
    width: 720,
  });
  const bytes = await written([figure({ svg, alt: 'Zones in "green" & yellow' })]);
  expect(faults(bytes)).toEqual([]);
  const document = parsed(textOf(bytes));
  const { cx, cy } = all(document, 'wp:extent')[0]?.attributes ?? {};
  const png = [...partsOf(bytes)].find(([name]) => name.endsWith('.png'))?.[1] ?? new Uint8Array(24);
  const view = new DataView(png.buffer, png.byteOffset);
  const dpi = (dots: number, emu: string | undefined): number => dots / (Number(emu) / 914_400);
  expect(dpi(view.getUint32(16), cx)).toBeCloseTo(300, -1);
  expect(dpi(view.getUint32(20), cy)).toBeCloseTo(300, -1);
  expect(Number(cx) / 36_000).toBeCloseTo(167, 0);
  const { descr, title } = all(document, 'wp:docPr')[0]?.attributes ?? {};
  expect([title, descr]).toEqual(['A map', 'Zones in "green" & yellow']);
});

test('text is text: marks of XML stay, what XML cannot hold is left out, line ends become breaks', async () => {
  const hard = '<w:p/> & "quotes" \u0000\u0008\u001f\ud800 </w:t> \u{1f98c} שלום مرحبا ұ\u0308';
  const seen = '<w:p/> & "quotes" \ufffd </w:t> \u{1f98c} שלום مرحبا ұ\u0308';
  const blocks: Block[] = [
    { kind: 'title', text: hard, under: hard },
    { kind: 'contents', title: 'Contents', depth: 3 },
    { kind: 'heading', level: 2, id: hard, text: hard },
    { kind: 'hint', text: hard },
    { kind: 'gap', text: hard },
    text(hard, [1]),
    table([cells(hard)], { caption: hard, head: [hard] }),
    figure({ caption: hard, alt: hard }),
    notes(hard),
  ];
  const bytes = await renderDocx(blocks, 'en', { title: hard, author: hard, date: '2026-11-23' });
  expect(faults(bytes)).toEqual([]);
  const shown = all(parsed(textOf(bytes)), 'w:p')
    .map(wordsOf)
    .filter((words) => words.includes('quotes'));
  expect(shown.filter((words) => words.endsWith(seen))).toHaveLength(11);
  const broken = await documentOf([text('a\nb\r\nc\vd')]);
  expect(all(broken, 'w:br')).toHaveLength(3);
});

test('a reference to what is not there is a fault of ours and told', async () => {
  await expect(written([text('a', [2]), notes('one')])).rejects.toThrow('note 2 is cited, but there are 1');
  await expect(written([text('a', [], ['areas'])])).rejects.toThrow('"areas"');
  await expect(renderDocx([], 'en', { ...imprint, date: 'yesterday' })).rejects.toThrow('not a date');
});

test('random blocks make sound documents, the same twice', async () => {
  const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.lorem({ maxCount: 12 }), fc.constant('ұ'.repeat(300)));
  const cited = fc.record({
    text: words,
    notes: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
    see: fc.subarray(['t']),
  });
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constant('title'), text: words, under: words }),
    fc.record({ kind: fc.constant('contents'), title: words, depth: fc.constantFrom(2, 3, 4, 5) }),
    fc.record({ kind: fc.constant('heading'), level: fc.constantFrom(2, 3, 4, 5), id: words, text: words }),
    fc.record({ kind: fc.constantFrom('hint', 'gap'), text: words }),
    fc.record({ kind: fc.constant('text'), text: cited }),
    fc.record({ kind: fc.constant('list'), items: fc.array(cited, { maxLength: 3 }) }),
    fc.record({
      kind: fc.constant('table'),
      caption: words,
      head: fc.array(words, { maxLength: 5 }),
      rows: fc.array(fc.array(cited, { maxLength: 5 }), { maxLength: 5 }),
      landscape: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('figure'), svg: fc.constant(square), caption: words, alt: fc.constant('shown') }),
  ) as fc.Arbitrary<Block>;
  const fixed: Block[] = [table([cells('x')], { id: 't', caption: 'T' }), notes('one', 'two https://example.org', 'three', '')];
  await fc.assert(
    fc.asyncProperty(fc.array(block, { maxLength: 12 }), fc.constantFrom<Lang>('en', 'ru', 'kk', 'tr'), async (blocks, lang) => {
      const bytes = await written([...blocks, ...fixed], lang);
      expect(faults(bytes)).toEqual([]);
      expect(await written([...blocks, ...fixed], lang)).toEqual(bytes);
    }),
    { numRuns: 40, seed: 4 },
  );
});
