/**
 * Sentences with their footnotes and cross-references as runs of a paragraph.
 *
 *     new Paragraph({ children: citedRuns({ text: 'Lakes cover 12 %', notes: [3], see: ['lakes'] }, plan) })
 */
import { Bookmark, ExternalHyperlink, FootnoteReferenceRun, Paragraph, type ParagraphChild, Tab, TextRun } from 'docx';
import type { Id } from '../types.ts';
import { type Cited, stopped } from './blocks.ts';
import { field, oneLine, type RunOptions, readable, words } from './docx-fields.ts';
import { bookmarkOf, type Plan } from './docx-plan.ts';
import { STYLE } from './docx-styles.ts';
import { around, marksOf, withAddresses } from './references.ts';

/**
 * `text`, what it refers to in brackets, and the marks of its footnotes.
 * @throws RangeError when a note or a place that is referred to does not exist: a fault of ours.
 */
export function citedRuns(cited: Cited, plan: Plan, look: RunOptions = {}): ParagraphChild[] {
  const { text, stop } = stopped(cited);
  const end = stop === '' ? [] : [words(stop, look)];
  return [words(text, look), ...references(cited.see ?? [], plan, look), ...end, ...marks(cited.notes, plan, look)];
}

/** «Table 3. Zones» with the number as a field that texts can refer to. */
export function captionRuns(kind: 'table' | 'figure', number: number, caption: string, plan: Plan): ParagraphChild[] {
  const [before, after] = around(plan.lang, `document.${kind}`, 'number');
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
  const [before, after] = around(plan.lang, 'document.see', 'what');
  return [words(` (${before}`, look), ...list, words(`${after})`, look)];
}

function reference(id: Id, { lang, refer }: Plan, look: RunOptions): ParagraphChild[] {
  const { kind, number } = refer.target(id);
  const [before, after] = around(lang, `document.${kind}-seen`, 'number');
  return [words(before, look), ...field(`REF ${bookmarkOf(kind, number)} \\h`, String(number), look), words(after, look)];
}

/** A note is a footnote where it is cited first; after that its number leads there. */
function marks(notes: number[], plan: Plan, look: RunOptions): ParagraphChild[] {
  return marksOf(notes, plan.notes.length).flatMap((note, i) => [
    ...(i === 0 ? [] : [words(',', { ...look, style: STYLE.noteMark })]),
    ...mark(note, plan, look),
  ]);
}

function mark(note: number, { citations, cited }: Plan, look: RunOptions): ParagraphChild[] {
  const known = cited.get(note);
  if (known !== undefined) {
    return field(`NOTEREF ${bookmarkOf('note', known)} \\f \\h`, String(known), { ...look, style: STYLE.noteMark });
  }
  const number = cited.size + 1;
  cited.set(note, number);
  const run = new FootnoteReferenceRun(number);
  return (citations.get(note) ?? 0) < 2 ? [run] : [new Bookmark({ id: bookmarkOf('note', number), children: [run] })];
}
