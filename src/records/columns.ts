/**
 * What stands above a column, level by level, as a field of a kind: by its labels and words in four languages, and what the
 * header says besides (a year, a class, a unit).
 *
 *     matchColumn(['Численность', 'в т.ч. женщин'], kind)   // field: 'female'
 *     matchColumn(['2022 год', 'Всего'], kind)              // field: 'total', fixed: { year: 2022 }
 */
import type { Id } from '../types.ts';
import { type RecordField, type RecordKind, SEXES } from './catalogue.ts';
import { choiceIn, choicesOf } from './choices.ts';
import { unitOf } from './numbers.ts';
import type { How, Values } from './reading.ts';
import { likeness, type Phrase, phrase } from './words.ts';

export interface ColumnMatch {
  field: Id | null;
  how: How;
  /** How sure, 0-1: below 0.8 it was taken only because nothing else comes near. */
  score: number;
  /** What the header says of every cell below it. */
  fixed: Values;
  /** What the numbers below it are multiplied by, and in what currency they are. */
  factor: number;
  currency: string | null;
  /** The fields between which the header ties. */
  tie: Id[];
}

/** Likeness from which a header is taken for a field. */
const LEAST = 0.3;
/** How far the next field must be behind where only parts of the header fit. */
const MARGIN = 0.15;

/** What a field is called, made ready once. */
const compiled = new WeakMap<RecordField, Phrase[]>();

function phrasesOf(field: RecordField): Phrase[] {
  let known = compiled.get(field);
  if (known === undefined) {
    const names = [field.id, field.id.replaceAll('_', ' '), ...Object.values(field.label), ...field.words];
    known = [...new Set(names.flatMap((name) => [name, unitOf(name).rest]))].map(phrase).filter(({ plain }) => plain !== '');
    compiled.set(field, known);
  }
  return known;
}

/** The number that a kind is about, which stands below a header that says only when or of whom; `null` where it has none or several. */
function measureOf(kind: RecordKind): Id | null {
  const ids = kind.fields.map(({ id }) => id);
  const known = { headcounts: ['total'], money: ['amount'], observations: ['value', 'permanent'] }[kind.keeps as string] ?? [];
  const own = known.find((id) => ids.includes(id));
  if (own !== undefined) return own;
  const numbers = kind.fields.filter(({ type }) => type === 'integer' || type === 'number');
  return kind.keeps === 'entries' && numbers.length === 1 ? (numbers[0]?.id ?? null) : null;
}

/** The year that a header names, and the header without it. */
export function yearIn(text: string): { year: number; rest: string } | null {
  const match = /(?<!\d)((?:19|20)\d{2})(?!\d)(?:\s*-?\s*(?:год[ауы]?|г|жыл[ғыд]*\p{L}*|ж|yılı?|y)(?![\p{L}])\.?)?/iu.exec(text);
  if (match === null || /(?:19|20)\d{2}\D+(?:19|20)\d{2}/.test(text)) return null;
  const rest = text
    .replace(match[0], ' ')
    .replace(/(?<![\p{L}])(за|на|в|for|in|plan)(?![\p{L}])\s*$/iu, '')
    .trim();
  return { year: Number(match[1]), rest: rest.replace(/^[\s,;:()–-]+|[\s,;:()–-]+$/g, '') };
}

/** What the header of a column means; `levels` from the uppermost to the lowest. */
export function matchColumn(levels: readonly string[], kind: RecordKind): ColumnMatch {
  const none: ColumnMatch = { field: null, how: 'same', score: 0, fixed: {}, factor: 1, currency: null, tie: [] };
  const texts = levels.filter((level) => level.trim() !== '');
  if (texts.length === 0) return none;
  const plainly = fieldOf(texts.join(' '), kind); // "Year of 2nd decision" is not the year 2
  if (plainly.score >= 0.9) return { ...none, ...plainly };

  const units = texts.map(unitOf);
  const unit = units.findLast(({ factor, currency }) => factor !== 1 || currency !== null);
  const fixed: Values = {};
  const rests: string[] = [];
  for (const { rest } of units) {
    const dated = kind.fields.some(({ id }) => id === 'year') ? yearIn(rest) : null;
    if (dated !== null) fixed.year = dated.year;
    const left = dated === null ? rest : dated.rest;
    if (left !== '') rests.push(left);
  }
  const match = { ...none, fixed, factor: unit?.factor ?? 1, currency: unit?.currency ?? null };
  return rests.length === 0 ? bare(match, unit !== undefined, kind) : named(match, rests, kind);
}

