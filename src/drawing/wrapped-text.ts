/**
 * Lines of text of a known width, for drawings that are made without a browser.
 *
 *     wrapped('a long title of a map', 100, 14)   // ['a long title', 'of a map']
 */

/** Mean width of a letter in sizes of the font: no more than this in DejaVu Sans, the widest of the fonts asked for. */
const LETTER = { plain: 0.6, bold: 0.66 };

export type Weight = keyof typeof LETTER;

/** Width that `text` will take at most, about [px]. */
export function textWidth(text: string, size: number, weight: Weight = 'plain'): number {
  return [...text].length * LETTER[weight] * size;
}

/** `text` in lines that fit in `width` [px]; words that do not fit in a line are broken, those joined by U+00A0 stay together. */
export function wrapped(text: string, width: number, size: number, weight: Weight = 'plain'): string[] {
  const most = Math.max(4, Math.floor(width / (LETTER[weight] * size)));
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \t\r\n]+/).flatMap((word) => pieces(word, most))) {
    if (line !== '' && [...line].length + 1 + [...word].length > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

function pieces(word: string, most: number): string[] {
  const letters = [...word];
  return Array.from({ length: Math.ceil(letters.length / most) }, (_, i) => letters.slice(i * most, (i + 1) * most).join(''));
}
