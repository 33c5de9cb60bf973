/**
 * Which zone a word means: the dictionary `data/zone-names.json`, with numbers, names and slips of spelling around it.
 *
 *     zoneOfWord('Буферная зона №2', dictionary)   // { kind: 'buffer', as: 'буферная зона', sure: true }
 *     zoneOfWord('bufer', dictionary)               // { kind: 'buffer', as: 'buffer', sure: false }
 */
import type { ZoneKind } from '../types.ts';

/** The dictionary as it ships: words for each kind of zone, and the fields that usually hold them. */
export interface ZoneNames {
  fields: string[];
  kinds: Record<ZoneKind, string[]>;
  /** Words that turn a word into its opposite: `outside the core`. */
  negations: string[];
}

export interface ZoneWord {
  kind: ZoneKind;
  /** The word of the dictionary that was recognised. */
  as: string;
  /** Whether it stood there letter by letter; otherwise a slip of spelling was read over. */
  sure: boolean;
}

const KINDS: readonly ZoneKind[] = ['core', 'buffer', 'transition'];

/** A word must have so many letters before one, and before two of them may be wrong. */
const LETTERS_FOR_SLIPS = [5, 9] as const;

/** Letters that look alike in Latin and Cyrillic and are typed in one word by mistake. */
const LOOK_ALIKE: Record<string, string> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  k: 'к',
  m: 'м',
  t: 'т',
  i: 'і',
};

/** The zone that `text` means, or `null` where it means none or more than one. */
export function zoneOfWord(text: string, names: ZoneNames): ZoneWord | null {
  const wanted = plain(text);
  if (wanted === '') return null;
  const padded = ` ${wanted} `;
  if (names.negations.some((word) => padded.includes(` ${plain(word)} `))) return null;
  const within = (word: string): boolean => padded.includes(` ${plain(word)} `) || (isHan(word) && wanted.includes(word));
  const exactly = (word: string): number => (plain(word) === wanted ? 0 : -1);
  const longest = (word: string): number => (within(word) ? 1 / word.length : -1);
  return only(names, exactly, true) ?? only(names, longest, true) ?? only(names, (word) => slipsOf(plain(word), wanted), false);
}

/** Lower case, one space between words, without accents and punctuation: what two spellings of one word share. */
export function plain(text: string): string {
  const bare = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return /\p{Script=Cyrillic}/u.test(bare) ? bare.replace(/[aceopxykmti]/g, (letter) => LOOK_ALIKE[letter] ?? letter) : bare;
}

/** The one kind with a word that fits, and the best such word; `rank` is 0 for the best and negative for none. */
function only(names: ZoneNames, rank: (word: string) => number, sure: boolean): ZoneWord | null {
  const found = KINDS.flatMap((kind) => {
    const words = names.kinds[kind].map((word) => ({ word, rank: rank(word) })).filter((of) => of.rank >= 0);
    const best = words.toSorted((a, b) => a.rank - b.rank)[0];
    return best === undefined ? [] : [{ kind, as: best.word, sure }];
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

function isHan(word: string): boolean {
  return /^\p{Script=Han}+$/u.test(word);
}

/** How many slips lead from one to the other; -1 where that is more than a word of this length may have. */
function slipsOf(word: string, found: string): number {
  const allowed = LETTERS_FOR_SLIPS.filter((letters) => word.length >= letters).length;
  if (allowed === 0 || Math.abs(word.length - found.length) > allowed) return -1;
  const count = slips(word, found);
  return count <= allowed ? count : -1;
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment distance; Damerau 1964, doi 10.1145/363958.363994). */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
