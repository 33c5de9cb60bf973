/**
 * Where words stand in a review: in what records and figures say, and in what people wrote.
 *
 *     search('пожар', texts)   // [{ section: 'II.4.4', where: 'records', before: '… ', match: 'пожар', after: 'ы …' }]
 */
import type { Id } from '../types.ts';

/** One text of a section. */
export interface SectionText {
  section: Id;
  where: 'records' | 'text';
  text: string;
}

export interface Hit {
  section: Id;
  where: SectionText['where'];
  /** Words around the match, and the match as it stands in the text. */
  before: string;
  match: string;
  after: string;
}

/** Characters shown on either side of a match. */
const AROUND = 60;

/** The first place in each text that holds `words`, case and ё apart. */
export function search(words: string, texts: readonly SectionText[]): Hit[] {
  const wanted = plain(words.trim());
  if (wanted === '') return [];
  return texts.flatMap(({ section, where, text }) => {
    const at = plain(text).indexOf(wanted);
    if (at === -1) return [];
    const end = at + wanted.length;
    const [start, stop] = [Math.max(0, at - AROUND), Math.min(text.length, end + AROUND)];
    return [
      {
        section,
        where,
        before: `${start > 0 ? '… ' : ''}${oneLine(text.slice(start, at))}`,
        match: text.slice(at, end),
        after: `${oneLine(text.slice(end, stop))}${stop < text.length ? ' …' : ''}`,
      },
    ];
  });
}

/** In lower case, letter by letter, so that places stay where they are. */
function plain(text: string): string {
  return Array.from({ length: text.length }, (_, i) => lower(text[i] ?? '')).join('');
}

function lower(letter: string): string {
  const small = letter.toLowerCase();
  return small.length !== 1 ? letter : small === 'ё' ? 'е' : small;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
