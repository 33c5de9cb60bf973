/**
 * What the dossier puts into each section of the form, apart from what people write: a document and the page where it is
 * worked on are made of the same.
 *
 *     const { sections, notes } = await fillSections(form, known, { lang: 'kk', date: '2026-11-23' });
 */
import { pick, t } from '../i18n/index.ts';
import { type Block, type Cited, footnotes } from '../print/blocks.ts';
import type { Answer, Id, Lang } from '../types.ts';
import { designationYear } from '../zonation/designation-year.ts';
import type { Shoreline } from './area-table.ts';
import { nextReview } from './calendar.ts';
import type { AnswerState } from './completeness.ts';
import type { Confidentiality, Content, ReviewFacts } from './content.ts';
import { fillers } from './fillers.ts';
import type { Form, FormSection } from './form.ts';

export interface ReviewOptions {
  lang: Lang;
  /** The day the review is of, ISO 8601. */
  date: string;
  /** What it is compared with, ISO 8601: by default the last review or the designation. */
  previous?: string;
  confidential?: Confidentiality;
  /** Tells land and sea apart. */
  shore?: Shoreline;
}

/** A section with what fills it; nothing where only people can, or nothing is known. */
export interface FilledSection {
  section: FormSection;
  part: Id;
  depth: number;
  blocks: Block[];
}

/** All sections in the order of the form; `notes` are what their footnotes cite, and `cite` adds to them. */
export interface FilledForm {
  sections: FilledSection[];
  notes: string[];
  cite(text: string): number;
}

/** The machine name of summaries, which are made of what the sections of another chapter begin with. */
const SUMMARY = 'section-summary';

/** @throws RangeError when the form names a filler that does not exist: a fault of the form. */
export async function fillSections(form: Form, known: ReviewFacts, options: ReviewOptions): Promise<FilledForm> {
  const { lang, confidential = 'mark', shore = null } = options;
  const { cite, list: notes } = footnotes();
  const dates = { previous: options.previous ?? previousDate(known), current: options.date };
  const sections: FilledSection[] = [];
  for (const { section, part, depth } of sectionsOf(form)) {
    const blocks = await fill({ ...known, form, section, lang, dates, confidential, shore, cite });
    sections.push({ section, part, depth, blocks });
  }
  for (const one of sections) {
    if (one.section.fills.includes(SUMMARY)) one.blocks.push(...summary(one.section, sections, { lang, confidential }));
  }
  return { sections, notes, cite };
}

/** The sections of a form in their order, with how deep each is nested. */
export function sectionsOf(form: Form): Omit<FilledSection, 'blocks'>[] {
  return form.parts.flatMap(({ id, sections }) => flat(sections, id, 0));
}

/** Whether `blocks` tell something, beyond how to read them and what is missing. */
export function tells(blocks: Block[]): boolean {
  return blocks.some(({ kind }) => kind !== 'hint' && kind !== 'gap');
}

/** One state for what machines fill and one for what people write, as far as the section asks for them. */
export function answerStates(
  { section, part }: Pick<FilledSection, 'section' | 'part'>,
  { lang, told, answers }: { lang: Lang; told: boolean; answers: Pick<Answer, 'lang'>[] },
): AnswerState[] {
  const about = { part, section: section.id, title: titleOf(section, lang), who: section.who };
  const own = answers.some((answer) => answer.lang === lang);
  // what a section is made of by those below it is asked there
  const isHead = section.fills.length === 0 && section.sections.length > 0;
  const machine = isHead ? undefined : section.kinds.find((kind) => kind !== 'written');
  const states: AnswerState[] = [];
  // A section that only records fill can be written instead: a sentence is an answer, too.
  if (machine !== undefined) {
    const instead = own && !section.kinds.includes('written');
    states.push({ ...about, kind: machine, state: told || instead ? 'filled' : 'gap' });
  }
  if (section.kinds.includes('written')) {
    states.push({ ...about, kind: 'written', state: own ? 'filled' : answers.length > 0 ? 'translate' : 'gap' });
  }
  return states;
}

export function titleOf(section: FormSection, lang: Lang): string {
  return section.number === null ? pick(section.title, lang) : `${section.number} ${pick(section.title, lang)}`;
}

async function fill(content: Content): Promise<Block[]> {
  const { section, form } = content;
  const blocks: Block[] = [];
  for (const name of section.fills) {
    if (name === SUMMARY) continue;
    const filler = fillers[name];
    if (filler === undefined)
      throw new RangeError(`section ${section.id} of ${form.id} is filled by "${name}", which does not exist`);
    blocks.push(...((await filler(content)) ?? []));
  }
  return blocks;
}

/** What the sections of a chapter begin with, each in one line. */
function summary(
  own: FormSection,
  all: FilledSection[],
  { lang, confidential }: { lang: Lang; confidential: Confidentiality },
): Block[] {
  const chapters = own.only?.ids ?? [];
  const items = all
    .filter(({ section }) => !(section.confidential && confidential === 'leave-out'))
    .filter(({ section, blocks }) => blocks.length > 0 && chapters.some((chapter) => section.id.startsWith(`${chapter}.`)))
    .flatMap(({ section, blocks }): Cited[] => {
      const lead = blocks.find((block) => block.kind === 'text');
      if (lead === undefined) return [];
      return [{ ...lead.text, text: t(lang, 'review.summary-item', { section: titleOf(section, lang), text: lead.text.text }) }];
    });
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

function flat(sections: FormSection[], part: Id, depth: number): Omit<FilledSection, 'blocks'>[] {
  return sections.flatMap((section) => [{ section, part, depth }, ...flat(section.sections, part, depth + 1)]);
}

/** The time of the report before this one, else of the designation. */
function previousDate({ facts, records }: ReviewFacts): string | null {
  const reviewed = nextReview({ ...facts, designations: [] }, records.entries);
  if (reviewed !== null) return `${reviewed.after}-09-30`;
  const known = designationYear(facts);
  if (known === null) return null;
  const { date: day } = known.designation;
  return day !== null && day.length === 10 ? day : `${known.year}-01-01`;
}
