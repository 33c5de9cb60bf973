/**
 * Sentences with their footnotes and cross-references as runs of a paragraph.
 *
 *     new Paragraph({ children: citedRuns({ text: 'Lakes cover 12 %', notes: [3], see: ['lakes'] }, plan) })
 */
import { Bookmark, ExternalHyperlink, FootnoteReferenceRun, Paragraph, type ParagraphChild, Tab, TextRun } from 'docx';
import { t } from '../i18n/index.ts';
import type { Id } from '../types.ts';
import type { Cited } from './blocks.ts';
import { field, oneLine, type RunOptions, readable, words } from './docx-fields.ts';
import { bookmarkOf, type Plan } from './docx-plan.ts';
import { STYLE } from './docx-styles.ts';
import { withAddresses } from './references.ts';

/** Where the number stands in a text of `document.*`. */
const PLACE = '\u0000';

/**
 * `text`, what it refers to in brackets, and the marks of its footnotes.
 * @throws RangeError when a note or a place that is referred to does not exist: a fault of ours.
 */
export function citedRuns({ text, notes, see = [] }: Cited, plan: Plan, look: RunOptions = {}): ParagraphChild[] {
  return [words(text, look), ...references(see, plan, look), ...marks(notes, plan, look)];
}

/** «Table 3. Zones» with the number as a field that texts can refer to. */
export function captionRuns(kind: 'table' | 'figure', number: number, caption: string, plan: Plan): ParagraphChild[] {
  const [before = '', after = ''] = t(plan.lang, `document.${kind}`, { number: PLACE }).split(PLACE);
  // Word takes captions of its own after ours, when they are counted by the same word
  const label = (before + after).replace(/[^\p{L}]/gu, '');
  const counted = field(`SEQ ${label[0]?.toLocaleUpperCase(plan.lang)}${label.slice(1)} \\* ARABIC`, String(number));
  return [
    words(before),
    new Bookmark({ id: bookmarkOf(kind, number), children: counted }),
    words(`${after}. `),
    words(oneLine(caption)),
  ];
}

/** A footnote as a paragraph, with its web addresses as links. */
export function noteParagraph(note: string): Paragraph {
  return new Paragraph({ style: STYLE.noteText, children: [new TextRun({ children: [new Tab()] }), ...linkedRuns(note)] });
}

/** `text` with its web addresses as links. */
export function linkedRuns(text: string): ParagraphChild[] {
  return withAddresses(readable(text)).map(({ text, to }) => {
    const link = to === null ? null : webAddress(to);
    return link === null ? words(text) : new ExternalHyperlink({ link, children: [words(text, { style: STYLE.link })] });
  });
}

/** An address that Word opens: it takes a document with a broken one for damaged. */
function webAddress(text: string): string | null {
  return URL.canParse(text) ? new URL(text).href : null;
}

function references(see: Id[], plan: Plan, look: RunOptions): ParagraphChild[] {
  if (see.length === 0) return [];
  const list = see.flatMap((id, i) => [...(i === 0 ? [] : [words(', ', look)]), ...reference(id, plan, look)]);
  const [before = '', after = ''] = t(plan.lang, 'document.see', { what: PLACE }).split(PLACE);
  return [words(` (${before}`, look), ...list, words(`${after})`, look)];
}

function reference(id: Id, { lang, targets }: Plan, look: RunOptions): ParagraphChild[] {
  const target = targets.get(id);
  if (target === undefined) throw new RangeError(`no table or figure with a caption has the id "${id}"`);
  const [before = '', after = ''] = t(lang, `document.${target.kind}-seen`, { number: PLACE }).split(PLACE);
  return [words(before, look), ...field(`REF ${target.bookmark} \\h`, String(target.number), look), words(after, look)];
}

/** A note is a footnote where it is cited first; after that its number leads there. */
function marks(notes: number[], plan: Plan, look: RunOptions): ParagraphChild[] {
  return [...new Set(notes)].flatMap((note, i) => [
    ...(i === 0 ? [] : [words(',', { ...look, style: STYLE.noteMark })]),
    ...mark(note, plan, look),
  ]);
}

function mark(note: number, { notes, citations, cited }: Plan, look: RunOptions): ParagraphChild[] {
  if (notes[note - 1] === undefined) throw new RangeError(`footnote ${note} is cited, but there are ${notes.length}`);
  const known = cited.get(note);
  if (known !== undefined) {
    return field(`NOTEREF ${bookmarkOf('note', known)} \\f \\h`, String(known), { ...look, style: STYLE.noteMark });
  }
  const number = cited.size + 1;
  cited.set(note, number);
  const run = new FootnoteReferenceRun(number);
  return (citations.get(note) ?? 0) < 2 ? [run] : [new Bookmark({ id: bookmarkOf('note', number), children: [run] })];
}
