/** Rows of staff and of money, there and back: counts by group of work, sums by source and purpose. */
import { periodOf } from '../periods.ts';
import type { Headcount, Id, Money } from '../types.ts';
import { type RecordKind, SEXES } from './catalogue.ts';
import { type KeptNouns, type KeptRecord, type Making, type Nouns, noNouns } from './nouns.ts';
import { newOrganisations, organisationId } from './organisations.ts';
import type { Values } from './reading.ts';
import { filled, numberIn, textIn } from './record-values.ts';

/** Fields whose codes tell apart groups of staff, and sums of money. */
const GROUPS = ['category', 'contract', 'time'] as const;
const CLASSES = ['source', 'purpose'] as const;
/** Fields that count people: all, and by sex. */
export const COUNTS = ['total', ...SEXES] as const;

/** What a sum of money is where the sheet does not say. */
export const USUAL_MONEY: Money['kind'] = 'budget';

/** Counts of a record's people; an absent total stays absent, whatever the parts. */
export function countsIn(values: Values): Pick<Headcount, (typeof COUNTS)[number]> {
  const [total, female, male, other, unknown] = COUNTS.map((field) => numberIn(values, field));
  return { total: total ?? null, female: female ?? null, male: male ?? null, other: other ?? null, unknown: unknown ?? null };
}

/** Staff of one group of work in one year, as the reserve counts it. */
export function headcountNouns({ id, values, from, context }: Making): Nouns {
  const groups = GROUPS.flatMap((field) => textIn(values, field) ?? []);
  const headcount: Headcount = {
    id,
    feature: context.site,
    measure: 'employed',
    groups,
    age: null,
    period: periodOf(String(values.year)),
    ...countsIn(values),
    unique: 'unknown',
    note: textIn(values, 'note'),
    from,
  };
  return { ...noNouns(), headcounts: [headcount] };
}

/** A sum of one year by source and purpose. @throws FaultError where the provider cannot be told. */
export function moneyNouns({ id, values, from, context }: Making): Nouns {
  const provider = values.provider === undefined ? null : organisationId(values.provider, 'provider', context.organisations);
  const sum: Money = {
    id,
    feature: context.site,
    kind: (textIn(values, 'kind') ?? USUAL_MONEY) as Money['kind'],
    value: Number(values.amount),
    currency: String(values.currency),
    period: periodOf(String(values.year)),
    classes: CLASSES.flatMap((field) => textIn(values, field) ?? []),
    provider,
    receiver: null,
    note: textIn(values, 'note'),
    from,
  };
  return { ...noNouns(), money: [sum], organisations: newOrganisations([provider], context.organisations) };
}

/** Staff records that the dossier holds. */
export function keptHeadcounts(kind: RecordKind, { headcounts }: KeptNouns, prefix: Id): KeptRecord[] {
  return headcounts
    .filter(({ id }) => id.startsWith(prefix))
    .map((headcount) => ({
      id: headcount.id,
      values: filled({
        year: yearOf(headcount),
        ...codes(kind, GROUPS, headcount.groups),
        ...countsOf(headcount),
        note: headcount.note,
      }),
      nouns: { ...noNouns(), headcounts: [headcount] },
    }));
}

/** Sums of money of the reserve that the dossier holds. */
export function keptMoney(kind: RecordKind, { money }: KeptNouns, prefix: Id): KeptRecord[] {
  return money
    .filter(({ id }) => id.startsWith(prefix))
    .map((sum) => ({
      id: sum.id,
      values: filled({
        year: yearOf(sum),
        ...codes(kind, CLASSES, sum.classes),
        kind: sum.kind,
        amount: sum.value,
        currency: sum.currency,
        provider: sum.provider,
        note: sum.note,
      }),
      nouns: { ...noNouns(), money: [sum] },
    }));
}

/** The counts of a headcount as values of fields. */
export function countsOf(headcount: Pick<Headcount, (typeof COUNTS)[number]>): { [field: string]: number | null } {
  return Object.fromEntries(COUNTS.map((field) => [field, headcount[field]]));
}

/** Of the codes that are `held` together, the one that each field knows. */
function codes(kind: RecordKind, fields: readonly Id[], held: readonly string[]): { [field: string]: string | null } {
  return Object.fromEntries(
    fields.map((id) => {
      const choices = kind.fields.find((field) => field.id === id)?.choices ?? [];
      return [id, held.find((code) => choices.some((choice) => choice.id === code)) ?? null];
    }),
  );
}

function yearOf({ period }: Pick<Headcount, 'period'>): number | null {
  return period === null ? null : Number(period.start.slice(0, 4));
}
