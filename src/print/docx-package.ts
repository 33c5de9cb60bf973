/**
 * The package of a Word document, settled: ids that the library draws by lot or counts through the whole process are counted
 * anew, times are the document's own day, parts stand in one order. The same document is then the same to the byte.
 *
 * References: ECMA-376-2 (packages), ECMA-376-1 section 17 (WordprocessingML).
 */
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { escaped } from '../drawing/escaped.ts';
import { FURTHER_STYLES } from './docx-styles.ts';

/** What readers of packages look for first, in the order in which Word writes it. */
const FIRST = ['[Content_Types].xml', '_rels/.rels', 'word/document.xml'];
/** Years that a zip archive can write. */
const ZIP_YEARS = { first: 1980, last: 2107 };

/** What a document says of itself beside its title and author. */
interface Stamp {
  /** ISO 8601. */
  date: string;
  /** As in `ru-RU`. */
  locale: string;
}

/**
 * The document in `file` with nothing in it that would differ when it is made again.
 * @throws RangeError when `date` is none.
 */
export function settled(file: Uint8Array, { date, locale }: Stamp): Uint8Array {
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) throw new RangeError(`not a date: "${date}"`);
  const parts = new Map(Object.entries(unzipSync(file)));
  const edit = (name: string, change: (xml: string) => string): void => {
    const part = parts.get(name);
    if (part !== undefined) parts.set(name, strToU8(change(strFromU8(part))));
  };
  edit('word/document.xml', (xml) => clean(recounted(xml)));
  edit('word/styles.xml', (xml) => xml.replace('</w:styles>', () => `${FURTHER_STYLES}</w:styles>`));
  for (const name of ['word/footnotes.xml', 'word/endnotes.xml']) edit(name, plainSeparators);
  edit('docProps/core.xml', (xml) => dated(xml, day, locale));
  for (const name of [...parts.keys()].filter((name) => name.endsWith('.rels'))) {
    let ids = new Map<string, string>();
    edit(name, (xml) => {
      ids = relationshipIds(xml);
      return xml.replace(/ Id="([^"]*)"/g, (_, id: string) => ` Id="${ids.get(id)}"`);
    });
    const refer = (xml: string): string =>
      xml.replace(/ (r:\w+)="([^"]*)"/g, (whole, key: string, id: string) => (ids.has(id) ? ` ${key}="${ids.get(id)}"` : whole));
    if (ids.size > 0) edit(name.replace('_rels/', '').replace(/\.rels$/, ''), refer);
  }
  return zipSync(inOrder(parts), { mtime: zipDay(day), os: 0 });
}

/** Bookmarks, places of headings and drawings, numbered as they come. */
function recounted(xml: string): string {
  const counter = (): ((old: string) => number) => {
    const seen = new Map<string, number>();
    return (old) => {
      const known = seen.get(old) ?? seen.size + 1;
      seen.set(old, known);
      return known;
    };
  };
  const [bookmark, heading, drawing] = [counter(), counter(), counter()];
  return xml
    .replace(/<w:bookmark(?:Start|End) [^>]*>/g, (tag) =>
      tag.replace(/ w:id="(\d+)"/, (_, id: string) => ` w:id="${bookmark(id)}"`),
    )
    .replace(/(w:name="|w:anchor="|>PAGEREF )_Toc(\d+)/g, (_, before: string, id: string) => `${before}_Toc${heading(id)}`)
    .replace(/<wp:docPr id="(\d+)"/g, (_, id: string) => `<wp:docPr id="${drawing(id)}"`);
}

/** The look of a table as readers before Word 2010 and LibreOffice take it (17.7.6.7): no bands, with the first row or without. */
const LOOK = { head: '0620', plain: '0600' };

/** Fields that are marked as stale make Word ask before it shows the document. */
function clean(xml: string): string {
  return xml
    .replace(/ w:dirty="(true|false)"/g, '')
    .replaceAll('<w:tblHeader w:val="off"/>', '')
    .replace(/<w:tblLook w:firstRow="(true|false)"/g, (tag, head: string) =>
      tag.replace(' ', ` w:val="${head === 'true' ? LOOK.head : LOOK.plain}" `),
    );
}

/** The line above footnotes bears no number of its own. */
function plainSeparators(xml: string): string {
  return xml.replace(
    /<w:r><w:rPr><w:rStyle w:val="\w+"\/><\/w:rPr><w:(?:foot|end)noteRef\/><\/w:r>(?=<w:r><w:(?:continuationS|s)eparator\/>)/g,
    '',
  );
}

function dated(xml: string, day: Date, locale: string): string {
  return xml
    .replace(/(<dcterms:(?:created|modified) [^>]*>)[^<]*/g, (_, tag: string) => tag + day.toISOString().replace('.000', ''))
    .replace('</cp:coreProperties>', () => `<dc:language>${escaped(locale)}</dc:language></cp:coreProperties>`);
}

function relationshipIds(xml: string): Map<string, string> {
  const ids = [...xml.matchAll(/<Relationship [^>]*?Id="([^"]*)"/g)].map(([, id = '']) => id);
  return new Map(ids.map((id, i) => [id, `rId${i + 1}`]));
}

/** Pictures are packed already. */
function inOrder(parts: Map<string, Uint8Array>): Zippable {
  const rest = [...parts.keys()].filter((name) => !FIRST.includes(name)).sort();
  const names = [...FIRST.filter((name) => parts.has(name)), ...rest];
  return Object.fromEntries(
    names.map((name) => [name, [parts.get(name) ?? new Uint8Array(), { level: name.endsWith('.png') ? 0 : 6 }]]),
  );
}

/** Archives have local time without a zone: midnight of `day`, wherever it is written. */
function zipDay(day: Date): Date {
  const year = Math.min(Math.max(day.getUTCFullYear(), ZIP_YEARS.first), ZIP_YEARS.last);
  return new Date(year, day.getUTCMonth(), day.getUTCDate());
}
