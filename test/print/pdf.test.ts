import fc from 'fast-check';
import { getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { type Block, plain } from '../../src/print/blocks.ts';
import { renderPdf } from '../../src/print/pdf.ts';
import { pdfData } from '../../src/print/pdf-data.ts';
import { imprint, letters, map, smallReview } from './pdf-fixture.ts';

type Reader = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Text of a page as a reader copies it, without spaces: where lines end is a matter of layout. */
async function textOf(reader: Reader, page: number): Promise<string> {
  const { items } = await (await reader.getPage(page)).getTextContent();
  return tight(items.map((item) => ('str' in item ? item.str : '')).join(''));
}

async function texts(reader: Reader): Promise<string[]> {
  return Promise.all(Array.from({ length: reader.numPages }, (_, i) => textOf(reader, i + 1)));
}

const tight = (text: string): string => text.replace(/\s/gu, '');

const open = async (bytes: Uint8Array): Promise<Reader> => getDocumentProxy(bytes.slice());

const small = await renderPdf(smallReview('kk'), 'kk', imprint);
const reader = await open(small);
const pages = await texts(reader);

/** Elements of the structure of a page that have this role. */
async function withRole(page: number, role: string): Promise<{ role: string; alt?: string }[]> {
  const found: { role: string; alt?: string }[] = [];
  const visit = (node: unknown): void => {
    const { role: own, children = [] } = node as { role?: string; children?: unknown[] };
    if (own === role) found.push(node as { role: string });
    children.forEach(visit);
  };
  visit(await (await reader.getPage(page)).getStructTree());
  return found;
}

test.each(languages)('pdf: the letters of %s come back as they were written', async (lang) => {
  const document = await open(await renderPdf([{ kind: 'text', text: plain(letters[lang]) }], lang, imprint));
  expect(await textOf(document, 1)).toContain(tight(letters[lang]));
});

test('pdf: has its title, author, day and language, is tagged, and is set in A4', async () => {
  const { info } = await reader.getMetadata();
  expect(info).toMatchObject({ Title: imprint.title, Author: imprint.author, Language: 'kk', CreationDate: 'D:20261123000000Z' });
  expect(await reader.getMarkInfo()).toMatchObject({ Marked: true });
  expect((await reader.getPage(1)).view.map(Math.round)).toEqual([0, 0, 595, 842]);
});

test('pdf: bookmarks are the headings, none a step too low', async () => {
  type Mark = { title: string; items: Mark[] };
  const titles = (marks: Mark[]): unknown[] => marks.map(({ title, items }) => [title, titles(items)]);
  expect(titles((await reader.getOutline()) ?? [])).toEqual([
    ['Part one', [['Name', [['Below', []]]]]],
    [
      'Part two',
      [
        ['Wide things', []],
        ['Upright again', []],
      ],
    ],
  ]);
});

test('pdf: the contents list the headings with the pages they are on, which are numbered from the title page', async () => {
  expect(await reader.getPageLabels()).toEqual(pages.map((_, i) => String(i + 1)));
  const at = pages.findIndex((text, i) => i > 1 && text.includes('Parttwo'));
  expect(pages[1]).toMatch(new RegExp(`Parttwo[.]*${at + 1}`));
  expect(pages[2]).toContain(`${pages.length}беттің3-беті`);
  expect(pages[0]).not.toContain('беттің');
});

test('pdf: a note stands once, on the page where it is cited first', () => {
  expect(pages[2]).toContain('1Declared(https://example.org/a?b=1&c=2).');
  expect(pages[2]).toContain('2Computed:run-7');
  expect(pages.join('').split('Declared(https').length).toBe(2);
  expect(pages.findIndex((text) => text.includes('3Stafflist,row60'))).toBe(pages.findIndex((text) => text.includes('20191393')));
});

test('pdf: addresses in notes can be followed, and so can what the text refers to', async () => {
  const links = await (await reader.getPage(3)).getAnnotations();
  expect(links.map(({ url }) => url)).toContain('https://example.org/a?b=1&c=2');
  expect(links.filter(({ dest }) => Array.isArray(dest)).length).toBeGreaterThanOrEqual(2);
  expect(pages[2]).toContain('(1-кестені,1-суреттіқараңыз)1,2');
});

test('pdf: captions are numbered in the language of the document', () => {
  expect(pages.join('')).toContain('1-сурет.Zonation');
  expect(pages.join('')).toContain('1-кесте.Staffbyyear');
});

test('pdf: drawings say what they show; headings, lists and tables are known as such', async () => {
  const all = async (role: string) => (await Promise.all(pages.map((_, i) => withRole(i + 1, role)))).flat();
  expect((await all('Figure')).map(({ alt }) => alt)).toContain('Three zones, one in the other');
  for (const role of ['H1', 'H2', 'H3', 'L', 'Table', 'TH', 'TOC', 'Note'])
    expect([role, (await all(role)).length > 0]).toEqual([role, true]);
});

test('pdf: a wide table lies on pages of its own below its heading, with its head on each', async () => {
  const lying = await Promise.all(
    pages.map(async (_, i) => {
      const [, , width = 0, height = 0] = (await reader.getPage(i + 1)).view;
      return width > height;
    }),
  );
  const sheets = pages.filter((_, i) => lying[i]);
  expect(sheets.length).toBeGreaterThan(1);
  for (const sheet of sheets) expect(sheet).toContain('YearStaff');
  expect(sheets[0]).toContain('Widethings');
  expect(pages[lying.lastIndexOf(true) + 1]).toContain('Uprightagain');
});

test('pdf: what leads to something stays on a page with it: headings, what is asked, captions', async () => {
  const blocks = Array.from({ length: 60 }, (_, i): Block[] => [
    { kind: 'heading', level: 2, id: `h${i}`, text: 'Heading' },
    { kind: 'hint', text: 'Asked' },
    { kind: 'heading', level: 3, id: `g${i}`, text: 'Below' },
    { kind: 'hint', text: 'Asked' },
    i % 3 === 0 ? { kind: 'gap', text: 'End' } : { kind: 'table', caption: 'Caption', head: ['Head'], rows: [[plain('End')]] },
  ]);
  const document = await open(await renderPdf(blocks.flat(), 'tr', imprint));
  const bodies = (await texts(document)).map((text) => text.replace(/Sayfa\d+\/\d+/, '').replace('Invented·Review', ''));
  expect(bodies.length).toBeGreaterThan(5);
  for (const body of bodies) expect(body).toMatch(/^Heading.*End$/);
});

test('pdf: words that are too long for their place are broken without a trace in the text', async () => {
  expect(pages.join('')).toContain(`SHA-256${'ab'.repeat(32)}`);
  const word = 'қ'.repeat(300);
  const rows = [Array.from({ length: 9 }, () => plain(word))];
  const document = await open(await renderPdf([{ kind: 'table', caption: '', head: [], rows }], 'kk', imprint));
  expect(document.numPages).toBe(1);
  expect((await textOf(document, 1)).match(/қ/g)?.length).toBe(9 * 300);
});

test('pdf: the same bytes for the same blocks, whatever was set before', async () => {
  await renderPdf(smallReview('en'), 'en', { ...imprint, title: 'Another' });
  expect(await renderPdf(smallReview('kk'), 'kk', imprint)).toEqual(small);
});

const NASTY = [
  '#set page()',
  '$x$',
  '@ref',
  '*bold*',
  '_it_',
  '`raw`',
  '= no heading',
  '- no item',
  '\\',
  '"',
  "'",
  '<label>',
  '//',
  '/* */',
  '#import "x": y',
  '#{panic()}',
  '--',
  '...',
  '~',
  '[',
  ']',
  '{',
  '}',
  'https://example.org',
  '\\u{41}',
  '{page}',
  '$' + '{x}',
  '&amp;',
];
const SHOWN = /[^\s\u00ad]/gu;
const shown = (text: string): string => (text.match(SHOWN) ?? []).join('');

test('pdf: text is never taken for markup, wherever it stands', async () => {
  const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(fc.array(nasty, { minLength: 12, maxLength: 12 }), async (given) => {
      const at = (i: number): string => `${given[i]}¦`;
      const blocks: Block[] = [
        { kind: 'title', text: at(0), under: at(1) },
        { kind: 'heading', level: 2, id: at(2), text: at(2) },
        { kind: 'hint', text: at(3) },
        { kind: 'text', text: { text: at(4), notes: [1], see: [at(5)] } },
        { kind: 'list', items: [plain(at(6))] },
        { kind: 'gap', text: at(7) },
        { kind: 'table', id: at(5), caption: at(8), head: [at(9)], rows: [[plain(at(10))]] },
        { kind: 'notes', title: '', notes: [at(11)] },
      ];
      const document = await open(await renderPdf(blocks, 'en', { ...imprint, title: at(0), author: at(1) }));
      const text = (await texts(document)).join('');
      for (const i of [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]) expect(text).toContain(shown(at(i)));
      expect((await document.getMetadata()).info).toMatchObject({ Title: at(0).replace(/ +/g, ' ').trim() });
    }),
    { numRuns: 12, seed: 4 },
  );
});

