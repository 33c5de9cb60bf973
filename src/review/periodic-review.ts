/**
 * The periodic review of a reserve: each section of the form with what the dossier knows, and a marked gap for what it
 * does not. Nothing is invented; each figure carries a footnote to its source, record or run.
 *
 *     const { blocks, answers } = await periodicReview(form, known, { lang: 'kk', date: '2026-11-23' });
 */
import { date, pick, t } from '../i18n/index.ts';
import { type Block, type Cited, footnotes, plain } from '../print/blocks.ts';
import { uprightWhereItFits } from '../print/upright.ts';
import type { Answer, Id, Lang } from '../types.ts';
import { designationYear } from '../zonation/designation-year.ts';
import type { Shoreline } from './area-table.ts';
import { nextReview } from './calendar.ts';
import { type AnswerState, countOf, countText } from './completeness.ts';
import type { Confidentiality, Content, ReviewFacts } from './content.ts';
import { fillers } from './fillers.ts';
import type { Form, FormSection } from './form.ts';
import { provenance } from './provenance.ts';
import { renumbered } from './renumbered.ts';
import { withoutRepeats } from './repeats.ts';

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

export interface Review {
  blocks: Block[];
  answers: AnswerState[];
}

/** A section as it will be printed, and what is missing in it. */
interface Composed {
  section: FormSection;
  part: Id;
  depth: number;
  filled: Block[];
  written: Block[];
  states: AnswerState[];
  /** Languages in which somebody has written it. */
  inLanguages: Lang[];
}

/** Of headings, by how deep a section is nested; a part stands above. */
const LEVELS = [3, 4, 5] as const;

/** The machine name of summaries, which are made of what the sections of another chapter begin with. */
const SUMMARY = 'section-summary';

/** @throws RangeError when the form names a filler that does not exist: a fault of the form. */
export async function periodicReview(form: Form, known: ReviewFacts, options: ReviewOptions): Promise<Review> {
  const { lang, confidential = 'mark' } = options;
  const notes = footnotes();
  const dates = { previous: options.previous ?? previousDate(known), current: options.date };
  const contentOf = (section: FormSection): Content => ({
    ...known,
    form,
    section,
    lang,
    dates,
    confidential,
    shore: options.shore ?? null,
    cite: notes.cite,
  });
  const composed: Composed[] = [];
  for (const part of form.parts) {
    for (const { section, depth } of flat(part.sections, 0)) {
      composed.push(await compose(contentOf(section), part.id, depth));
    }
  }
  for (const one of composed) if (one.section.fills.includes(SUMMARY)) summarise(one, composed, { lang, confidential });

  const answers = composed.flatMap(({ states }) => states);
  const blocks = form.parts.flatMap((part): Block[] => [
    { kind: 'heading', level: 2, id: part.id, text: pick(part.title, lang) },
    ...withoutRepeats(
      composed.filter((one) => one.part === part.id).flatMap((one) => printed(one, lang, confidential)),
      lang,
    ),
  ]);
  const mark: Block = { kind: 'hint', text: t(lang, 'review.unconfirmed-mark') };
  const whole = renumbered([...front(form, known, options, answers), ...blocks, mark, ...provenance(known, lang)], notes.list);
  const end: Block[] = whole.notes.length === 0 ? [] : [{ kind: 'notes', title: t(lang, 'review.notes'), notes: whole.notes }];
  return { blocks: [...whole.blocks, ...end].map(uprightWhereItFits), answers };
}

function front(form: Form, known: ReviewFacts, { lang, date: day }: ReviewOptions, answers: AnswerState[]): Block[] {
  const next = nextReview(known.facts, known.records.entries);
  const deadline = next === null ? t(lang, 'review.deadline-unknown') : date(lang, next.due);
  return [
    { kind: 'title', text: pick(known.facts.site.name, lang), under: pick(form.title, lang) },
    { kind: 'hint', text: t(lang, 'review.draft-due', { date: date(lang, day), deadline }) },
    { kind: 'hint', text: t(lang, 'review.meter.line', { count: countText(countOf(answers), lang) }) },
    { kind: 'hint', text: pick(form.status, lang) },
    { kind: 'contents', title: t(lang, 'review.contents'), depth: 3 },
  ];
}

async function compose(content: Content, part: Id, depth: number): Promise<Composed> {
  const { section, lang } = content;
  const filled: Block[] = [];
  for (const name of section.fills) {
    if (name === SUMMARY) continue;
    const filler = fillers[name];
    if (filler === undefined)
      throw new RangeError(`section ${section.id} of ${content.form.id} is filled by "${name}", which does not exist`);
    filled.push(...((await filler(content)) ?? []));
  }
  const isOpen = (one: Answer): boolean => !one.confidential || content.confidential !== 'leave-out';
  const answer = content.records.answers.filter(
    (one) => one.form === content.form.id && one.section === section.id && isOpen(one),
  );
  const own = answer.find((one) => one.lang === lang);
  const told = filled.some(({ kind }) => kind !== 'hint' && kind !== 'gap');
  const states = statesOf(section, part, { lang, filled: told, own, others: answer });
  return {
    section,
    part,
    depth,
    filled,
    written: own === undefined ? [] : prose(own, content),
    states,
    inLanguages: answer.map((one) => one.lang),
  };
}

