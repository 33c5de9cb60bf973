/** Words on documents that several of their parts share. */
import { say } from '../words.ts';

const OURS = ['kk', 'ru', 'en', 'tr'];

/** The name of a language, or its code where it is none of ours. BCP 47 */
export function languageName(tag: string): string {
  const own = tag.slice(0, 2);
  return OURS.includes(own) && /^..(-|$)/.test(tag) ? say(`language.${own}`) : tag;
}

/** Formats that are called the same in every language. */
const FORMATS: Readonly<Record<string, string>> = { pdf: 'PDF', docx: 'Word', html: 'HTML', markdown: 'Markdown' };

/** What a format of documents is called. */
export function formatName(format: string): string {
  return FORMATS[format] ?? say('web.documents.format-text');
}

/** The beginning of a text, in one line. */
export function shortened(text: string, most = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
