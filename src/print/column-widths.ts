/**
 * How wide the columns of a table have to be, from the texts in it: the plan of CSS 2.1 section 17.5.2.2, each column between
 * its longest word and its longest line, with long texts damped so that they do not starve the numbers beside them.
 *
 *     columnWidths([['Core area', 'ha'], ['47 237', '12,5']], 9000, 18)   // { widths: [6020, 2980], size: 18 } [twips, half points]
 */

/** Width of a letter in sizes of the font: Arial's, by sort (Adobe's metrics of Helvetica, which it shares). */
const LETTER = { narrow: 0.28, plain: 0.57, wide: 0.76, widest: 0.95 };
/** Bold type, as heads have it, is wider by so much. */
const BOLD = 1.08;
/** What stands left and right of a text in its cell, and some air [twips]. */
export const PADDING = 2 * 85 + 40;
/** A longer word may be broken [letters]. */
const LONGEST_WORD = 24;
/** A text longer than this claims no more room than one as long [twips]. */
const LONG_TEXT = 6000;
/** Type sizes that are tried where words do not fit [half points]. */
const SMALLEST = 13;

/** Of a table: its columns [twips] and the size of its type [half points]. */
export interface Widths {
  widths: number[];
  size: number;
}

/** Columns for `rows` of texts, the first `heads` of them bold, that fill `room` [twips] exactly; type of `size` at most. */
export function columnWidths(rows: string[][], room: number, size: number, { heads = 0 } = {}): Widths {
  const count = Math.max(1, ...rows.map((row) => row.length));
  for (let type = size; ; type--) {
    const columns = Array.from({ length: count }, (_, i) => needs(rows, i, type, heads));
    const least = columns.reduce((sum, { word }) => sum + word, 0);
    if (least > room && type > SMALLEST) continue;
    return { widths: exactly(shared(columns, least, room), room), size: type };
  }
}

/** Width of `text` in type of `size` half points [twips]. */
export function textTwips(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) {
    if (/[ЖШЩЮЫМW@—%]/u.test(letter)) ems += LETTER.widest;
    else if (/[\p{Lu}\p{Extended_Pictographic}шщжмфюыШЩЖМФЮЫmwMW@%—]/u.test(letter)) ems += LETTER.wide;
    else if (/[\s.,:;!|'"()[\]/ijlftrіїI\u2009\u202f-]/.test(letter)) ems += LETTER.narrow;
    else if (!/\p{Mn}/u.test(letter)) ems += LETTER.plain;
  }
  return ems * size * 10;
}

function needs(rows: string[][], column: number, size: number, heads: number): { word: number; line: number } {
  let [word, line] = [0, 0];
  for (const [i, row] of rows.entries()) {
    const text = row[column] ?? '';
    const scale = i < heads ? size * BOLD : size;
    for (const part of text.split(/[\r\n]+/)) line = Math.max(line, textTwips(part.slice(0, 400), scale));
    for (const part of text.split(/[ \t\r\n\u2009-]+/)) word = Math.max(word, textTwips(part.slice(0, LONGEST_WORD), scale));
  }
  return { word: word + PADDING, line: Math.max(line, word) + PADDING };
}

/** All lines whole where they fit, else each column its longest word and a share of the rest by what it lacks. */
function shared(columns: { word: number; line: number }[], least: number, room: number): number[] {
  const whole = columns.reduce((sum, { line }) => sum + line, 0);
  if (whole <= room) return columns.map(({ line }) => line * (room / whole));
  if (least >= room) return columns.map(({ word }) => word * (room / least));
  const lacks = columns.map(({ word, line }) => Math.min(line, LONG_TEXT) - Math.min(word, LONG_TEXT));
  const sum = lacks.reduce((total, lack) => total + lack, 0);
  return columns.map(({ word }, i) => word + ((room - least) * (lacks[i] ?? 0)) / (sum || 1));
}

/** Whole twips that add up to `room`. */
function exactly(widths: number[], room: number): number[] {
  let [before, taken] = [0, 0];
  return widths.map((width, i) => {
    before += width;
    const upTo = i === widths.length - 1 ? room : Math.round(before);
    const whole = Math.max(1, upTo - taken);
    taken += whole;
    return whole;
  });
}
