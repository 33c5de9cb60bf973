/**
 * Text of a Word document: paragraphs, headings, tables row by row, footnotes at the end, and pages as Word laid them out last.
 *
 *     const { text, headings } = readDocx(file);
 *
 * What was deleted under tracked changes is not text; comments, headers and footers are left out. Numbers of lists are not stored in
 * such files and do not appear.
 *
 * Reference: ECMA-376 part 1, 17.3 (paragraphs), 17.4 (tables), 17.11 (footnotes), 17.9.20 (outline levels).
 */
import { Problem } from '../problems.ts';
import { type DocumentNote, type DocumentText, type TextBuilder, textBuilder } from './document-text.ts';
import { readXml } from './xml.ts';
import { textOf, treeBuilder, type XmlElement } from './xml-tree.ts';
import { type Bytes, newBudget, readZip, unpack, type ZipEntry } from './zip.ts';

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

interface Reading {
  builder: TextBuilder;
  levels: ReadonlyMap<string, number>;
  /** Marks of notes in the order they are met, by kind and id. */
  notes: string[];
  pages: number;
  counts: { deleted: number; comments: number; signs: number; drawings: number };
}

/** Whether an archive is a Word document, by its members. */
export function isDocx(entries: readonly ZipEntry[]): boolean {
  return entries.some(({ name }) => /(^|\/)word\/document\d*\.xml$/i.test(name));
}

/** @throws Problem `document-damaged`, those of archives and of XML. */
export function readDocx(file: Bytes): DocumentText {
  const budget = newBudget();
  const { entries } = readZip(file, budget);
  const part = (pattern: RegExp): XmlElement | null => {
    const entry = entries.find(({ name }) => pattern.test(name));
    if (entry === undefined) return null;
    const tree = treeBuilder(`${file.name}: ${entry.name}`, {});
    readXml({ name: `${file.name}: ${entry.name}`, bytes: unpack(file, entry, budget) }, tree);
    return tree.root();
  };
  const body = below(part(/^word\/document\d*\.xml$/i), 'body');
  if (body === null) throw new Problem('document-damaged', { file: file.name, found: 'word/document.xml' });
  const reading: Reading = {
    builder: textBuilder(),
    levels: headingLevels(part(/^word\/styles\.xml$/i)),
    notes: [],
    pages: 0,
    counts: { deleted: 0, comments: 0, signs: 0, drawings: 0 },
  };
  const paged = has(body, 'lastRenderedPageBreak');
  if (paged) reading.builder.page();
  blocks(body, reading, paged);
  addNotes(reading, { footnote: part(/^word\/footnotes\.xml$/i), endnote: part(/^word\/endnotes\.xml$/i) });
  const core = part(/^docProps\/core\.xml$/i);
  const { text, pages, headings } = reading.builder.done();
  return {
    format: 'docx',
    mediaType: MEDIA_TYPE,
    text,
    pages,
    headings,
    title: plain(below(core, 'title')),
    lang: plain(below(core, 'language')),
    date: plain(below(core, 'created'))?.slice(0, 10) ?? null,
    notes: notesOf(reading.counts),
  };
}

function blocks(parent: XmlElement, reading: Reading, paged: boolean): void {
  for (const child of childElements(parent)) {
    if (child.name === 'p') paragraph(child, reading, paged);
    else if (child.name === 'tbl') table(child, reading, paged);
    else if (child.name !== 'sectPr') blocks(child, reading, paged); // content controls, insertions
  }
}

function paragraph(p: XmlElement, reading: Reading, paged: boolean): void {
  const properties = child(p, 'pPr');
  const style = valOf(properties === null ? null : child(properties, 'pStyle'));
  const own = valOf(properties === null ? null : child(properties, 'outlineLvl'));
  const level = own !== null && Number(own) < 9 ? Number(own) + 1 : reading.levels.get(style ?? '');
  if (level !== undefined) reading.builder.heading(level);
  runs(p, reading, paged);
  reading.builder.paragraph();
}

/** Rows as lines, cells apart by tabs. */
function table(tbl: XmlElement, reading: Reading, paged: boolean): void {
  for (const row of descendants(tbl, 'tr', ['tbl'])) {
    const cells = descendants(row, 'tc', ['tbl']).map((cell) => {
      const inner: Reading = { ...reading, builder: textBuilder() };
      blocks(cell, inner, false);
      reading.pages = inner.pages;
      return inner.builder.done().text.replace(/\n+/g, ' ');
    });
    if (paged && has(row, 'lastRenderedPageBreak')) reading.builder.page();
    reading.builder.add(cells.join('\t'));
    reading.builder.line();
  }
  reading.builder.paragraph();
}

