/**
 * The parts of a scientific name as it is written: genus, epithets, author, and whether it leaves the species open.
 *
 *     parseName('Anser cf. fabalis (Latham, 1787)')   // { genus: 'anser', epithet: 'fabalis', author: 'Latham', year: 1787, open: true, … }
 *
 * International Code of Zoological Nomenclature, 4th edition, articles 5 and 51; International Code of Nomenclature for algae, fungi, and plants
 * (Madrid Code), articles 4, 46 and H.3.
 */

export interface ParsedName {
  /** Genus, epithet and infraspecific epithet in small letters, parted by blanks. */
  canonical: string;
  genus: string;
  epithet: string;
  infra: string;
  /** As written, without brackets and year. */
  author: string;
  year: number | null;
  /** "sp.", "cf.", "aff." or a question mark. */
  open: boolean;
  hybrid: boolean;
}

const OPEN = /(^|\s)(cf|aff|nr|sp|spp|ssp|indet|agg|s\.?\s?l|s\.?\s?str|gr)\.?(?=\s|$)|\?/giu;
const RANKS = /^(subsp|ssp|var|f|fo|forma|subvar|cv|nothosubsp|nothovar|ab|morph|convar)\.?$/i;
const FOLD: Record<string, string> = {
  ö: 'o',
  ä: 'a',
  ü: 'u',
  ë: 'e',
  ï: 'i',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  å: 'a',
  é: 'e',
  è: 'e',
  ç: 'c',
  ñ: 'n',
  ß: 'ss',
};

/** The parts of a name; `author` where it is written beside the name. */
export function parseName(written: string, author: string | null = null): ParsedName {
  const clean = written
    .normalize('NFC')
    .replace(/[\u2019\u02BC`]/g, "'")
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const open = OPEN.test(` ${clean}`);
  OPEN.lastIndex = 0;
  const hybrid = clean.includes('×') || /\sx\s/.test(clean);
  const words = clean
    .replace(OPEN, ' ')
    .replace(/(^|\s)x(?=\s)/gu, ' ')
    .replaceAll('×', ' ')
    .trim()
    .split(/\s+/);
  const genus =
    /^[\p{Lu}][\p{L}-]*$/u.test(words[0] ?? '') || /^[\p{Ll}-]{3,}$/u.test(words[0] ?? '') ? fold(words[0] ?? '') : '';
  let at = genus === '' ? 0 : 1;
  if (/^\(\p{Lu}[\p{Ll}-]+\)$/u.test(words[at] ?? '') && /^\p{Ll}/u.test(words[at + 1] ?? '')) at++; // a subgenus
  const epithet = isEpithet(words[at]) ? fold(words[at++] ?? '') : '';
  let infra = '';
  const authors: string[] = [];
  if (epithet !== '')
    for (; at < words.length; at++) {
      const word = words[at] ?? '';
      if (RANKS.test(word) && isEpithet(words[at + 1])) {
        infra = fold(words[++at] ?? '');
        authors.length = 0; // that of the species
      } else if (infra === '' && authors.length === 0 && isEpithet(word) && !PARTICLES.has(word)) infra = fold(word);
      else authors.push(word);
    }
  else authors.push(...words.slice(at));
  const whole = author === null || author.trim() === '' ? authors.join(' ') : author.trim();
  const year = /\b(1[6-9]\d\d|20\d\d)\b/.exec(whole)?.[1];
  return {
    canonical: [genus, epithet, infra].filter((part) => part !== '').join(' '),
    genus,
    epithet,
    infra,
    author: whole
      .replace(/[()[\]]|\b(1[6-9]\d\d|20\d\d)\b/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/[\s,]+$/, '')
      .trim(),
    year: year === undefined ? null : Number(year),
    open,
    hybrid,
  };
}

/** Words in small letters that begin an author. */
const PARTICLES = new Set([
  'de',
  'von',
  'van',
  'der',
  'den',
  'da',
  'di',
  'du',
  'la',
  'le',
  'et',
  'ex',
  'in',
  'f',
  'fil',
  'auct',
  'non',
  'nec',
  'emend',
  'apud',
]);

function isEpithet(word: string | undefined): boolean {
  return word !== undefined && /^[\p{Ll}][\p{Ll}-]+$/u.test(word) && !PARTICLES.has(word);
}

function fold(word: string): string {
  return [...word.toLowerCase()]
    .map((letter) => FOLD[letter] ?? letter)
    .join('')
    .replaceAll('-', '');
}

/**
 * How alike two authors are, 0 to 1: `L.` is Linnaeus, `Pall.` Pallas; of several names each has to fit, and years may be off by one, since
 * works came out over years.
 */
export function authorScore(a: Pick<ParsedName, 'author' | 'year'>, b: Pick<ParsedName, 'author' | 'year'>): number {
  const [one, other] = [peopleOf(a.author), peopleOf(b.author)];
  if (one.length === 0 || other.length === 0) return 0;
  const fits = (name: string, among: readonly string[]): number => Math.max(...among.map((known) => personScore(name, known)));
  const [fewer, more] = one.length <= other.length ? [one, other] : [other, one];
  const people = fewer.reduce((sum, name) => sum + fits(name, more), 0) / fewer.length;
  const all = people * (fewer.length === more.length ? 1 : 0.95);
  if (a.year === null || b.year === null) return Math.round(all * (a.year === b.year ? 1 : 0.98) * 1000) / 1000;
  const apart = Math.abs(a.year - b.year);
  return Math.round(all * (apart === 0 ? 1 : apart === 1 ? 0.95 : apart <= 3 ? 0.8 : 0.4) * 1000) / 1000;
}

function peopleOf(author: string): string[] {
  const last = author.replace(/^.*\bex\.?\s+/i, '').replace(/\s+in\s+.*$/i, ''); // who published, not who thought of it or where
  return last
    .split(/\s*(?:&|,|\bet\b|\band\b)\s*/i)
    .map((name) => name.replace(/\b(fil|f|jr|sr)\.?$/i, '').trim())
    .filter((name, i) => name !== '' && !/^al\.?$/i.test(name) && !(i > 0 && /^(\p{Lu}\.?\s?-?){1,3}$/u.test(name)))
    .map((name) => fold(surname(name)) + (name.endsWith('.') ? '.' : ''));
}

/** The last word that is no initial. */
function surname(name: string): string {
  const words = name.replace(/([.])(?=\S)/g, '$1 ').split(/\s+/);
  return (
    words.findLast((word) => /\p{Ll}/u.test(word) && word.replace('.', '').length > 1)?.replace('.', '') ??
    words.at(-1)?.replace('.', '') ??
    ''
  );
}

function personScore(a: string, b: string): number {
  const [one, other] = [a.replace('.', ''), b.replace('.', '')];
  if (one === other) return 1;
  const [short, long, cut] = one.length < other.length ? [one, other, a.endsWith('.')] : [other, one, b.endsWith('.')];
  if (cut && long.startsWith(short)) return 0.97; // an abbreviation
  if (short.length >= 3 && long.startsWith(short)) return 0.9;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  return Math.min(0.8, same / long.length);
}
