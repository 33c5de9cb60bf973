/** What of a review is closed to whoever may not read everything: sections that are confidential as a whole, and texts that are marked. */
import type { Answer, Id } from '../types.ts';
import type { ReviewFacts } from './content.ts';
import type { Form } from './form.ts';
import { sectionsOf } from './sections.ts';
import { shippedForm } from './shipped-form.ts';

const known = new WeakMap<Form, ReadonlySet<Id>>();
let shipped: Form | undefined;

/** The sections of a form that are confidential as a whole, whatever is said of a text that stands in them. */
export function closedSections(form?: Form): ReadonlySet<Id> {
  shipped ??= shippedForm();
  const own = form ?? shipped;
  const ids = known.get(own) ?? new Set(sectionsOf(own).flatMap(({ section }) => (section.confidential ? [section.id] : [])));
  known.set(own, ids);
  return ids;
}

/** The texts that everybody may read. */
export function openAnswers(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ section, confidential }) => !confidential && !closedSections().has(section));
}

/** The evidence without the claims of texts that not everybody may read. */
export function openEvidence(
  { evidence, records }: Pick<ReviewFacts, 'evidence' | 'records'>,
  form: Form,
): ReviewFacts['evidence'] {
  const closed = closedSections(form);
  const marked = new Set(records.answers.flatMap(({ section, confidential }) => (confidential ? [section] : [])));
  const claims = evidence.claims.filter(
    ({ claim }) => !('section' in claim.in) || (!closed.has(claim.in.section) && !marked.has(claim.in.section)),
  );
  return { ...evidence, claims };
}
