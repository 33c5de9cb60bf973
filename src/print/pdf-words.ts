/**
 * Text as it is set on paper: white space as in HTML, line ends kept, and places where words that are too long for a line
 * may be broken.
 *
 *     words('https://example.org/a')             // ['https://example.org/a']
 *     words('sha256:0123456789abcdef', 12)       // ['sha256:', '0123456789', 'abcdef']
 *     words('first line\nsecond')                // ['first line', '\n', 'second']
 */

/** Words of running text that are longer may be broken [letters]. */
const LONGEST_WORD = 40;

/** Pieces of a word that is too long: short enough to fill lines [letters]. */
const PIECE = 10;

/** What no font shows: control characters, private use (we keep places in sentences there), and what is no character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be left out
const NOT_SHOWN = /[\u0000-\u0009\u000e-\u001f\u007f-\u0084\u0086-\u009f\ue000-\uf8ff\ufffe\uffff]/g;
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** Text in one line, without what is not shown; white space becomes one space each, what holds words together stays. */
export function oneLine(text: string): string {
  return readable(text)
    .replace(/[ \n]+/g, ' ')
    .trim();
}

/** Text in pieces between which a line may end, with `\n` as a piece where one has to: within words of more than `longest` letters. */
export function words(text: string, longest = LONGEST_WORD): string[] {
  const pieces: string[] = [''];
  for (const word of readable(text).split(/(?<= )|(\n)/)) {
    if (word === undefined || word === '') continue;
    const letters = word.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
    if (word === '\n') pieces.push(word, '');
    else if (letters.length <= longest) pieces.push(`${pieces.pop()}${word}`);
    else {
      const [first = '', ...rest] = broken(letters, Math.min(PIECE, longest));
      pieces.push(`${pieces.pop()}${first}`, ...rest);
    }
  }
  return pieces.filter((piece) => piece !== '');
}

/** Boxes to tick, as our fonts have them. */
const BOXES: { [box: string]: string } = { '☐': '□', '☑': '⊠', '☒': '⊠' };

function readable(text: string): string {
  return text
    .replace(/[☐☑☒]/g, (box) => BOXES[box] ?? box)
    .toWellFormed()
    .replace(LINE_END, '\n')
    .replace(/[ \t]+/g, ' ')
    .replace(NOT_SHOWN, '');
}

function broken(letters: string[], most: number): string[] {
  const parts: string[] = [];
  let part = '';
  let length = 0;
  for (const letter of letters) {
    part += letter;
    length += 1;
    if (length < most && !/[/.,;:?&=_-]/.test(letter)) continue;
    parts.push(part);
    [part, length] = ['', 0];
  }
  return part === '' ? parts : [...parts, part];
}
