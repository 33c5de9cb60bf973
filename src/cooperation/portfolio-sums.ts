/**
 * The money of a dossier's activities as rows of a table, in US dollars: what the indicators of one's own portfolio are made of
 * (SDG 15.a.1, 17.7.1, 17.9.1), so that they are computed alike of a dossier and of a table that somebody else kept.
 *
 *     const { header, rows, notConverted } = portfolioSums(portfolio, { rates });
 *     // header: activity, year, money, amount_usd, kind, marker_2, marker_5
 */
import type { CsvTable } from '../formats/csv.ts';
import type { ExchangeRates } from '../formats/exchange-rates.ts';
import { convertMoney } from './money-sums.ts';
import type { Portfolio } from './portfolio.ts';

/** Markers of the DAC that have a column: environment and biodiversity. */
const MARKERS = ['2', '5'];

export interface PortfolioSums extends CsvTable {
  /** Sums without a rate of exchange or a year, which are in no row. */
  notConverted: number;
}

/** Receipts are money of others and planned payments are of a budget; of an activity and its parent that both have money of a kind, the parent's counts. */
export function portfolioSums(portfolio: Portfolio, { rates }: { rates?: ExchangeRates | undefined } = {}): PortfolioSums {
  const activities = new Map(portfolio.activities.map((one) => [one.id, one]));
  const paid = new Set(portfolio.money.map(({ feature, kind }) => `${feature} ${kind}`));
  let notConverted = 0;
  const rows = portfolio.money.flatMap((one, i) => {
    const activity = activities.get(one.feature);
    const parent = activity?.parent ?? null;
    const counted = activity !== undefined && !one.classes.includes('incoming') && !one.classes.includes('planned-disbursement');
    if (!counted || (parent !== null && paid.has(`${parent} ${one.kind}`))) return [];
    const value = convertMoney(one, { rates, into: 'USD' });
    const year = one.period?.start.slice(0, 4);
    if (value === null || year === undefined) {
      notConverted++;
      return [];
    }
    const markers = portfolio.aims.get(one.feature)?.markers ?? [];
    const scores = MARKERS.map(
      (code) => [`marker_${code}`, markers.find((marker) => marker.code === code)?.score ?? null] as const,
    );
    const cells = {
      activity: one.feature,
      year,
      money: one.kind,
      amount_usd: value,
      kind: activity.kind,
      ...Object.fromEntries(scores),
    };
    const values = Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell === null ? '' : String(cell)]));
    return [{ line: i + 1, values }];
  });
  const header = ['activity', 'year', 'money', 'amount_usd', 'kind', ...MARKERS.map((code) => `marker_${code}`)];
  return { header, rows, notConverted };
}
