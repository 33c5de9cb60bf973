/**
 * A roll-up as it may be published: small counts of people are hidden, and with them all that would tell them.
 *
 *     const open = publicRollUp(table);
 *     open.rows[0].people[0].women   // NaN where hidden (null where nobody counted); `open.hidden` says how many numbers are
 *
 * Rows that overlap do not add up, so that no total follows from them; it is left out, and each row is protected for itself.
 */
import { type CellMark, SMALL_CELL, suppressSmallCells } from '../science/small-cells.ts';
import { MEASURES, type Measure, type PeopleCount } from './people-count.ts';
import type { RollUp, RollUpRow } from './roll-up.ts';

export interface PublicRollUp extends RollUp {
  threshold: number;
  /** Numbers that were hidden. */
  hidden: number;
  /** `<row key> <measure>` of every count of people with something hidden. */
  hiddenIn: ReadonlySet<string>;
}

/** Women, men, others, unknown: the columns that a count of people is the sum of. */
type Parts = [women: number | null, men: number | null, other: number | null, unknown: number | null];

/** Hides small cells, measure by measure: those with other people in them are other tables. */
export function publicRollUp(table: RollUp, { threshold = SMALL_CELL }: { threshold?: number } = {}): PublicRollUp {
  const hiddenIn = new Set<string>();
  const replaced = new Map<string, PeopleCount>();
  const adds = !table.overlapping && table.total !== null;
  let hidden = 0;
  for (const measure of MEASURES) {
    const rows = table.rows.flatMap((row) =>
      row.people.filter((one) => one.measure === measure).map((count) => ({ key: row.key, count })),
    );
    if (rows.length === 0) continue;
    const batches = adds ? [rows] : rows.map((row) => [row]);
    for (const batch of batches) {
      const { cells, marks } = suppressSmallCells(
        batch.map(({ count }) => partsOf(count)),
        { threshold },
      );
      for (const [i, { key, count }] of batch.entries()) {
        const shown = withHidden(count, cells[i] ?? [], marks[i] ?? []);
        hidden += shown.hidden;
        if (shown.hidden > 0) hiddenIn.add(`${key} ${measure}`);
        replaced.set(`${key} ${measure}`, shown.count);
      }
      const whole = table.total?.people.find((one) => one.measure === measure);
      if (!adds || whole === undefined) continue;
      const shown = withHidden(whole, cells.at(-1) ?? [], marks.at(-1) ?? []);
      hidden += shown.hidden;
      if (shown.hidden > 0) hiddenIn.add(`* ${measure}`);
      replaced.set(`* ${measure}`, shown.count);
    }
  }
  const few = (row: RollUpRow): boolean => row.named.people > 0 && row.named.people < threshold;
  const open = (row: RollUpRow): RollUpRow => ({
    ...row,
    named: few(row) || (row.key === '*' && table.rows.some(few)) ? { people: Number.NaN, participations: Number.NaN } : row.named,
    people: row.people.map((one) => replaced.get(`${row.key} ${one.measure}`) ?? one),
  });
  return {
    ...table,
    rows: table.rows.map(open),
    total: adds && table.total !== null ? open(table.total) : null,
    threshold,
    hidden,
    hiddenIn,
  };
}

/** Whether a count of a row has anything hidden. */
export function isHidden(table: RollUp | PublicRollUp, key: string, measure: Measure): boolean {
  return 'hiddenIn' in table && table.hiddenIn.has(`${key} ${measure}`);
}

function partsOf({ women, men, other, unknown }: PeopleCount): Parts {
  return [women, men, other, unknown];
}

/** A count without what is hidden (NaN); shares, indices and bounds made of hidden numbers go with them. */
function withHidden(
  count: PeopleCount,
  cells: readonly (number | null)[],
  marks: readonly CellMark[],
): { count: PeopleCount; hidden: number } {
  const hidden = marks.filter((mark) => mark === 'small' || mark === 'protect').length;
  const none = { value: null, low: null, high: null, known: null, unknown: null, unknownShare: null };
  // single lists are smaller tables within: what would tell their size is not published
  const alone = count.unique.low === count.counted ? count.counted : null;
  const partial = count.womenOnly > 0;
  const open = { ...count, womenOnly: 0, ...(partial ? { share: none } : {}), unique: { low: alone, high: count.counted } };
  if (hidden === 0) return { count: open, hidden };
  const value = (place: number): number => (marks[place] === 'shown' ? (cells[place] ?? 0) : Number.NaN);
  const part = (place: number, was: number | null): number | null => (was === null ? null : value(place));
  const counted = value(4);
  return {
    hidden,
    count: {
      ...open,
      counted,
      women: part(0, count.women),
      men: part(1, count.men),
      other: part(2, count.other),
      unknown: value(3),
      share: none,
      parity: { raw: null, adjusted: null, parity: null },
      unique: { low: null, high: counted },
    },
  };
}
