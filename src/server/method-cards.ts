/**
 * The page of a method as HTML: ours, in the language that it is written in, without anything that a page could run or load.
 *
 *     methodCard('land-cover', 'ru')     // { title: 'Land cover and its change', lang: 'en', html: '<p>Areas by class …' }
 */
import { Marked } from 'marked';
import type { MethodCard } from '../api/indicators.ts';
import { listFiles, readShipped, shippedPath } from '../formats/source-node.ts';
import type { Id, Indicator, Lang } from '../types.ts';
import { processes } from './process-list.ts';

/** A heading of a card stands below the heading that the page gives it. */
const DEEPER = 2;
const DEEPEST = 6;

const pages = new Set(listFiles(shippedPath('docs', 'methods'), '.md').map((name) => name.replace(/\.md$/, '')));
const made = new Map<string, MethodCard>();

/** Name of the page of an indicator, or of what computes it; `null` where there is none. */
export function cardOf({ id, method }: Pick<Indicator, 'id' | 'method'>): Id | null {
  if (pages.has(id)) return id;
  const process = processes.find((one) => one.method === method)?.id;
  return process !== undefined && pages.has(process) ? process : null;
}

/** The page `name` in `lang`, else in English; `null` where there is none. */
export function methodCard(name: Id, lang: Lang): MethodCard | null {
  if (!pages.has(name)) return null;
  const own = pages.has(`${name}.${lang}`);
  const file = own ? `${name}.${lang}.md` : `${name}.md`;
  const known = made.get(file);
  if (known !== undefined) return known;
  const [, title = name, text = ''] = /^# (.*)\n([\s\S]*)$/.exec(readShipped('docs', 'methods', file)) ?? [];
  const card = { title, lang: own ? lang : 'en', html: cardHtml(text) };
  made.set(file, card);
  return card;
}

/** Markdown as HTML: what is HTML already is shown as text, pictures are left out, links lead to the web or nowhere. */
export function cardHtml(markdown: string): string {
  const marked = new Marked({
    gfm: true,
    async: false,
    renderer: {
      html: ({ text }) => escaped(text),
      image: ({ text }) => escaped(text),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return /^https:\/\//.test(href) ? `<a href="${escaped(href)}" rel="noreferrer">${text}</a>` : text;
      },
      heading({ depth, tokens }) {
        const level = Math.min(DEEPEST, depth + DEEPER - 1);
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
      },
      table(token) {
        const cells = (list: typeof token.header, tag: 'th' | 'td') =>
          list.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('');
        const head = token.header.some(({ text }) => text !== '') ? `<thead><tr>${cells(token.header, 'th')}</tr></thead>` : '';
        const rows = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
        return `<div class="scroll" tabindex="0"><table>${head}<tbody>${rows}</tbody></table></div>\n`;
      },
    },
  });
  return marked.parse(markdown) as string;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
