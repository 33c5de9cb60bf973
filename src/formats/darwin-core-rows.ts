/**
 * Rows of delimited text that comes in pieces of UTF-8, as Darwin Core archives hold it: any separator, cells in quotation marks over
 * several lines, line ends of any system. Nothing but the row at hand is kept, and of it only the cells that somebody wants.
 *
 *     const reader = rowReader({ delimiter: ',', quote: '"', newline: '\n' }, (cells, line) => …);
 *     reader.write(utf8('id,name\n1,"Puma, '));
 *     reader.write(utf8('concolor"\n'));
 *     reader.end();                     // rows: ['id', 'name'] of line 1, ['1', 'Puma, concolor'] of line 2
 */

export interface RowFormat {
  /** One character of ASCII. */
  delimiter: string;
  /** One character of ASCII, or `null` where quotation marks are text. */
  quote: string | null;
  /** The last character of a line end: `\n`, or `\r` of old Macintosh. */
  newline: string;
}

/** `width` is how many columns the row has, those that nobody wanted included. The array is the receiver's own. */
export type OnRow = (cells: string[], line: number, width: number) => void;

export interface RowReader {
  write(bytes: Uint8Array): void;
  end(): void;
}

export interface RowOptions {
  /** Numbers of the columns that are handed over, from 0, rising; without it all are. */
  wanted?: readonly number[] | null;
  /** Told the line where a quotation mark was opened and never closed: it is taken as text. */
  onOpenQuote?: (line: number) => void;
  /** Told the line where a cell is no UTF-8. */
  onBroken?: (line: number) => void;
}

/** A quotation mark that nobody closed would take the rest of the file with it: from here on it is text [bytes]. */
export const LONGEST_CELL = 2_000_000;

const CR = 13;
const [WAIT, OPEN] = [-1, -2];

type Slices = { latin1Slice(from: number, to: number): string; utf8Slice(from: number, to: number): string };
/** Node's own buffers, whose slices of text cost a third of what a decoder does. */
const nodeBuffer: typeof import('node:buffer').Buffer | null =
  globalThis.process?.getBuiltinModule?.('node:buffer')?.Buffer ?? null;
const decoder = new TextDecoder();
const none = new Uint8Array(0);

/** A reader that hands over row after row; blank lines are none. */
export function rowReader({ delimiter, quote, newline }: RowFormat, onRow: OnRow, options: RowOptions = {}): RowReader {
  const { wanted = null, onOpenQuote, onBroken } = options;
  const [separator, mark, lineEnd] = [delimiter.charCodeAt(0), quote?.charCodeAt(0) ?? -1, newline.charCodeAt(0)];
  let rest: Uint8Array = none;
  let line = 1;

  /** Rows of `bytes` as far as they are whole; returns where the first that is not begins. In one piece, as it runs for every byte. */
  function consume(bytes: Uint8Array, last: boolean): number {
    const { length } = bytes;
    const text = textOf(bytes);
    let row = 0;
    while (row < length) {
      const cells: string[] = [];
      let [at, column, next, lines] = [row, 0, 0, 0];
      let want = wanted === null ? 0 : (wanted[0] ?? -1);
      for (;;) {
        const cell = at;
        let close = OPEN;
        if (bytes[at] === mark) {
          close = closingMark(bytes, at, last);
          if (close === WAIT) return row;
          if (close === OPEN) onOpenQuote?.(line + lines);
          else at = close + 1;
        }
        let letters = 0;
        let code = 0;
        for (; at < length; at++) {
          code = bytes[at] as number;
          if (code === separator || code === lineEnd) break;
          letters |= code;
        }
        if (at === length && !last) return row;
        if (column === want) {
          const end = at > cell && bytes[at - 1] === CR && (at === length || code === lineEnd) ? at - 1 : at;
          const value = close === OPEN ? text(cell, end, letters < 128) : quoted(text, cell, close) + text(close + 1, end, false);
          if (onBroken !== undefined && (letters > 127 || close !== OPEN) && value.includes('\uFFFD')) onBroken(line + lines);
          cells.push(value);
          want = wanted === null ? want + 1 : (wanted[++next] ?? -1);
        }
        if (close !== OPEN) for (let i = cell; i < close; i++) if (bytes[i] === lineEnd) lines++;
        column++;
        if (at >= length || code === lineEnd) break;
        at++;
      }
      if (column > 1 || !isBlank(bytes, row, at)) onRow(cells, line, column);
      line += lines + 1;
      row = at + 1;
    }
    return Math.min(row, length);
  }

  /** The mark that closes the one at `open`; `WAIT` where more bytes may bring it, `OPEN` where it is none. */
  function closingMark(bytes: Uint8Array, open: number, last: boolean): number {
    for (let at = open + 1; ; ) {
      at = bytes.indexOf(mark, at);
      if (at === -1 || at - open > LONGEST_CELL) return !last && bytes.length - open <= LONGEST_CELL ? WAIT : OPEN;
      if (at + 1 === bytes.length && !last) return WAIT;
      if (bytes[at + 1] !== mark) return at;
      at += 2;
    }
  }

  function quoted(text: TextOf, open: number, close: number): string {
    const inner = text(open + 1, close, false);
    return quote !== null && inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
  }

  return {
    write(bytes) {
      const whole = rest.length === 0 ? bytes : joined(rest, bytes);
      rest = whole.subarray(consume(whole, false));
    },
    end() {
      consume(rest, true);
      rest = none;
    },
  };
}

type TextOf = (from: number, to: number, ascii: boolean) => string;

/** Text of parts of `bytes`. */
function textOf(bytes: Uint8Array): TextOf {
  if (nodeBuffer === null) return (from, to) => (from === to ? '' : decoder.decode(bytes.subarray(from, to)));
  const slices = nodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.length) as unknown as Slices;
  return (from, to, ascii) => (from === to ? '' : ascii ? slices.latin1Slice(from, to) : slices.utf8Slice(from, to));
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((bytes[i] as number) > 32) return false;
  return true;
}