/** One state for what machines fill and one for what people write, as far as the section asks for them. */
function statesOf(
  section: FormSection,
  part: Id,
  { lang, filled, own, others }: { lang: Lang; filled: boolean; own: Answer | undefined; others: Answer[] },
): AnswerState[] {
  const about = { part, section: section.id, title: titleOf(section, lang), who: section.who };
  // what a section is made of by those below it is asked there
  const isHead = section.fills.length === 0 && section.sections.length > 0;
  const machine = isHead ? undefined : section.kinds.find((kind) => kind !== 'written');
  const states: AnswerState[] = [];
  // A section that only records fill can be written instead: a sentence is an answer, too.
  if (machine !== undefined) {
    const instead = own !== undefined && !section.kinds.includes('written');
    states.push({ ...about, kind: machine, state: filled || instead ? 'filled' : 'gap' });
  }
  if (section.kinds.includes('written')) {
    states.push({ ...about, kind: 'written', state: own !== undefined ? 'filled' : others.length > 0 ? 'translate' : 'gap' });
  }
  return states;
}

/** What the sections of a chapter begin with, each in one line. */
function summarise(one: Composed, all: Composed[], { lang, confidential }: { lang: Lang; confidential: Confidentiality }): void {
  const chapters = one.section.only?.ids ?? [];
  const items = all
    .filter(({ section }) => !(section.confidential && confidential === 'leave-out'))
    .filter(({ section, filled }) => filled.length > 0 && chapters.some((chapter) => section.id.startsWith(`${chapter}.`)))
    .flatMap(({ section, filled }): Cited[] => {
      const lead = filled.find((block) => block.kind === 'text');
      if (lead === undefined) return [];
      return [{ ...lead.text, text: t(lang, 'review.summary-item', { section: titleOf(section, lang), text: lead.text.text }) }];
    });
  if (items.length === 0) return;
  one.filled.push({ kind: 'list', items });
  one.states = one.states.map((state) => (state.kind === 'written' ? state : { ...state, state: 'filled' }));
}

/** The paragraphs somebody wrote; the first cites who and when. */
function prose(answer: Answer, { cite, lang, section }: Content): Block[] {
  const by = cite(t(lang, 'review.written-by', { author: answer.author, date: date(lang, answer.written) }));
  const mark: Block[] =
    answer.confidential && !section.confidential ? [{ kind: 'hint', text: t(lang, 'review.confidential-mark') }] : [];
  const paragraphs = answer.text.split(/\n\s*\n/).map((text) => text.trim());
  const written = paragraphs
    .filter((text) => text !== '')
    .map((text, i): Block => ({ kind: 'text', text: i === 0 ? { text, notes: [by] } : plain(text) }));
  return [...mark, ...written];
}

function printed(
  { section, depth, filled, written, states, inLanguages }: Composed,
  lang: Lang,
  policy: Confidentiality,
): Block[] {
  const heading: Block = {
    kind: 'heading',
    level: LEVELS[Math.min(depth, LEVELS.length - 1)] ?? 5,
    id: section.id,
    text: `${titleOf(section, lang)}${section.unconfirmed ? ' *' : ''}`,
  };
  if (section.confidential && policy === 'leave-out') {
    return [heading, { kind: 'hint', text: t(lang, 'review.confidential-section') }];
  }
  const asks = section.asks === null ? [] : [{ kind: 'hint' as const, text: pick(section.asks, lang) }];
  const mark = section.confidential ? [{ kind: 'hint' as const, text: t(lang, 'review.confidential-mark') }] : [];
  return [heading, ...asks, ...mark, ...filled, ...written, ...gap(section, states, inLanguages, lang)];
}

/** One marked gap for all answers of a section that are not there. */
function gap(section: FormSection, states: AnswerState[], inLanguages: Lang[], lang: Lang): Block[] {
  const open = states.filter(({ state }) => state !== 'filled');
  if (open.length === 0) return [];
  const text = t(lang, 'review.gap', {
    who: t(lang, `review.who.${section.who}`),
    kind: open.map(({ kind }) => t(lang, `review.kind.${kind}`)).join(', '),
    length: section.length === null ? '–' : pick(section.length, lang),
  });
  if (!open.some(({ state }) => state === 'translate')) return [{ kind: 'gap', text, answer: true }];
  const names = inLanguages.map((one) => t(lang, `language.${one}`)).join(', ');
  return [{ kind: 'gap', text: `${text} ${t(lang, 'review.translate', { languages: names })}`, answer: true }];
}

function titleOf(section: FormSection, lang: Lang): string {
  return section.number === null ? pick(section.title, lang) : `${section.number} ${pick(section.title, lang)}`;
}

function flat(sections: FormSection[], depth: number): { section: FormSection; depth: number }[] {
  return sections.flatMap((section) => [{ section, depth }, ...flat(section.sections, depth + 1)]);
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
