/**
 * Money planned, promised and spent: sums by currency as they are, and in one currency where the user gave rates.
 *
 *     sumMoney(money, { rates, into: 'USD' })
 *     // { budget: { converted: 1200000, notConverted: { KZT: 4000000 }, byCurrency: { … } }, … }
 *
 * A sum is converted by the mean rate of the year in which its period begins. Without a rate it is not converted, and told.
 * Kinds are never added: what one calls a disbursement the other calls an expenditure.
 */
import type { ExchangeRates } from '../formats/exchange-rates.ts';
import type { Money } from '../types.ts';

export type MoneyKind = Money['kind'];

export const MONEY_KINDS: readonly MoneyKind[] = ['budget', 'commitment', 'disbursement', 'expenditure', 'in-kind'];

export interface MoneySum {
  /** In the currency asked for; `null` where nothing of it could be converted. */
  converted: number | null;
  byCurrency: Record<string, number>;
  /** The part that has no rate, or no year, by currency. */
  notConverted: Record<string, number>;
  entries: number;
}

export type MoneySums = Partial<Record<MoneyKind, MoneySum>>;

export interface MoneyOptions {
  rates?: ExchangeRates | undefined;
  /** ISO 4217. */
  into: string;
}

/** Money by kind; receipts (incoming) are money of others and left out. */
export function sumMoney(money: readonly Money[], { rates, into }: MoneyOptions): MoneySums {
  const sums: MoneySums = {};
  for (const one of money) {
    if (one.classes.includes('incoming')) continue;
    const sum = sums[one.kind] ?? { converted: null, byCurrency: {}, notConverted: {}, entries: 0 };
    sums[one.kind] = sum;
    sum.entries++;
    sum.byCurrency[one.currency] = (sum.byCurrency[one.currency] ?? 0) + one.value;
    const value = convertMoney(one, { rates, into });
    if (value === null) sum.notConverted[one.currency] = (sum.notConverted[one.currency] ?? 0) + one.value;
    else sum.converted = (sum.converted ?? 0) + value;
  }
  return sums;
}

/** One sum in another currency; `null` where a rate or the year is missing. The same currency needs neither. */
export function convertMoney({ value, currency, period }: Money, { rates, into }: MoneyOptions): number | null {
  if (currency === into) return value;
  const year = period?.start.slice(0, 4);
  if (rates === undefined || year === undefined) return null;
  const [from, to] = [rates.perDollar(currency, year), rates.perDollar(into, year)];
  return from === null || to === null ? null : (value / from) * to;
}

/** Spent by planned [1]: expenditure, else disbursement, by budget; only where all of both could be converted. */
export function spentByPlanned(sums: MoneySums): number | null {
  const spent = sums.expenditure ?? sums.disbursement;
  const whole = (sum: MoneySum | undefined): number | null =>
    sum === undefined || Object.keys(sum.notConverted).length > 0 ? null : sum.converted;
  const [used, planned] = [whole(spent), whole(sums.budget)];
  return used === null || planned === null || planned <= 0 ? null : used / planned;
}