test('pdf: control characters, halves of characters and empty texts do no harm', async () => {
  const odd = 'a\u0000\u0007b\ud800c\ue000d\r\ne\u2028f';
  const document = await open(
    await renderPdf(
      [
        { kind: 'title', text: '', under: '' },
        { kind: 'heading', level: 2, id: '', text: '' },
        { kind: 'text', text: plain(odd) },
        { kind: 'text', text: plain('') },
        { kind: 'list', items: [] },
        { kind: 'table', caption: '', head: [], rows: [] },
        { kind: 'table', caption: 'Nothing', head: ['', ''], rows: [[], [plain(odd)]] },
        { kind: 'notes', title: '', notes: [] },
      ],
      'en',
      { title: odd, author: '', date: '2026-11-23' },
    ),
  );
  expect((await texts(document)).join('')).toContain('ab\ufffdcdef');
});

test('pdf: a note that nothing cites is not lost', async () => {
  const document = await open(await renderPdf([{ kind: 'notes', title: 'Sources', notes: ['Only here'] }], 'en', imprint));
  expect((await texts(document)).join('')).toContain('Sources1.Onlyhere');
});

test('pdf: a drawing is never wider than the text, nor higher than a page', () => {
  const figure = (svg: string): Block => ({ kind: 'figure', svg, caption: '' });
  const widths = [
    map('en'),
    '<svg width="10000" height="100" viewBox="0 0 10000 100"></svg>',
    '<svg width="100" height="10000"></svg>',
    '<svg viewBox="0 0 300 30000"></svg>',
    '<svg></svg>',
    '<svg width="200" height="100"></svg>',
  ].map((svg) => {
    const [drawn] = pdfData([figure(svg)], 'en', imprint).sheets.flatMap(({ blocks }) => blocks as { width: number }[]);
    return drawn?.width ?? 0;
  });
  for (const width of widths) expect(width).toBeLessThanOrEqual(482);
  expect(widths.slice(2)).toEqual([6.2, 6.2, 361.5, 150]);
});

test('pdf: what is referred to has to be there', async () => {
  const text = (notes: number[], see: string[]): Block[] => [{ kind: 'text', text: { text: '', notes, see } }];
  await expect(renderPdf(text([1], []), 'en', imprint)).rejects.toThrow('note 1 is cited, but there are 0');
  await expect(renderPdf(text([], ['x']), 'en', imprint)).rejects.toThrow('has the id "x"');
  await expect(renderPdf([], 'en', { ...imprint, date: 'today' })).rejects.toThrow(RangeError);
});
