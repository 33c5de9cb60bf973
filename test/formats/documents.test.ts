/** Documents as text: formats, encodings, pages, damaged files. */
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/formats/document.ts';
import { pageAt, plainLines, textBuilder } from '../../src/formats/document-text.ts';
import { Problem } from '../../src/problems.ts';
import { pdfOf } from './pdf-of.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (name: string, bytes: Uint8Array | string) =>
  readDocument({ name, bytes: typeof bytes === 'string' ? utf8(bytes) : bytes });

async function codeOf(name: string, bytes: Uint8Array | string): Promise<string> {
  try {
    await read(name, bytes);
    return 'read';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

function docxOf(body: string, parts: Record<string, string> = {}): Uint8Array {
  const document = `<?xml version="1.0"?><w:document xmlns:w="${W}" xmlns:mc="x"><w:body>${body}</w:body></w:document>`;
  const files = { '[Content_Types].xml': '<Types/>', 'word/document.xml': document, ...parts };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, utf8(text)])));
}

const p = (text: string, properties = ''): string => `<w:p>${properties}<w:r><w:t>${text}</w:t></w:r></w:p>`;

describe('PDF', () => {
  test('pages are counted, lines of a paragraph stay together, pages without text are named', async () => {
    const { text, pages, notes, format } = await read(
      'a.pdf',
      pdfOf([['The lake rose to 42 m', 'in the year 2019.'], [], ['Second part of the report.']]),
    );
    expect(format).toBe('pdf');
    expect(text).toBe('The lake rose to 42 m\nin the year 2019.\n\nSecond part of the report.');
    expect(pages).toHaveLength(3);
    expect(pageAt(pages, text.indexOf('Second'))).toBe(3);
    expect(pageAt(pages, text.indexOf('rose'))).toBe(1);
    expect(notes).toEqual([{ code: 'pages-empty', details: { count: 1, pages: '2', of: 3 } }]);
  });

  test('a scan is said to be one, a cut file is damaged, and no file of another kind is taken', async () => {
    expect(await codeOf('scan.pdf', pdfOf([[], []]))).toBe('document-scanned');
    expect(await codeOf('cut.pdf', utf8('%PDF-1.4\n1 0 obj'))).toBe('document-damaged');
    expect(await codeOf('photo.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]))).toBe('document-kind');
    expect(await codeOf('old.doc', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]))).toBe('document-kind');
    expect(await codeOf('sheet.zip', zipSync({ 'a.txt': utf8('a') }))).toBe('document-kind');
    expect(await codeOf('empty.txt', '')).toBe('document-empty');
    expect(await codeOf('blank.txt', ' \n … ')).toBe('document-empty');
  });
});

describe('Word', () => {
  test('headings, tables and footnotes are text; what was deleted is not', async () => {
    const styles = `<w:styles xmlns:w="${W}"><w:style w:styleId="Zag1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Own"><w:basedOn w:val="Zag1"/></w:style></w:styles>`;
    const footnotes = `<w:footnotes xmlns:w="${W}"><w:footnote w:id="2">${p('Казгидромет, 2019')}</w:footnote></w:footnotes>`;
    const body =
      p('Цели', '<w:pPr><w:pStyle w:val="Own"/></w:pPr>') +
      '<w:p><w:r><w:t>Озеро</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>море</w:delText></w:r></w:del><w:ins><w:r><w:t> растёт.</w:t></w:r></w:ins></w:p>' +
      `<w:tbl><w:tr><w:tc>${p('a')}</w:tc><w:tc>${p('b')}</w:tc></w:tr><w:tr><w:tc>${p('1')}</w:tc><w:tc>${p('2')}${p('3')}</w:tc></w:tr></w:tbl>` +
      '<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:t>box</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>';
    const { text, headings, notes, pages } = await read(
      'a.docx',
      docxOf(body, { 'word/styles.xml': styles, 'word/footnotes.xml': footnotes }),
    );
    expect(text).toBe('Цели\n\nОзеро[1] растёт.\n\na\tb\n1\t2 3\n\nbox\n\n[1] Казгидромет, 2019');
    expect(headings).toEqual([{ level: 1, start: 0, text: 'Цели' }]);
    expect(notes).toEqual([{ code: 'deleted-left-out', details: { count: 1 } }]);
    expect(pages).toBeNull();
  });

  test('pages are those that Word laid out last', async () => {
    const broken = '<w:p><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>';
    const { text, pages } = await read('a.docx', docxOf(broken));
    expect(pages?.map((at) => text.slice(at))).toEqual(['one\n\ntwo', 'two']);
  });

  test('a document with entities of its own is refused', async () => {
    const bomb = `<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document xmlns:w="${W}"><w:body/></w:document>`;
    expect(await codeOf('bomb.docx', zipSync({ 'word/document.xml': utf8(bomb) }))).toBe('xml-entities');
  });
});

