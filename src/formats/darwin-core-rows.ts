/**
 * Rows of delimited text that comes in pieces, as Darwin Core archives hold it: any separator, cells in quotation marks over several
 * lines, line ends of any system. Nothing but the row at hand is kept.
 *
 *     const reader = rowReader({ delimiter: ',', quote: '"', newline: '\n' }, (cells, line) => …);
 *     reader.write('id,name\n1,"Puma, ');
 *     reader.write('concolor"\n');
 *     reader.end();                     // rows: ['id', 'name'] of line 1, ['1', 'Puma, concolor'] of line 2
 */

export interface RowFormat {
  /** One character. */
  delimiter: string;
  /** One character, or `null` where quotation marks are text. */
  quote: string | null;
  /** The last character of a line end: `\n`, or `\r` of old Macintosh. */
  newline: string;
}

/** `width` is how many columns the row has, those that nobody wanted included. The array is the receiver's own. */
export type OnRow = (cells: string[], line: number, width: number) => void;

export interface RowReader {
  write(text: string): void;
  end(): void;
}

/** A quotation mark that nobody closed would take the rest of the file with it: from here on it is text [characters]. */
export const LONGEST_CELL = 2_000_000;

const CR = 13;

/**
 * A reader that hands over row after row; blank lines are none.
 * @param wanted numbers of the columns that are handed over, from 0, rising; without it all are
 * @param onOpenQuote told the line where a quotation mark was opened and never closed: it is taken as text
 */
export function rowReader(
  { delimiter, quote, newline }: RowFormat,
  onRow: OnRow,
  { wanted = null, onOpenQuote }: { wanted?: readonly number[] | null; onOpenQuote?: (line: number) => void } = {},
): RowReader {
  const [separator, mark, lineEnd] = [delimiter.charCodeAt(0), quote?.charCodeAt(0) ?? -1, newline.charCodeAt(0)];
  let rest = '';
  let line = 1;

  /** Rows of `text` as far as they are whole; returns where the first that is not begins. One piece, as it runs for every character. */
  function consume(text: string, last: boolean): number {
    const { length } = text;
    let row = 0;
    while (row < length) {
      const cells: string[] = [];
      let [at, cell, column, next, lines] = [row, row, 0, 0, 0];
      let want = wanted === null ? 0 : (wanted[0] ?? -1);
      for (;;) {
        const code = at < length ? text.charCodeAt(at) : -1;
        if (code !== separator && code !== lineEnd && code !== -1 && (code !== mark || at !== cell)) {
          at++;
          continue;
        }
        if (code === mark && at === cell && at < length) {
          const close = closingMark(text, at, last);
          if (close === WAIT) return row;
          if (close !== OPEN) {
            const from = at;
            at = close + 1;
            while (at < length && text.charCodeAt(at) !== separator && text.charCodeAt(at) !== lineEnd) at++;
            if (at === length && !last) return row;
            if (column === want) {
              cells.push(unquoted(text, from, close) + trimmedEnd(text, close + 1, at));
              want = wanted === null ? want + 1 : (wanted[++next] ?? -1);
            }
            for (let i = from; i < at; i++) if (text.charCodeAt(i) === lineEnd) lines++;
          } else {
            onOpenQuote?.(line + lines);
            at++;
            while (at < length && text.charCodeAt(at) !== separator && text.charCodeAt(at) !== lineEnd) at++;
            continue;
          }
        } else if (code === -1 && !last) {
          return row;
        } else if (column === want) {
          cells.push(code === separator ? text.slice(cell, at) : trimmedEnd(text, cell, at));
          want = wanted === null ? want + 1 : (wanted[++next] ?? -1);
        }
        column++;
        if (at >= length || text.charCodeAt(at) === lineEnd) break;
        at++;
        cell = at;
      }
      if (column > 1 || !isBlank(text, row, at)) onRow(cells, line, column);
      line += lines + 1;
      row = at + 1;
    }
    return Math.min(row, length);
  }

  /** The mark that closes the one at `open`; `WAIT` where more text may bring it, `OPEN` where it is none. */
  function closingMark(text: string, open: number, last: boolean): number {
    for (let at = open + 1; ; ) {
      at = text.indexOf(quote ?? '', at);
      if (at === -1 || at - open > LONGEST_CELL) return !last && text.length - open <= LONGEST_CELL ? WAIT : OPEN;
      if (at + 1 === text.length && !last) return WAIT;
      if (text.charCodeAt(at + 1) !== mark) return at;
      at += 2;
    }
  }

  function unquoted(text: string, open: number, close: number): string {
    const inner = text.slice(open + 1, close);
    return quote !== null && inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
  }

  return {
    write(text) {
      const whole = rest === '' ? text : rest + text;
      rest = whole.slice(consume(whole, false));
    },
    end() {
      consume(rest, true);
      rest = '';
    },
  };
}

const WAIT = -1;
const OPEN = -2;

/** A part of a text without the carriage return of Windows at its end. */
function trimmedEnd(text: string, from: number, to: number): string {
  return text.slice(from, to > from && text.charCodeAt(to - 1) === CR ? to - 1 : to);
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) > 32) return false;
  return true;
}
