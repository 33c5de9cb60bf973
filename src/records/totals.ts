/** Totals that a sheet states, held against what its rows come to: of the block above, or of all rows. */
import type { SheetRow } from '../formats/spreadsheet-cells.ts';
import type { Id } from '../types.ts';
import type { RecordField } from './catalogue.ts';
import type { Column } from './header.ts';
import type { CheckedTotal } from './reading.ts';
import { readValue, type ValueContext } from './values.ts';

/** Sums differ less than this when only the last digit of a floating-point number does. */
const TOLERANCE = 1e-9;

/** Adds up the rows of a sheet as they are read, and tells of each total whether it agrees with them. */
export function totalsCheck(
  columns: readonly Column[],
  contexts: ReadonlyMap<number, ValueContext>,
  fields: ReadonlyMap<Id, RecordField>,
) {
  const summed = columns.filter(({ field }) => ['integer', 'number'].includes(fields.get(field)?.type ?? ''));
  const all = new Map<number, number>();
  const block = new Map<number, number>();
  const numberAt = (row: SheetRow, { index, field }: Column): number | null => {
    const cell = row.cells[index];
    if (cell === undefined || (cell.merged !== null && !cell.merged.first)) return null;
    const read = readValue(cell, fields.get(field) as RecordField, contexts.get(index) as ValueContext);
    return read !== 'blank' && 'value' in read && typeof read.value === 'number' ? read.value : null;
  };
  return {
    add(row: SheetRow): void {
      for (const column of summed) {
        const value = numberAt(row, column);
        if (value === null) continue;
        for (const sums of [all, block]) sums.set(column.index, (sums.get(column.index) ?? 0) + value);
      }
    },
    newBlock: (): void => block.clear(),
    /** What the total in `row` says of each column that has figures above it. */
    check(row: SheetRow, name: string): CheckedTotal[] {
      const checked = summed.flatMap((column): CheckedTotal[] => {
        const stated = numberAt(row, column);
        const whole = all.get(column.index);
        if (stated === null || whole === undefined) return [];
        const part = block.get(column.index) ?? whole;
        const agrees = [whole, part].some((sum) => Math.abs(sum - stated) <= TOLERANCE * Math.max(1, Math.abs(stated)));
        const sum = agrees ? stated : nearest(stated, whole, part);
        return [{ row: name, title: column.title, field: column.field, stated, sum, agrees }];
      });
      block.clear();
      return checked;
    },
  };
}

/** The sum that is nearer to what is stated. */
function nearest(stated: number, a: number, b: number): number {
  return Number((Math.abs(b - stated) < Math.abs(a - stated) ? b : a).toPrecision(15));
}
