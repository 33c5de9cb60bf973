/** Projects of other programs: ways of counting, missing texts, odd names, and the way there and back. */
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../src/evidence/analysis.ts';
import { exportedProject } from '../../src/evidence/qda-export.ts';
import { type ImportedProject, importedProject } from '../../src/evidence/qda-import.ts';
import { plainLines } from '../../src/formats/document-text.ts';
import { readProject, readQdc, readQdpx } from '../../src/formats/qda.ts';
import { countProject, type QdaProject } from '../../src/formats/qda-nouns.ts';
import { writeProject, writeQdc, writeQdpx } from '../../src/formats/qda-writer.ts';
import { Problem } from '../../src/problems.ts';
import { mutated } from '../formats/mutate.ts';
import { pdfOf } from '../formats/pdf-of.ts';

const nothing: Analysis = { sources: [], texts: [], codes: [], coders: [], passages: [], codings: [], memos: [], projects: [] };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

interface Selection {
  start: number;
  end: number;
  name: string;
}

const xmlText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');

function projectXml(selections: readonly Selection[], { path = `internal://${guid(9)}.txt`, extra = '' } = {}): string {
  const listed = selections
    .map(
      ({ start, end, name }, i) =>
        `<PlainTextSelection guid="${guid(100 + i)}" name="${xmlText(name)}" startPosition="${start}" endPosition="${end}" creatingUser="${guid(1)}"><Coding guid="${guid(200 + i)}" creatingUser="${guid(1)}"><CodeRef targetGUID="{${guid(2).toUpperCase()}}"/></Coding></PlainTextSelection>`,
    )
    .join('');
  return `<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="other"><Users><User guid="${guid(1)}" name="A"/></Users>
<CodeBook><Codes><Code guid="${guid(2)}" name="water" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="${guid(3)}" name="report" plainTextPath="${path}">${listed}</TextSource></Sources>${extra}</Project>`;
}

const qdpx = (files: Record<string, string | Uint8Array>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, of]) => [name, typeof of === 'string' ? utf8(of) : of])));

const imported = (bytes: Uint8Array, known = nothing): Promise<ImportedProject> =>
  importedProject(readQdpx({ name: 'p.qdpx', bytes }), { file: 'p.qdpx', known });

