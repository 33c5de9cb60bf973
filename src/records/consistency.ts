/** What must hold between the values of one record, whatever its kind. */
import { periodOf } from '../periods.ts';
import type { FieldValue, Id } from '../types.ts';
import { type RecordKind, SEXES } from './catalogue.ts';
import type { Fault, Values } from './reading.ts';
import { numberIn } from './record-values.ts';

/** Fields of which the first may not lie after, or be more than, the second. */
const ORDERED = [
  ['start', 'end'],
  ['low', 'high'],
  ['altitude_min', 'altitude_max'],
] as const;

/** The faults of a record that was read; none where it may be kept. A total that is absent is never made up from its parts. */
export function checkValues(values: Values, kind: RecordKind): Fault[] {
  const number = (field: Id): number | null => numberIn(values, field);
  const faults: Fault[] = [];
  const total = number('total');
  const parts = SEXES.reduce((sum, sex) => sum + (number(sex) ?? 0), 0);
  const ages = (number('age_0_17') ?? 0) + (number('age_18_35') ?? 0);
  if (total !== null && total < Math.max(parts, ages))
    faults.push({ field: 'total', reason: 'total-less', found: String(total), details: { sum: Math.max(parts, ages) } });
  for (const [first, second] of ORDERED) {
    if (isAfter(values[first], values[second]))
      faults.push({ field: second, reason: 'order', found: String(values[second]), details: { first: String(values[first]) } });
  }
  const people = number('people');
  const women = number('women');
  if (people !== null && women !== null && women > people)
    faults.push({ field: 'people', reason: 'total-less', found: String(people), details: { sum: women } });
  const money = kind.fields.find(({ id }) => ['amount', 'income'].includes(id) && number(id) !== null);
  if (money !== undefined && values.currency === undefined && kind.fields.some(({ id }) => id === 'currency'))
    faults.push({ field: 'currency', reason: 'currency-missing', found: '', details: {} });
  return faults;
}

function isAfter(first: FieldValue | undefined, second: FieldValue | undefined): boolean {
  if (typeof first === 'number' && typeof second === 'number') return first > second;
  if (typeof first !== 'string' || typeof second !== 'string') return false;
  const [start, end] = [periodOf(first)?.start, periodOf(second)?.end];
  return start !== undefined && end !== undefined && start >= end;
}