/** Nothing but a unit or a year stands there. */
function bare(match: ColumnMatch, hasUnit: boolean, kind: RecordKind): ColumnMatch {
  const measure = measureOf(kind) ?? (hasUnit && kind.fields.some(({ id }) => id === 'amount') ? 'amount' : null);
  return measure === null ? match : { ...match, field: measure, how: 'measure', score: 'year' in match.fixed ? 0.8 : 0.5 };
}

/** Words stand there: a field by all of them or by the lowest level, else classes of the number that the kind is about. */
function named(match: ColumnMatch, rests: readonly string[], kind: RecordKind): ColumnMatch {
  const lowest = rests.at(-1) ?? '';
  const whole = fieldOf(rests.join(' '), kind);
  const last = rests.length > 1 ? fieldOf(lowest, kind) : whole;
  const best = last.score >= whole.score ? last : whole;
  const upper = best === whole && rests.length > 1 && whole.score > last.score ? [] : rests.slice(0, -1);
  if (best.field !== null && best.score >= 0.8)
    return { ...match, ...best, fixed: { ...match.fixed, ...classesOf(upper, kind).fixed } };

  const classes = classesOf(rests, kind);
  const measure = measureOf(kind);
  if (measure !== null && Object.keys(classes.fixed).length > 0 && classes.left.length <= 1) {
    const under =
      classes.left.length === 0 ? { ...best, field: measure, how: 'measure' as const } : fieldOf(classes.left[0] ?? '', kind);
    if (under.field !== null)
      return { ...match, field: under.field, how: 'measure', score: 0.7, fixed: { ...match.fixed, ...classes.fixed } };
  }
  if (rests.length > 1 && isTotalWord(lowest)) {
    const above = fieldOf(rests[rests.length - 2] ?? '', kind);
    if (above.field !== null) return { ...match, ...above };
  }
  return { ...match, ...best, fixed: { ...match.fixed, ...(best.field === null ? {} : classesOf(upper, kind).fixed) } };
}

/** Levels that name a choice of a field by its very words, and those that do not. */
function classesOf(levels: readonly string[], kind: RecordKind): { fixed: Values; left: string[] } {
  const fixed: Values = {};
  const left: string[] = [];
  for (const level of levels) {
    const fields = kind.fields.filter(({ type }) => type === 'choice' || type === 'zone');
    const named = fields.flatMap((field) => {
      const choice = choiceIn(level, choicesOf(field), { exact: true });
      return choice === null ? [] : [{ field: field.id, value: choice.id }];
    });
    if (named.length === 1 && named[0] !== undefined) fixed[named[0].field] = named[0].value;
    else left.push(level);
  }
  return { fixed, left };
}

/** The field that a text names best; several in `tie` where it cannot be told. */
function fieldOf(text: string, kind: RecordKind): Pick<ColumnMatch, 'field' | 'how' | 'score' | 'tie'> {
  const own = phrase(text);
  const scored = kind.fields
    .map((field) => ({ field, score: Math.max(0, ...phrasesOf(field).map((known) => likeness(own, known))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const parts = scored.filter(({ score }) => score < 0.8);
  // "численность женщин" speaks of women, not of all
  const sex = parts.some(({ field }) => (SEXES as readonly Id[]).includes(field.id)) && (scored[0]?.score ?? 0) < 0.8;
  const ranked = sex ? scored.filter(({ field }) => field.id !== 'total') : scored;
  const [best] = ranked;
  if (best === undefined || best.score < (sex ? 0.2 : LEAST)) return { field: null, how: 'same', score: 0, tie: [] };
  const rivals = ranked.filter(({ score }) => score >= best.score - (best.score >= 0.8 ? 0 : MARGIN));
  if (rivals.length > 1) return { field: null, how: 'same', score: best.score, tie: rivals.map(({ field }) => field.id) };
  return {
    field: best.field.id,
    how: best.score >= 0.9 ? 'same' : best.score >= 0.8 ? 'slip' : 'part',
    score: best.score,
    tie: [],
  };
}

const TOTALS = /^(итого|всего|барлығы|барлыгы|жиынтығы|жалпы|жиыны|total|totals|grand total|toplam|genel toplam)(?![\p{L}])/iu;

/** Whether a text says that what stands there is the sum of the rest. */
export function isTotalWord(text: string): boolean {
  return TOTALS.test(text.trim().replace(/^[«"'(*\s]+/, ''));
}
