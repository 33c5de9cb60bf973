/**
 * Rows of people counted and of money, as tables bring them, and identifiers of people and organisations held against their check
 * digits.
 */
import { periodOf } from '../periods.ts';
import { checkOrcid, checkRor, type IdentifierCheck } from '../science/identifiers.ts';
import type { Headcount, Id, Money, Organisation, Origin } from '../types.ts';
import type { Cells } from './cells.ts';

const MEASURES = ['employed', 'attended', 'trained', 'awarded', 'benefited'] as const;
const MONEY = ['budget', 'commitment', 'disbursement', 'expenditure', 'in-kind'] as const;
const SEXES = ['female', 'male', 'other', 'unknown'] as const;

type MakeOrigin = (cells: Cells, dataset: Id, row: string) => Origin;

/** People of an activity, a site or an organisation. Without an `id` the row is known by what it counts, of whom and when. */
export function readHeadcount(c: Cells, dataset: Id, origin: MakeOrigin): Headcount {
  const feature = c.required('feature');
  const measure = c.oneOf('measure', MEASURES);
  const groups = c.list('groups');
  const age = ageOf(c);
  const total = whole(c, 'total');
  const [female = null, male = null, other = null, unknown = null] = SEXES.map((field) => whole(c, field));
  const parts = [female, male, other, unknown].reduce((sum: number, count) => sum + (count ?? 0), 0);
  if ([total, female, male, other, unknown].every((count) => count === null)) c.required('total');
  if (total !== null && parts > total) c.wrong('total', String(total), `${parts} …`);
  const period = c.period('period');
  const unique = c.text('unique') === null ? 'unknown' : c.oneOf('unique', ['yes', 'no', 'unknown']);
  const id = c.text('id') ?? named([feature, measure, c.text('period'), ...groups, age]);
  const counts = { total, female, male, other, unknown };
  return { id, feature, measure, groups, age, period, ...counts, unique, note: c.text('note'), from: origin(c, dataset, id) };
}

/** A sum of an activity or a site. */
export function readMoney(c: Cells, dataset: Id, origin: MakeOrigin): Money {
  const feature = c.required('feature');
  const kind = c.oneOf('kind', MONEY);
  c.required('value');
  const value = c.number('value') ?? 0;
  const currency = c.required('currency');
  if (currency !== '' && !/^[A-Z]{3}$/.test(currency)) c.wrong('currency', currency, 'KZT, USD, EUR (ISO 4217)');
  const [classes, provider, receiver] = [c.list('classes'), c.text('provider'), c.text('receiver')];
  const id = c.text('id') ?? named([feature, kind, c.text('period'), currency, ...classes, provider, receiver]);
  const period = c.period('period');
  return {
    id,
    feature,
    kind,
    value,
    currency,
    period,
    classes,
    provider,
    receiver,
    note: c.text('note'),
    from: origin(c, dataset, id),
  };
}

/** An ORCID as its registry writes it; a wrong check digit is a fault that says what it would have to be. */
export function orcidIn(c: Cells): string | null {
  return identifierIn(c, 'orcid', checkOrcid, 1);
}

/** Identifiers of an organisation; those without a column are left out. */
export function identifiersIn(c: Cells): Organisation['ids'] {
  const ror = identifierIn(c, 'ror', checkRor, 2);
  const [iati, wikidata] = [c.text('iati'), c.text('wikidata')];
  if (wikidata !== null && !/^Q[1-9]\d*$/.test(wikidata)) c.wrong('wikidata', wikidata, 'Q1234');
  return {
    ...(ror === null ? {} : { ror: `https://ror.org/${ror}` }),
    ...(iati === null ? {} : { iati }),
    ...(wikidata === null ? {} : { wikidata }),
  };
}

/** @param length of the check digits at the end */
function identifierIn(c: Cells, field: string, check: (text: string) => IdentifierCheck, length: number): string | null {
  const found = c.text(field);
  if (found === null) return null;
  const checked = check(found);
  if (checked.ok) return checked.id;
  c.wrong(field, found, checked.why === 'form' ? checked.form : `${found.slice(0, -length)}${checked.expected}`);
  return null;
}

function whole(c: Cells, field: string): number | null {
  const count = c.number(field);
  if (count === null || (Number.isInteger(count) && count >= 0)) return count;
  c.wrong(field, String(count), '0, 1, 2 …');
  return null;
}

/** `0-17`, `18-35`, `65-` in whole years. */
function ageOf(c: Cells): string | null {
  const age = c.text('age');
  if (age === null) return null;
  const [, from, to] = /^(\d{1,3})-(\d{1,3})?$/.exec(age) ?? [];
  if (from === undefined || (to !== undefined && Number(to) < Number(from))) c.wrong('age', age, '0-17, 18-35, 65-');
  return age;
}

function named(parts: readonly (string | null)[]): Id {
  const known = parts.filter((part) => part !== null && part !== '');
  const dated = known.map((part) => (part !== null && periodOf(part) !== null ? part.replaceAll('/', '--') : part));
  return dated.join('/');
}
