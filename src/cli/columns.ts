/** Tables for a terminal: columns as wide as their widest cell, numbers to the right. */

/** Lines of a table; the first row is its header. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => length(row[i] ?? ''))));
  const isNumber = widths.map((_, i) => rows.slice(1).every((row) => /^[–\d\s.,%+-]*$/u.test(row[i] ?? '')));
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat((widths[i] ?? 0) - length(cell));
        return isNumber[i] ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}

const length = (text: string): number => Array.from(text).length;

/** A text on one line, at most so long. */
export function short(text: string, most: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const points = Array.from(plain);
  return points.length <= most ? plain : `${points.slice(0, most - 1).join('')}…`;
}