function runs(parent: XmlElement, reading: Reading, paged: boolean): void {
  const { builder, counts } = reading;
  for (const child of childElements(parent)) {
    switch (child.name) {
      case 't':
        builder.add(textOf(child));
        break;
      case 'tab':
      case 'ptab':
        builder.add('\t');
        break;
      case 'br':
      case 'cr':
        builder.line();
        break;
      case 'noBreakHyphen':
        builder.add('\u2011');
        break;
      case 'sym': // a sign of a font of symbols, whose meaning the file does not tell
        builder.add('\uFFFD');
        counts.signs++;
        break;
      case 'lastRenderedPageBreak':
        if (paged) builder.page();
        break;
      case 'del':
      case 'moveFrom':
        counts.deleted++;
        break;
      case 'commentReference':
        counts.comments++;
        break;
      case 'footnoteReference':
      case 'endnoteReference': {
        const id = attributeOf(child, 'id') ?? '';
        reading.notes.push(`${child.name.replace('Reference', '')} ${id}`);
        builder.add(`[${reading.notes.length}]`);
        break;
      }
      case 'txbxContent': // a text box stands in the middle of a paragraph
        builder.line();
        for (const p of descendants(child, 'p', [])) {
          runs(p, reading, false);
          builder.line();
        }
        break;
      case 'drawing':
      case 'pict':
        if (!has(child, 'txbxContent')) counts.drawings++;
        runs(child, reading, paged);
        break;
      case 'pPr':
      case 'rPr':
      case 'instrText':
      case 'delText':
      case 'delInstrText':
      case 'softHyphen':
      case 'Fallback': // says once more what stands in the choice before it
      case 'docPr':
        break;
      default:
        runs(child, reading, paged);
    }
  }
}

/** Footnotes and endnotes under the numbers that stand in the text. */
function addNotes(reading: Reading, parts: Record<'footnote' | 'endnote', XmlElement | null>): void {
  for (let n = 0; n < reading.notes.length; n++) {
    const [kind, id] = (reading.notes[n] as string).split(' ') as ['footnote' | 'endnote', string];
    const note =
      parts[kind] === null ? undefined : descendants(parts[kind], kind, []).find((one) => attributeOf(one, 'id') === id);
    if (note === undefined) continue;
    reading.builder.add(`[${n + 1}] `);
    for (const p of descendants(note, 'p', [])) {
      runs(p, reading, false);
      reading.builder.line();
    }
    reading.builder.paragraph();
  }
}

/** Levels of the styles that are headings, by outline level or by the name that Word keeps in English, inherited ones too. */
function headingLevels(styles: XmlElement | null): Map<string, number> {
  const known = new Map<string, { level: number | null; basedOn: string | null }>();
  for (const style of styles === null ? [] : descendants(styles, 'style', [])) {
    const properties = child(style, 'pPr');
    const outline = valOf(properties === null ? null : child(properties, 'outlineLvl'));
    const named = /^heading ([1-9])$/i.exec(valOf(child(style, 'name')) ?? '')?.[1];
    const level = outline !== null && Number(outline) < 9 ? Number(outline) + 1 : named === undefined ? null : Number(named);
    known.set(attributeOf(style, 'styleId') ?? '', { level, basedOn: valOf(child(style, 'basedOn')) });
  }
  const found = new Map<string, number>();
  for (const id of known.keys()) {
    let at: string | null = id;
    for (let step = 0; at !== null && step < 12; step++) {
      const level: number | null = known.get(at)?.level ?? null;
      if (level !== null) {
        found.set(id, level);
        break;
      }
      at = known.get(at)?.basedOn ?? null;
    }
  }
  return found;
}

function notesOf({ deleted, comments, signs, drawings }: Reading['counts']): DocumentNote[] {
  const note = (code: DocumentNote['code'], count: number): DocumentNote[] => (count === 0 ? [] : [{ code, details: { count } }]);
  return [
    ...note('deleted-left-out', deleted),
    ...note('comments-left-out', comments),
    ...note('signs-unknown', signs),
    ...note('drawings', drawings),
  ];
}

const childElements = (of: XmlElement): XmlElement[] => of.children.filter((one): one is XmlElement => typeof one !== 'string');
const child = (of: XmlElement, name: string): XmlElement | null => childElements(of).find((one) => one.name === name) ?? null;
const attributeOf = (of: XmlElement, name: string): string | null =>
  of.attributes.find((one) => one.name === name)?.value ?? null;
const valOf = (of: XmlElement | null): string | null => (of === null ? null : attributeOf(of, 'val'));
const has = (of: XmlElement, name: string): boolean => below(of, name) !== null;

/** The first element of a name, at any depth. */
function below(of: XmlElement | null, name: string): XmlElement | null {
  if (of === null) return null;
  const open = [of];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (one.name === name && one !== of) return one;
    open.push(...childElements(one).reverse());
  }
  return null;
}

/** Elements of a name at any depth, but not below one of `closed`. */
function descendants(of: XmlElement, name: string, closed: readonly string[]): XmlElement[] {
  return childElements(of).flatMap((one) =>
    one.name === name ? [one] : closed.includes(one.name) ? [] : descendants(one, name, closed),
  );
}

function plain(of: XmlElement | null): string | null {
  const text = of === null ? '' : textOf(of).trim();
  return text === '' ? null : text;
}
