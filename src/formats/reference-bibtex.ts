/**
 * References in BibTeX and BibLaTeX: entries, strings, joined values, accents of LaTeX as letters.
 *
 *     readBibtex('@article{a, title = {G{\\"o}ller}, year = 2019}').references[0].title   // 'Göller'
 *
 * Reference: O. Patashnik 1988, BibTeXing; accents of LaTeX as of the LaTeX companion, table 7.32.
 */
import { type CslItem, type CslName, cslDate, cslName, type ReadReferences } from './reference-csl.ts';

const TYPES: Record<string, string> = {
  article: 'article-journal',
  book: 'book',
  booklet: 'pamphlet',
  inbook: 'chapter',
  incollection: 'chapter',
  inproceedings: 'paper-conference',
  conference: 'paper-conference',
  proceedings: 'book',
  mastersthesis: 'thesis',
  phdthesis: 'thesis',
  thesis: 'thesis',
  techreport: 'report',
  report: 'report',
  manual: 'report',
  online: 'webpage',
  electronic: 'webpage',
  www: 'webpage',
  dataset: 'dataset',
  software: 'software',
  unpublished: 'manuscript',
  legislation: 'legislation',
  collection: 'book',
  inreference: 'entry-encyclopedia',
  patent: 'patent',
};

const FIELDS: Record<string, string> = {
  title: 'title',
  journal: 'container-title',
  journaltitle: 'container-title',
  booktitle: 'container-title',
  publisher: 'publisher',
  institution: 'publisher',
  school: 'publisher',
  organization: 'publisher',
  address: 'publisher-place',
  location: 'publisher-place',
  volume: 'volume',
  number: 'issue',
  pages: 'page',
  doi: 'DOI',
  url: 'URL',
  issn: 'ISSN',
  isbn: 'ISBN',
  abstract: 'abstract',
  note: 'note',
  edition: 'edition',
  series: 'collection-title',
  langid: 'language',
  language: 'language',
  keywords: 'keyword',
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const LANGUAGES: Record<string, string> = {
  english: 'en',
  russian: 'ru',
  turkish: 'tr',
  kazakh: 'kk',
  american: 'en',
  british: 'en',
};

interface Entry {
  type: string;
  key: string;
  fields: Map<string, string>;
}

/** Every entry; text between entries is a comment. */
export function readBibtex(text: string): Omit<ReadReferences, 'format'> {
  const strings = new Map(MONTHS.map((month, i) => [month, String(i + 1)]));
  const references: CslItem[] = [];
  const skipped: ReadReferences['skipped'] = [];
  let [at, line, counted] = [0, 1, 0];
  for (;;) {
    at = text.indexOf('@', at);
    if (at === -1) return { references, skipped };
    for (; counted < at; counted++) if (text[counted] === '\n') line++;
    const head = /^@\s*([a-z]+)\s*([{(])/i.exec(text.slice(at, at + 60));
    if (head === null) {
      at++;
      continue;
    }
    const type = (head[1] ?? '').toLowerCase();
    const from = at + head[0].length;
    const end = closing(text, from, head[2] === '{' ? '}' : ')');
    if (type !== 'comment' && type !== 'preamble') {
      const entry = end === -1 ? null : entryOf(type, text.slice(from, end), strings);
      if (type === 'string') for (const [name, value] of entry?.fields ?? []) strings.set(name, value);
      else if (entry === null || !entry.fields.has('title'))
        skipped.push({ line, found: text.slice(at, at + 80).split('\n')[0] ?? '' });
      else references.push(itemOf(entry));
    }
    at = end === -1 ? from : end + 1;
  }
}

/** The place of the bracket that closes; -1 where there is none. */
function closing(text: string, from: number, bracket: string): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\\') i++;
    else if (depth === 0 && sign === bracket) return i;
    else if (sign === '{') depth++;
    else if (sign === '}') depth--;
  }
  return -1;
}

function entryOf(type: string, body: string, strings: ReadonlyMap<string, string>): Entry {
  const comma = type === 'string' ? -1 : body.indexOf(',');
  const fields = new Map<string, string>();
  let at = comma + 1;
  for (;;) {
    const name = /^[\s,]*([\w:.+-]+)\s*=\s*/.exec(body.slice(at, at + 200));
    if (name === null) break;
    at += name[0].length;
    const [value, next] = valueAt(body, at, strings);
    fields.set((name[1] ?? '').toLowerCase(), value);
    at = next;
  }
  return { type, key: comma === -1 ? body.trim() : body.slice(0, comma).trim(), fields };
}

/** Parts that `#` joins: in braces, in quotation marks, a number or a name of a string. */
function valueAt(body: string, from: number, strings: ReadonlyMap<string, string>): [value: string, next: number] {
  let [value, at] = ['', from];
  for (;;) {
    const sign = body[at];
    if (sign === '{') {
      const end = closing(body, at + 1, '}');
      value += body.slice(at + 1, end === -1 ? undefined : end);
      at = end === -1 ? body.length : end + 1;
    } else if (sign === '"') {
      const end = closing(body, at + 1, '"');
      value += body.slice(at + 1, end === -1 ? undefined : end);
      at = end === -1 ? body.length : end + 1;
    } else {
      const word = /^[^\s,#{}"]+/.exec(body.slice(at, at + 200))?.[0] ?? '';
      value += strings.get(word.toLowerCase()) ?? word;
      at += Math.max(word.length, 0);
    }
    const joined = /^\s*#\s*/.exec(body.slice(at, at + 50));
    if (joined === null) return [value, at];
    at += joined[0].length;
  }
}

function itemOf({ type, key, fields }: Entry): CslItem {
  const item: CslItem = { id: key, type: TYPES[type] ?? 'document' };
  for (const [name, value] of fields) {
    const field = FIELDS[name];
    if (field !== undefined && item[field] === undefined)
      item[field] = field === 'URL' || field === 'DOI' ? value.trim() : plainTex(value);
  }
  if (typeof item.page === 'string') item.page = item.page.replace(/\s*[–—-]+\s*/g, '-');
  if (typeof item.language === 'string') item.language = LANGUAGES[item.language.toLowerCase()] ?? item.language;
  const written =
    fields.get('date') ??
    [fields.get('year'), /^\d+$/.test(fields.get('month') ?? '') ? fields.get('month') : undefined].filter(Boolean).join('-');
  const issued = cslDate(written);
  const accessed = cslDate(fields.get('urldate') ?? '');
  const [author, editor] = [namesOf(fields.get('author')), namesOf(fields.get('editor'))];
  return {
    ...item,
    ...(author.length > 0 && { author }),
    ...(editor.length > 0 && { editor }),
    ...(issued !== undefined && { issued }),
    ...(accessed !== undefined && { accessed }),
  };
}

function namesOf(written: string | undefined): CslName[] {
  if (written === undefined) return [];
  return written
    .split(/\s+and\s+(?![^{]*\})/i)
    .filter((name) => name.trim() !== '' && name.trim().toLowerCase() !== 'others')
    .map((name) => (/^\s*\{[^{}]*\}\s*$/.test(name) ? { literal: plainTex(name) } : cslName(plainTex(name))));
}

/** Marks that LaTeX puts over or under a letter, as combining characters. */
const ACCENTS: Record<string, string> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '"': '\u0308',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030C',
  H: '\u030B',
  c: '\u0327',
  k: '\u0328',
  d: '\u0323',
  b: '\u0331',
  r: '\u030A',
};
const LETTERS: Record<string, string> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  aa: 'å',
  AA: 'Å',
  i: 'ı',
  j: 'ȷ',
  dh: 'ð',
  th: 'þ',
  textendash: '–',
  textemdash: '—',
  ldots: '…',
  dots: '…',
  textquoteright: '’',
};

/** LaTeX as people read it. */
export function plainTex(tex: string): string {
  return tex
    .replace(/\\([`'^~"=.])\s*(?:\{\s*(\\?[a-zA-Z\u0080-\uffff]?)\s*\}|(\\[ij]\b|[a-zA-Z\u0080-\uffff]))/g, accented)
    .replace(/\\([uvHckdbr])(?:\s*\{\s*(\\?[a-zA-Z]?)\s*\}|\s+([a-zA-Z]))/g, accented)
    .replace(
      /\\([a-zA-Z]+)(?:\{\}|\s+|(?![a-zA-Z]))/g,
      (whole, name: string) => LETTERS[name] ?? (/^(text|emph|it|bf|em|url)/.test(name) ? '' : whole),
    )
    .replace(/\\([&%$#_{}])/g, (_, sign: string) => (sign === '{' || sign === '}' ? '' : sign))
    .replace(/[{}]/g, '')
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/``|''/g, '"')
    .replace(/~/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
}

function accented(_: string, accent: string, braced: string | undefined, bare: string | undefined): string {
  const letter = (braced ?? bare ?? '').replace(/^\\/, '');
  return `${letter}${ACCENTS[accent] ?? ''}`;
}
