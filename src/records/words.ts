/**
 * Words as people type them, made comparable: case, ё, hyphens, spaces and look-alike letters do not matter; a slip of the
 * finger in a long word does not either.
 *
 *     plain('Численность\u00AD, чел.')      // 'численность чел'
 *     likeness(phrase('наименовние'), phrase('наименование'))  // 0.8
 */
import type { Lang } from '../types.ts';

/** Latin letters that look like Cyrillic ones, as they get into Cyrillic words from a wrong keyboard or from recognised scans. */
const LOOKALIKES = new Map([...'aceopxykhbmtiAÀ'].map((latin, i) => [latin, [...'асеорхукнвмтіАА'][i] ?? latin]));

const CYRILLIC = /[а-яёәғқңөұүһі]/;
const KAZAKH = /[әғқңөұүһі]/i;
const TURKISH = /[çğışöüİ]/;

/** Words that name nothing by themselves, in four languages. */
const SMALL = new Set(
  'в во на по из от до за о об и или с со к для при не а the of in on for and or a an to by per as де да ve ile için bir және мен үшін бойынша'.split(
    ' ',
  ),
);

/** A text in lower case without marks, one space between words; a word with Cyrillic letters has no Latin ones. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\u00AD|[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replaceAll('İ', 'i')
    .toLowerCase()
    .replace(/(\p{L})-\s*\n\s*(\p{L})/gu, '$1$2')
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}%+]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => (CYRILLIC.test(word) ? word.replace(/[a-z]/g, (letter) => LOOKALIKES.get(letter) ?? letter) : word))
    .join(' ');
}

/** The words of a plain text that name something. */
export function tokens(text: string): string[] {
  return plain(text)
    .split(' ')
    .filter((word) => word !== '' && !SMALL.has(word));
}

/** A text with its words found once, for comparing it with many. */
export interface Phrase {
  plain: string;
  tokens: string[];
  sorted: string;
  letters: number;
}

/** `text` made ready to be compared. */
export function phrase(text: string): Phrase {
  const words = tokens(text);
  return { plain: plain(text), tokens: words, sorted: words.toSorted().join(' '), letters: words.join('').length };
}

/**
 * How alike a header or value is to one of our words, 0-1: 1 the same; 0.9 the same words in another order; 0.8 but for slips
 * of the finger in words of six letters or more; below that the share of the text that the words account for.
 */
export function likeness(found: Phrase, known: Phrase): number {
  if (found.plain === '' || known.plain === '') return 0;
  if (found.plain === known.plain) return 1;
  const [ours, theirs] = [known.tokens, found.tokens];
  if (ours.length === 0 || ours.length > theirs.length) return 0;
  if (found.sorted === known.sorted) return 0.9;
  if (ours.length === theirs.length)
    return ours.every((word, i) => isSlip(word, theirs[i] ?? '')) ? 0.8 : stemShare(found, known);
  return stemShare(found, known);
}

function stemShare(found: Phrase, known: Phrase): number {
  const rest = [...found.tokens];
  for (const word of known.tokens) {
    const at = rest.findIndex((other) => isSameStem(word, other));
    if (at === -1) return 0;
    rest.splice(at, 1);
  }
  return 0.7 * (1 - rest.join('').length / found.letters);
}

/** The same word, but for an insertion, a deletion, a change or a swap of letters: one in six letters, two in ten. */
function isSlip(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  const allowed = shorter >= 10 ? 2 : shorter >= 6 ? 1 : 0;
  if (Math.abs(a.length - b.length) > allowed || (a[0] !== b[0] && a.at(-1) !== b.at(-1))) return false;
  return allowed > 0 && !/\d/.test(a + b) && distance(a, b) <= allowed;
}

/** The same word in another case or number: `женщин`, `женщины`. */
function isSameStem(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || Math.abs(a.length - b.length) > 3) return false;
  const needed = Math.max(4, shorter - 1);
  return a.slice(0, needed) === b.slice(0, needed);
}

/** Optimal string alignment distance: Damerau 1964, doi:10.1145/363958.363994, in the restricted form. */
export function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** The language that a text is written in, by its letters. */
export function languageOf(text: string): Lang {
  if (/[а-яё]/i.test(text) || KAZAKH.test(text)) return KAZAKH.test(text) ? 'kk' : 'ru';
  return TURKISH.test(text.toLowerCase()) ? 'tr' : 'en';
}

const LATIN: Record<string, string> = Object.fromEntries(
  'а-a б-b в-v г-g д-d е-e ё-yo ж-zh з-z и-i й-i к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ф-f х-kh ц-ts ч-ch ш-sh щ-shch ъ- ы-y ь- э-e ю-yu я-ya ә-a ғ-g қ-q ң-n ө-o ұ-u ү-u һ-h і-i ı-i ß-ss'
    .split(' ')
    .map((pair) => pair.split('-') as [string, string]),
);

/** Letters of a slug before it is cut [characters]. */
const LONGEST_SLUG = 60;

/** A readable id of Latin letters, digits and hyphens; a long one is cut and ends with a number that only this text has. */
export function slug(text: string): string {
  const whole = [...plain(text)]
    .map((letter) => LATIN[letter] ?? letter.normalize('NFD').replace(/[\u0300-\u036f]/g, ''))
    .join('')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (whole !== '' && whole.length <= LONGEST_SLUG) return whole;
  return `${whole.slice(0, LONGEST_SLUG - 8).replace(/-+$/, '')}-${fingerprint(plain(text))}`.replace(/^-/, '');
}

/** FNV-1a, 32 bits, as seven characters: tells long texts apart that begin alike. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, '0');
}
