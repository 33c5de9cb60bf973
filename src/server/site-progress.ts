/**
 * How far the review of a site has come, and when it is due.
 *
 *     const { filled, asked, due } = await progressOf(loadReviewFacts(db, 'qiyal'), '2026-11-23');
 */

import { type FieldType, recordKinds } from '../records/catalogue.ts';
import { nextReview } from '../review/calendar.ts';
import { countOf } from '../review/completeness.ts';
import type { ReviewFacts } from '../review/content.ts';
import type { Form, FormSection } from '../review/form.ts';
import { periodicReview } from '../review/periodic-review.ts';
import { shippedForm } from '../review/shipped-form.ts';
import type { Entry, Id, Lang } from '../types.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import { centresOf } from '../zonation/figures.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';

export interface Progress {
  filled: number;
  asked: number;
  /** ISO 8601; `null` where neither a review nor a designation is known. */
  due: string | null;
}

/** The fillers that draw: what they would draw is known without drawing it. */
const DRAWN = 'maps';
const PLACES = 'study-sites';

/** Lines of a register that differ in nothing a section asks for: more of them fill no more. */
const ALIKE = 20;

/** Read once: it ships with the program. */
let form: Form | undefined;

/** What the meter of the review says, without the maps and the long tables that take most of the time. */
export async function progressOf(known: ReviewFacts, day: string): Promise<Progress> {
  form ??= shippedForm();
  const entries = withoutAlike(known.records.entries);
  const short: ReviewFacts = { ...known, records: { ...known.records, entries: entries.map(withoutPlace) } };
  const { answers } = await periodicReview({ ...form, maps: [] }, short, { lang: mostWritten(known), date: day });
  const drawn = drawnSections(form, known.facts, entries);
  const states = answers.map((one) =>
    drawn.has(one.section) && one.kind !== 'written' ? { ...one, state: 'filled' as const } : one,
  );
  return { ...countOf(states), due: nextReview(known.facts, known.records.entries)?.due ?? null };
}

/** Of lines with the same choices and years, the same fields filled, only the first are kept. */
function withoutAlike(entries: Entry[]): Entry[] {
  const types = new Map(recordKinds().map(({ id, fields }) => [id, new Map(fields.map((field) => [field.id, field.type]))]));
  const seen = new Map<string, number>();
  return entries.filter(({ register, fields, confidential }) => {
    const told = Object.entries(fields).map(([field, value]) => {
      const type = types.get(register)?.get(field) ?? 'text';
      if (TELLING.has(type)) return [field, value];
      return YEARS.has(type) ? [field, String(value).slice(0, 4)] : [field];
    });
    const key = JSON.stringify([register, confidential, told]);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times <= ALIKE;
  });
}

/** Fields by which sections choose among lines. */
const TELLING: ReadonlySet<FieldType> = new Set<FieldType>(['choice', 'choices', 'themes', 'yes-no', 'zone']);
const YEARS: ReadonlySet<FieldType> = new Set<FieldType>(['year', 'date', 'period']);

function withoutPlace(entry: Entry): Entry {
  const { longitude: _, latitude: __, ...fields } = entry.fields;
  return { ...entry, fields };
}

/** The language in which most answers are written. */
function mostWritten({ records }: ReviewFacts): Lang {
  const groups = [...Map.groupBy(records.answers, ({ lang }) => lang)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? 'en';
}

/** Sections that a drawing fills: the map of the location needs a centre, all others zones; that of studies their places. */
function drawnSections(of: Form, facts: SiteFacts, entries: Entry[]): ReadonlySet<Id> {
  const zones = drawnZones(facts).length > 0;
  const located = zones || centresOf(facts).length > 0;
  const maps = of.maps.filter(({ id, fills }) => fills === DRAWN && (id === 'M1' ? located : zones));
  const isPlace = ({ register, fields: { longitude, latitude } }: Entry): boolean =>
    (register === 'monitoring' || register === 'research') && typeof longitude === 'number' && typeof latitude === 'number';
  const studies = zones && entries.some(isPlace);
  const sections = of.parts.flatMap(({ sections: own }) => own.flatMap(nested));
  const filled = sections.filter(
    ({ id, fills }) =>
      (fills.includes(DRAWN) && maps.some((map) => map.sections.includes(id))) || (fills.includes(PLACES) && studies),
  );
  return new Set(filled.map(({ id }) => id));
}

function nested(section: FormSection): FormSection[] {
  return [section, ...section.sections.flatMap(nested)];
}