describe('places', () => {
  const words = fc.array(fc.constantFrom('lake ', '🌱 ', 'Арал ', '672 000 га ', 'zone.\r\n', 'core\r\n\r\n'), {
    minLength: 12,
    maxLength: 40,
  });

  test('are the same by every way of counting that programs use, as long as the names are the quotes', async () => {
    const ways = fc.record({
      unit: fc.constantFrom('code-point', 'utf-16'),
      lines: fc.constantFrom('as-is', 'lf'),
      mark: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        words,
        ways,
        fc.nat(),
        fc.integer({ min: 12, max: 30 }),
        async (list, { unit, lines, mark }, from, size) => {
          const raw = `${list.map((word, i) => `${i} ${word}`).join('')}the end of it`;
          const text = plainLines(raw);
          const points = Array.from(text);
          const start = from % (points.length - size);
          const wanted = [start, Math.min(points.length, start + size)] as const;
          const quote = points.slice(...wanted).join('');
          fc.pre(/\S/.test(quote));
          const counted = (point: number): number => {
            const before = points.slice(0, point).join('');
            const own = lines === 'lf' ? before : before.replaceAll('\n', '\r\n');
            return (unit === 'utf-16' ? own.length : Array.from(own).length) + (mark ? 1 : 0);
          };
          const xml = projectXml([{ start: counted(wanted[0]), end: counted(wanted[1]), name: quote }]);
          const { rows, issues } = await imported(
            qdpx({ 'project.qde': xml, [`sources/${guid(9)}.txt`]: `${mark ? '\uFEFF' : ''}${raw}` }),
          );
          const [passage] = rows.passages;
          // blanks at either end say nothing: a place that differs by them alone is the same
          const trimmed = (a: number, b: number): string => points.slice(a, b).join('').trim();
          expect(trimmed(passage?.start ?? 0, passage?.end ?? 0)).toBe(quote.trim());
          expect(Math.abs((passage?.start ?? -99) - wanted[0])).toBeLessThan(4);
          expect(issues.counts.error).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  const TEXT = 'На дне Арала посажен саксаул 🌱 на площади 672 000 га. Доля женщин 55,7 %.';
  const archive = (...selections: Selection[]): Uint8Array =>
    qdpx({ 'project.qde': projectXml(selections), [`sources/${guid(9)}.txt`]: TEXT });

  test('a name that is the beginning of its quote leaves the length to the offsets', async () => {
    const { rows } = await imported(archive({ start: 21, end: 52, name: 'саксаул 🌱 на пло…' }));
    expect(rows.passages[0]).toMatchObject({ start: 21, end: 52, quote: 'саксаул 🌱 на площади 672 000 га', anchored: 'sure' });
  });

  test('a quote that stands elsewhere is found there and told; one that stands nowhere is told as an error', async () => {
    const { rows, issues, placed } = await imported(
      archive(
        { start: 0, end: 13, name: 'На дне Арала ' },
        { start: 3, end: 16, name: 'Доля женщин 55,7 %' },
        { start: 3, end: 12, name: 'ничего такого здесь' },
      ),
    );
    expect(rows.passages.map(({ quote, anchored }) => [quote, anchored])).toEqual([
      ['На дне Арала ', 'sure'],
      ['Доля женщин 55,7 %', 'check'],
      ['дне Арала', 'check'],
    ]);
    expect(placed).toMatchObject({ given: 1, found: 1, contradicted: 1 });
    expect([issues.lists.warning, issues.lists.error].map((list) => list.map(({ code }) => code))).toEqual([
      ['qda-passage-moved'],
      ['qda-passage-contradicted'],
    ]);
  });

  test('labels in place of quotes are not compared, and offsets outside the text place nothing', async () => {
    const { rows, placed } = await imported(
      archive({ start: 3, end: 12, name: 'Reference 1' }, { start: 900, end: 910, name: 'Reference 2' }),
    );
    expect(rows.passages.map(({ anchored, start }) => [anchored, start])).toEqual([
      ['offsets', 3],
      ['lost', null],
    ]);
    expect(placed).toMatchObject({ unconfirmed: 1, outside: 1 });
  });
});

describe('archives as they are', () => {
  const xml = projectXml([{ start: 0, end: 4, name: 'Lake' }], { path: 'internal://A%20b.TXT' });

  test.each([
    ['Project.qde', 'Sources/a b.txt'],
    ['./project.qde', 'a b.txt'],
    ['export/My Project.QDE', 'export\\sources\\A B.txt'],
  ])('%s and %s are found', async (project, source) => {
    const { rows, issues } = await imported(qdpx({ [project]: xml, [source]: 'Lake Tengiz' }));
    expect(rows.texts[0]?.text).toBe('Lake Tengiz');
    expect(rows.passages[0]?.quote).toBe('Lake');
    expect(rows.codings[0]).toMatchObject({ code: guid(2), coder: guid(1) });
    expect(issues.counts).toEqual({ critical: 0, error: 0, warning: 0 });
  });

  test('a text that is missing leaves its passages without a place, and they go out again as they came', async () => {
    const { rows, issues } = await imported(qdpx({ 'Project.qde': xml }));
    expect(issues.lists.warning.map(({ code }) => code)).toEqual(['qda-text-missing']);
    expect(rows.passages[0]).toMatchObject({ start: null, anchored: 'lost', quote: 'Lake' });
    const { project, files } = exportedProject(rows, { name: '', lang: 'en', fileOf: () => null });
    expect(project.sources).toEqual(readProject({ name: 'p', bytes: utf8(xml) }).project.sources);
    expect(files.size).toBe(0);
  });

  test('a passage without a place is found when the text is there', async () => {
    const first = await imported(qdpx({ 'Project.qde': xml }));
    const { rows } = await imported(qdpx({ 'project.qde': xml, 'a b.txt': 'Lake Tengiz' }), first.rows);
    expect(rows.passages[0]).toMatchObject({ id: first.rows.passages[0]?.id, start: 0, end: 4, anchored: 'sure' });
  });

  test('an archive without a project, and XML that is none, are refused by name', async () => {
    expect(() => readQdpx({ name: 'a.qdpx', bytes: qdpx({ 'a.txt': 'x' }) })).toThrow(Problem);
    expect(() => readProject({ name: 'a', bytes: utf8('<Other/>') })).toThrow(Problem);
    expect(() =>
      readProject({ name: 'a', bytes: utf8('<!DOCTYPE P [<!ENTITY a "b">]><Project name="x">&a;</Project>') }),
    ).toThrow(Problem);
  });

  test('codes and users that a project refers to but lacks are made, and told', async () => {
    const broken = projectXml([{ start: 0, end: 4, name: 'Lake' }])
      .replace(/<Users>.*<\/Users>/, '')
      .replace(/<CodeBook>.*<\/CodeBook>/s, '');
    const { rows, issues } = await imported(qdpx({ 'project.qde': broken, [`sources/${guid(9)}.txt`]: 'Lake Tengiz' }));
    expect(rows.codes.map(({ id }) => id)).toEqual([guid(2)]);
    expect(rows.coders.map(({ id }) => id)).toEqual([guid(1)]);
    expect(issues.lists.error.map(({ code }) => code)).toEqual(['qda-code-missing']);
  });
});

/** Something of everything that the schema has. */
const FULL = `<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="all" origin="X 1" creatingUserGUID="${guid(1)}" creationDateTime="2025-01-15T00:00:00Z">
<Users><User guid="${guid(1)}" name="A" id="a"/><User guid="${guid(11)}"/></Users>
<CodeBook><Codes><Code guid="${guid(2)}" name="Тема" isCodable="false" color="#00FF00"><Description>Include: a
b</Description><NoteRef targetGUID="${guid(50)}"/><Code guid="${guid(12)}" name="Вода" isCodable="true"/></Code></Codes></CodeBook>
<Variables><Variable guid="${guid(60)}" name="year" typeOfVariable="Integer"/></Variables>
<Cases><Case guid="${guid(61)}" name="c"><VariableValue><VariableRef targetGUID="${guid(60)}"/><IntegerValue>5</IntegerValue></VariableValue><SelectionRef targetGUID="${guid(70)}"/></Case></Cases>
<Sources>
<TextSource guid="${guid(3)}" name="t" plainTextPath="internal://t.txt" modifyingUser="${guid(1)}" modifiedDateTime="2025-02-01T00:00:00Z"><Description>d</Description>
<PlainTextSelection guid="${guid(70)}" name="Озеро" startPosition="0" endPosition="5" creatingUser="${guid(1)}"><Description>x</Description><Coding guid="${guid(71)}" creatingUser="${guid(11)}" creationDateTime="2025-01-15T00:00:00Z"><CodeRef targetGUID="${guid(12)}"/><NoteRef targetGUID="${guid(51)}"/></Coding><NoteRef targetGUID="${guid(50)}"/></PlainTextSelection>
<PlainTextSelection guid="${guid(72)}" startPosition="6" endPosition="9"/>
<Coding guid="${guid(73)}"><CodeRef targetGUID="${guid(2)}"/></Coding><NoteRef targetGUID="${guid(50)}"/>
<VariableValue><VariableRef targetGUID="${guid(60)}"/><IntegerValue>7</IntegerValue></VariableValue></TextSource>
<TextSource guid="${guid(4)}" name="inline"><PlainTextContent>short &lt;text&gt; here</PlainTextContent></TextSource>
<PDFSource guid="${guid(5)}" name="pdf" path="internal://p.pdf"><PDFSelection guid="${guid(74)}" name="rose to 42" page="0" firstX="1" firstY="2" secondX="3" secondY="4"><Coding guid="${guid(75)}"><CodeRef targetGUID="${guid(12)}"/></Coding></PDFSelection><Representation guid="${guid(6)}" plainTextPath="internal://p.txt"><PlainTextSelection guid="${guid(76)}" name="lake" startPosition="4" endPosition="8"/></Representation></PDFSource>
<PictureSource guid="${guid(7)}" path="internal://a.jpg"><PictureSelection guid="${guid(77)}" firstX="1" firstY="1" secondX="2" secondY="2"><Coding guid="${guid(78)}"><CodeRef targetGUID="${guid(12)}"/></Coding></PictureSelection></PictureSource>
<AudioSource guid="${guid(8)}" path="internal://a.mp3"><Transcript guid="${guid(79)}"><SyncPoint guid="${guid(80)}" timeStamp="5"/></Transcript><AudioSelection guid="${guid(81)}" begin="1" end="2"/></AudioSource>
</Sources>
<Notes><Note guid="${guid(50)}" name="n" creatingUser="${guid(1)}"><PlainTextContent>memo</PlainTextContent></Note><Note guid="${guid(51)}" plainTextPath="internal://n.txt"/></Notes>
<Links><Link guid="${guid(62)}" originGUID="${guid(2)}" targetGUID="${guid(12)}"/></Links>
<Sets><Set guid="${guid(63)}" name="s"><MemberCode targetGUID="${guid(12)}"/></Set></Sets>
<Graphs><Graph guid="${guid(64)}"><Vertex guid="${guid(65)}" firstX="1" firstY="1"/></Graph></Graphs>
<Description>whole</Description><NoteRef targetGUID="${guid(51)}"/>
</Project>`;
const FILES = {
  'project.qde': FULL,
  'sources/t.txt': 'Озеро Тенгиз',
  'sources/p.txt': 'The lake rose to 42 m in the year 2019.',
  'sources/p.pdf': pdfOf([['The lake rose to 42 m in the year 2019.']]),
  'sources/n.txt': 'note in a file',
};

describe('there and back', () => {
  test('XML read, written and read again is the same, whatever it holds', () => {
    const { project } = readProject({ name: 'p', bytes: utf8(FULL) });
    expect(countProject(project)).toEqual({
      codes: 2,
      users: 2,
      textSources: 2,
      pdfSources: 1,
      otherSources: 2,
      selections: 6,
      codings: 4,
      notes: 2,
    });
    expect(readProject({ name: 'p', bytes: utf8(writeProject(project)) }).project).toEqual(project);
  });

  test('a project through the dossier loses nothing that the format holds', async () => {
    const first = await imported(qdpx(FILES));
    expect(first.issues.lists.warning.map(({ code }) => code)).toEqual(['qda-media', 'qda-media']);
    expect(first.rows.memos.map(({ text, about }) => [text, about.map(({ noun }) => noun)])).toEqual([
      ['memo', ['code', 'source', 'passage']],
      ['note in a file', ['project', 'coding']],
    ]);
    const out = exportedProject(first.rows, { name: '', lang: 'en', fileOf: (id) => first.files.get(id) ?? null });
    const bytes = writeQdpx(out.project, out.files);
    const sorted = (project: QdaProject): QdaProject => ({
      ...project,
      sources: project.sources.map((one) => ({
        ...one,
        selections: one.selections.toSorted((a, b) => a.guid.localeCompare(b.guid)),
      })),
    });
    const again = readQdpx({ name: 'p', bytes });
    expect(sorted(again.project)).toEqual(sorted(readProject({ name: 'p', bytes: utf8(FULL) }).project));
    expect(['internal://t.txt', 'internal://p.pdf', 'internal://n.txt'].map((path) => again.file(path)?.length)).toEqual([
      21 + 2,
      FILES['sources/p.pdf'].length,
      14,
    ]);
    expect(writeQdpx(out.project, out.files)).toEqual(bytes);
    const second = await importedProject(again, { file: 'p', known: first.rows });
    for (const table of ['codes', 'coders', 'codings', 'passages', 'memos', 'texts'] as const) {
      const byId = (rows: readonly { id: string }[]) => rows.toSorted((a, b) => a.id.localeCompare(b.id));
      expect(byId(second.rows[table])).toEqual(byId(first.rows[table]));
    }
  });

  test('a selection on a page of a PDF becomes a passage of its text', async () => {
    const { rows } = await imported(qdpx(FILES));
    expect(rows.passages.find(({ id }) => id === guid(74))).toMatchObject({
      quote: 'rose to 42',
      start: 9,
      end: 19,
      source: guid(5),
    });
  });

  test('a codebook through .qdc is the same', () => {
    const { codes } = readProject({ name: 'p', bytes: utf8(FULL) }).project;
    const read = readQdc({ name: 'c.qdc', bytes: utf8(writeQdc(codes, 'us')) });
    expect(read.codes).toEqual(codes.map((code) => ({ ...code, notes: [] })));
  });

  test('damaged projects are read or refused in a sentence, never otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated(utf8(FULL)), mutated(qdpx(FILES))), async (bytes) => {
        try {
          const archive = bytes[0] === 0x50 ? bytes : qdpx({ 'project.qde': bytes, 'sources/t.txt': 'Озеро Тенгиз' });
          const { rows } = await imported(archive);
          exportedProject(rows, { name: '', lang: 'en', fileOf: () => null });
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 120 },
    );
  });
});
