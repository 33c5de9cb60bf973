/**
 * Where a text holds something close to a pattern, within so many changes of a letter.
 *
 *     approximate('биосферлық', 'Алакөл биосфералық резерваты', 2)   // [{ start: 7, end: 18, errors: 1 }]
 *
 * @see Sellers 1980, The theory and computation of evolutionary distances, J. Algorithms 1, 359-373, doi 10.1016/0196-6774(80)90016-4
 * @see Ukkonen 1985, Finding approximate patterns in strings, J. Algorithms 6, 132-137, doi 10.1016/0196-6774(85)90023-9
 */

/** A place [UTF-16 units], end excluded, and the insertions, deletions and exchanges of letters that lead to the pattern. */
export interface ApproximatePlace {
  start: number;
  end: number;
  errors: number;
}

/** Places within `most` changes of the pattern, of those that overlap the closest, the closest first. Only columns that can still succeed are computed (Ukkonen 1985). */
export function approximate(pattern: string, text: string, most: number): ApproximatePlace[] {
  const found: ApproximatePlace[] = [];
  let last: { end: number; errors: number } | null = null;
  const settle = (): void => {
    if (last === null) return;
    const start = startOf(pattern, text, last.end, last.errors);
    const before = found.at(-1);
    if (before === undefined || before.end <= start) found.push({ start, ...last });
    else if (last.errors < before.errors) found[found.length - 1] = { start, ...last };
    last = null;
  };
  eachEnd(pattern, text, most, (end, errors) => {
    if (last !== null && end - last.end > pattern.length / 2) settle();
    if (last === null || errors < last.errors) last = { end, errors };
  });
  settle();
  return found.sort((a, b) => a.errors - b.errors || a.start - b.start);
}

/** Least changes that turn a pattern into the beginning of a text, as much of it as suits. */
export function distanceToStart(pattern: string, text: string): number {
  let column = Int32Array.from({ length: pattern.length + 1 }, (_, i) => i);
  let least = pattern.length;
  for (let j = 0; j < text.length; j++) {
    column = nextColumn(pattern, column, text.charCodeAt(j), j + 1);
    least = Math.min(least, column[pattern.length] as number);
  }
  return least;
}

/** Calls back with every end where the pattern fits within `most` changes, from any start. Sellers 1980. */
function eachEnd(pattern: string, text: string, most: number, found: (end: number, errors: number) => void): void {
  const m = pattern.length;
  const codes = Uint16Array.from({ length: m }, (_, i) => pattern.charCodeAt(i));
  const column = Int32Array.from({ length: m + 1 }, (_, i) => i);
  let active = Math.min(m, most + 1); // rows beyond cannot be within `most`
  for (let j = 0; j < text.length; j++) {
    const code = text.charCodeAt(j);
    let diagonal = 0;
    for (let i = 1; i <= active; i++) {
      const left = column[i] as number;
      const best = codes[i - 1] === code ? diagonal : 1 + Math.min(diagonal, left, column[i - 1] as number);
      diagonal = left;
      column[i] = best;
    }
    while ((column[active] as number) > most) active--;
    if (active === m) found(j + 1, column[m] as number);
    else column[++active] = most + 1;
  }
}

/** Where the fit that ends at `end` begins: of the starts with as few changes, that which is nearest to the length of the pattern. */
function startOf(pattern: string, text: string, end: number, errors: number): number {
  const backwards = Array.from({ length: pattern.length }, (_, i) => pattern[pattern.length - 1 - i]).join('');
  let column = Int32Array.from({ length: pattern.length + 1 }, (_, i) => i);
  let best = { start: end, off: pattern.length };
  const reach = Math.min(end, pattern.length + errors);
  for (let k = 1; k <= reach; k++) {
    column = nextColumn(backwards, column, text.charCodeAt(end - k), k);
    const off = Math.abs(pattern.length - k);
    if ((column[pattern.length] as number) <= errors && off < best.off) best = { start: end - k, off };
  }
  return best.start;
}

/** The next column of the table of edit distances, the first row counting letters of the text. */
function nextColumn(pattern: string, column: Int32Array, code: number, first: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(column.length);
  next[0] = first;
  for (let i = 1; i < column.length; i++) {
    const same = pattern.charCodeAt(i - 1) === code ? 0 : 1;
    next[i] = Math.min((column[i - 1] as number) + same, (column[i] as number) + 1, (next[i - 1] as number) + 1);
  }
  return next;
}
