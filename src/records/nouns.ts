/**
 * A record as the nouns of the dossier, one file per sort beside this one; and the id by which it is known again.
 *
 *     nounsOf(kind, { year: 2023, category: 'rangers', total: 12 }, from, context)   // { headcounts: [ … ], … }
 */
import { periodOf } from '../periods.ts';
import type {
  Activity,
  Answer,
  Entry,
  FieldValue,
  Headcount,
  Id,
  Money,
  Observation,
  Organisation,
  Origin,
  Participation,
} from '../types.ts';
import { activityNouns } from './activity-nouns.ts';
import { answerNouns } from './answer-nouns.ts';
import type { RecordField, RecordKind } from './catalogue.ts';
import { indicatorOf, type RecordContext, sectionOf } from './context.ts';
import { headcountNouns, moneyNouns } from './count-nouns.ts';
import { shortened } from './dates.ts';
import { observationNouns } from './observation-nouns.ts';
import type { Fault, Values } from './reading.ts';
import { slug } from './words.ts';

export interface Nouns {
  organisations: Organisation[];
  activities: Activity[];
  participations: Participation[];
  headcounts: Headcount[];
  money: Money[];
  entries: Entry[];
  observations: Observation[];
  answers: Answer[];
}

/** What makes nouns of one record. */
export interface Making {
  kind: RecordKind;
  /** Of the record, and of the noun that stands for it. */
  id: Id;
  values: Values;
  from: Origin;
  context: RecordContext;
}

export const noNouns = (): Nouns => ({
  organisations: [],
  activities: [],
  participations: [],
  headcounts: [],
  money: [],
  entries: [],
  observations: [],
  answers: [],
});

/** The nouns of one record. @throws FaultError where a name in it cannot be told. */
export function nounsOf(making: Making): Nouns {
  switch (making.kind.keeps) {
    case 'activities':
      return activityNouns(making);
    case 'headcounts':
      return headcountNouns(making);
    case 'money':
      return moneyNouns(making);
    case 'observations':
      return observationNouns(making);
    case 'answers':
      return answerNouns(making);
    case 'entries':
      return { ...noNouns(), entries: [entryOf(making)] };
  }
}

function entryOf({ kind, id, values, from, context }: Making): Entry {
  const fields = Object.fromEntries(
    kind.fields.flatMap((field) => (values[field.id] === undefined ? [] : [[field.id, values[field.id] as FieldValue]])),
  );
  return { id, site: context.site, register: kind.id, fields, confidential: kind.confidential, from };
}

/** A fault that only shows when a record is held against what the dossier knows. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/** The id of an organisation named in `field`, known or new. */
export function organisationId(text: FieldValue, field: Id, { organisations }: RecordContext): Id {
  const found = organisations.find(String(text));
  if ('id' in found) return found.id;
  throw new FaultError({
    field,
    reason: 'organisation-tie',
    found: String(text),
    details: { expected: found.tie.map(({ id }) => id).join(', ') },
  });
}

/** The new organisations among `ids`. */
export function newOrganisations(ids: readonly (Id | null)[], { organisations }: RecordContext): Organisation[] {
  return [...new Set(ids)].flatMap((id) => {
    const made = id !== null && organisations.isNew(id) ? organisations.get(id) : undefined;
    return made === undefined ? [] : [made];
  });
}

/**
 * The id of a record: reserve, kind and its key fields, so that the same record is known again whatever row it stands in.
 * `korgalzhyn/staff/2023+rangers`.
 */
export function recordId(kind: RecordKind, values: Values, context: RecordContext): Id {
  const parts = kind.fields.filter(({ key }) => key).map((field) => keyPart(values[field.id], field, context));
  while (parts.at(-1) === '-') parts.pop();
  return [`${context.site}/${kind.id}`, parts.join('+')].filter((part) => part !== '').join('/');
}

function keyPart(value: FieldValue | undefined, field: RecordField, context: RecordContext): string {
  if (value === undefined) return '-';
  if (field.type === 'organisation') return organisationId(value, field.id, context);
  if (field.type === 'date') return periodOf(String(value))?.start ?? String(value);
  if (field.type === 'period') return shortened(String(value)).replace('/', '--');
  if (field.id === 'section') return sectionOf(value, context.sections)?.id ?? slug(String(value));
  if (field.id === 'indicator') return indicatorOf(value, context.indicators)?.id ?? slug(String(value));
  if (Array.isArray(value)) return value.toSorted().join(',');
  return ['choice', 'zone', 'year', 'integer', 'number', 'yes-no', 'currency'].includes(field.type)
    ? String(value)
    : slug(String(value));
}

/** A text of a record, or `null`. */
export function textIn(values: Values, field: Id | undefined): string | null {
  const value = field === undefined ? undefined : values[field];
  return value === undefined ? null : String(value);
}

/** A number of a record, or `null`. */
export function numberIn(values: Values, field: Id): number | null {
  const value = values[field];
  return typeof value === 'number' ? value : null;
}

/** The texts of a list of a record. */
export function listIn(values: Values, field: Id | undefined): string[] {
  const value = field === undefined ? undefined : values[field];
  return value === undefined ? [] : [value].flat().map(String);
}
