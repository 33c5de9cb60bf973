/**
 * Budgets and transactions of an IATI record as money. What was promised, paid out and spent keep their kind; what an organisation
 * received is marked `incoming`, so that nobody adds it to what the giver reports. Kinds without a noun are left out and counted.
 */
import type { Id, Money } from '../types.ts';
import { type IatiRecord, pathOf } from './iati.ts';
import { dayOf, decimalOf, type NounContext, nextDay, organisationOf } from './iati-nouns.ts';
import { attribute, elements, textOf, type XmlElement } from './xml-tree.ts';

/** TransactionType: 1 incoming funds, 2 commitment, 3 disbursement, 4 expenditure, 11 incoming commitment. */
const TRANSACTIONS: Record<string, { kind: Money['kind']; classes: string[] }> = {
  1: { kind: 'disbursement', classes: ['incoming'] },
  2: { kind: 'commitment', classes: [] },
  3: { kind: 'disbursement', classes: [] },
  4: { kind: 'expenditure', classes: [] },
  11: { kind: 'commitment', classes: ['incoming'] },
};

const PERIODIC: Record<string, { kind: Money['kind']; classes: string[] }> = {
  budget: { kind: 'budget', classes: [] },
  'planned-disbursement': { kind: 'budget', classes: ['planned-disbursement'] },
  'total-budget': { kind: 'budget', classes: [] },
  'total-expenditure': { kind: 'expenditure', classes: [] },
};

export function moneyOf(record: IatiRecord, feature: Id, context: NounContext): Money[] {
  const money: Money[] = [];
  for (const one of elements(record.element)) {
    if (one.uri !== '') continue;
    const periodic = PERIODIC[one.name];
    if (periodic !== undefined) {
      const [start, end] = [dayIn(one, 'period-start'), dayIn(one, 'period-end')];
      const period = start === null || end === null ? null : { start, end: nextDay(end) ?? end };
      add(money, one, record, feature, { ...periodic, classes: [...periodic.classes, ...classesOf(one)], period }, context);
    } else if (one.name === 'transaction') {
      const type = elements(one, 'transaction-type')[0];
      const code = type === undefined ? '' : (attribute(type, 'code') ?? '');
      const known = TRANSACTIONS[code];
      if (known === undefined) {
        const name = `transaction ${code}`;
        context.left.set(name, (context.left.get(name) ?? 0) + 1);
        continue;
      }
      const day = dayIn(one, 'transaction-date');
      add(
        money,
        one,
        record,
        feature,
        { ...known, period: day === null ? null : { start: day, end: nextDay(day) ?? day } },
        context,
      );
    } else if (/^recipient-.*-budget$/.test(one.name)) context.left.set(one.name, (context.left.get(one.name) ?? 0) + 1);
  }
  return money;
}

/** BudgetType 2 is a revision of a budget that may stand beside it: never add the two. BudgetStatus 2 is committed, else indicative. */
function classesOf(one: XmlElement): string[] {
  return [...(attribute(one, 'type') === '2' ? ['revised'] : []), ...(attribute(one, 'status') === '2' ? ['committed'] : [])];
}

function dayIn(of: XmlElement, name: string): string | null {
  const one = elements(of, name)[0];
  return one === undefined ? null : dayOf(attribute(one, 'iso-date'));
}

function add(
  money: Money[],
  one: XmlElement,
  record: IatiRecord,
  feature: Id,
  as: Pick<Money, 'kind' | 'classes' | 'period'>,
  context: NounContext,
): void {
  const value = elements(one, 'value')[0];
  const amount = value === undefined ? null : decimalOf(textOf(value));
  const currency = (value === undefined ? null : attribute(value, 'currency')) || attribute(record.element, 'default-currency');
  const at = { file: context.file, path: pathOf(one, record.index), line: String(one.line) };
  if (amount === null) {
    const found = value === undefined ? '' : textOf(value).trim().slice(0, 60);
    context.tell.push(['error', 'iati-value-unread', { ...at, name: 'value', found, expected: 'decimal' }]);
    return;
  }
  if (currency === null || currency === '') {
    context.tell.push(['error', 'iati-value-unread', { ...at, name: 'currency', found: '', expected: 'ISO 4217' }]);
    return;
  }
  const [provider, receiver] = ['provider-org', 'receiver-org'].map((name) => elements(one, name)[0]);
  money.push({
    id: `${feature}-money-${money.length + 1}`,
    feature,
    ...as,
    value: amount,
    currency,
    provider: provider === undefined ? null : organisationOf(provider, record.index, context),
    receiver: receiver === undefined ? null : organisationOf(receiver, record.index, context),
    note: null,
    from: {
      dataset: context.dataset,
      row: `${record.identifier ?? ''} ${pathOf(one, record.index).split('/').slice(1).join('/')}`,
    },
  });
}