describe('web pages, Markdown and text', () => {
  test('a page is what a reader sees, in the encoding that it names', async () => {
    const html =
      '<!doctype html><html lang="ru"><head><meta charset="windows-1251"><title>Новости</title><style>p{}</style></head><body><h2>Арал</h2><p>Посажен  <b>саксаул</b>.<br>Да.<script>x()</script><table><tr><td>1</td><td>2</td></tr></table></body></html>';
    const bytes = Uint8Array.from(
      [...html].map((sign) => ('А' <= sign && sign <= 'я' ? sign.charCodeAt(0) - 0x0410 + 0xc0 : sign.charCodeAt(0))),
    );
    const { text, title, lang, headings } = await read('a.html', bytes);
    expect(text).toBe('Арал\n\nПосажен саксаул.\nДа.\n\n1\t2');
    expect({ title, lang }).toEqual({ title: 'Новости', lang: 'ru' });
    expect(headings).toEqual([{ level: 2, start: 0, text: 'Арал' }]);
  });

  test('pages nested without end are read', async () => {
    const { text } = await read('deep.html', `<html><body>${'<div>'.repeat(5000)}deep${'</div>'.repeat(5000)}</body></html>`);
    expect(text).toBe('deep');
  });

  test('Markdown loses its marks and keeps its words; front matter names title and date', async () => {
    const { text, title, date } = await read(
      'a.md',
      '---\ntitle: "Қорғалжын"\ndate: 2019-05-30\n---\n# Көлдер\n\nБір *екі* [үш](http://x).\n',
    );
    expect(text).toBe('Көлдер\n\nБір екі үш.');
    expect({ title, date }).toEqual({ title: 'Қорғалжын', date: '2019-05-30' });
  });

  test.each([
    ['windows-1251', [0xce, 0xe7, 0xe5, 0xf0, 0xee, 0x20, 0xe2, 0x20, 0xf1, 0xf2, 0xe5, 0xef, 0xe8], 'Озеро в степи'],
    ['utf-16le', [0xff, 0xfe, 0x1e, 0x04, 0x37, 0x04], 'Оз'],
    ['utf-8 with mark', [0xef, 0xbb, 0xbf, 0xd0, 0x9e], 'О'],
  ])('text in %s', async (_, bytes, expected) => {
    expect((await read('a.txt', Uint8Array.from(bytes))).text).toBe(expected);
  });

  test('line ends are one sign, form feeds part pages, places are code points', async () => {
    const { text, pages } = await read('a.txt', '🌱 a\r\nb\fc');
    expect(text).toBe('🌱 a\nb\nc');
    expect(pages).toEqual([0, 6]);
    expect(plainLines('\uFEFFa\r\nb\rc\u2028d')).toBe('a\nb\nc\nd');
  });
});

test('headings stand where they say, whatever comes before them', () => {
  const parts = fc.array(
    fc.tuple(fc.constantFrom('heading', 'text', 'blank'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(parts, (list) => {
      const builder = textBuilder();
      for (const [kind, text] of list) {
        if (kind === 'heading') builder.heading(1);
        if (kind !== 'blank') builder.add(text);
        builder.paragraph();
      }
      const { text, headings } = builder.done();
      const points = Array.from(text);
      for (const heading of headings) {
        const there = points.slice(heading.start).join('').replace(/\s+/g, ' ');
        expect(there.startsWith(heading.text)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('damaged files are read or refused in a sentence, never otherwise', async () => {
  const whole = [
    docxOf(p('Озеро')),
    pdfOf([['The lake rose to 42 m in the year 2019.']]),
    utf8('<html><body><p>x</p></body></html>'),
  ];
  const damage = fc.tuple(fc.constantFrom(...whole), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }), fc.nat());
  await fc.assert(
    fc.asyncProperty(damage, async ([bytes, changes, cut]) => {
      const damaged = bytes.slice(0, 1 + (cut % bytes.length));
      for (const [at, value] of changes) damaged[at % damaged.length] = value;
      expect(typeof (await codeOf('x', damaged))).toBe('string');
    }),
    { numRuns: 80 },
  );
});
