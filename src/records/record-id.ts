/**
 * The id by which a record is known again.
 *
 *     recordId(kind, { year: 2023, category: 'rangers', total: 12 }, context)   // 'korgalzhyn/staff/2023+rangers'
 */
import { periodOf } from '../periods.ts';
import type { FieldValue, Id } from '../types.ts';
import type { RecordField, RecordKind } from './catalogue.ts';
import { indicatorOf, type RecordContext, sectionOf } from './context.ts';
import { shortened } from './dates.ts';
import { organisationId } from './organisations.ts';
import type { Values } from './reading.ts';
import { slug } from './words.ts';

/**
 * The id of a record: reserve, kind and its key fields, so that the same record is known again whatever row it stands in.
 * @throws FaultError where an organisation in it cannot be told.
 */
export function recordId(kind: RecordKind, values: Values, context: RecordContext): Id {
  const parts = kind.fields.filter(({ key }) => key).map((field) => keyPart(values[field.id], field, context));
  while (parts.at(-1) === '-') parts.pop();
  return [`${context.site}/${kind.id}`, parts.join('+')].filter((part) => part !== '').join('/');
}

function keyPart(value: FieldValue | undefined, field: RecordField, context: RecordContext): string {
  if (value === undefined) return '-';
  if (field.type === 'organisation') return organisationId(value, field.id, context.organisations);
  if (field.type === 'date') return periodOf(String(value))?.start ?? String(value);
  if (field.type === 'period') return shortened(String(value)).replace('/', '--');
  if (field.id === 'section') return sectionOf(value, context.sections)?.id ?? slug(String(value));
  if (field.id === 'indicator') return indicatorOf(value, context.indicators)?.id ?? slug(String(value));
  if (Array.isArray(value)) return value.toSorted().join(',');
  return ['choice', 'zone', 'year', 'integer', 'number', 'yes-no', 'currency'].includes(field.type)
    ? String(value)
    : slug(String(value));
}
