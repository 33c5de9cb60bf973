/**
 * Blocks to one self-contained HTML file: no script, no outside address, readable on screen and on paper.
 *
 *     const page = renderHtml(blocks, 'kk', 'Korgalzhyn · Periodic review');
 */
import { escaped } from '../drawing/escaped.ts';
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { type Align, type Block, type Cited, type Figure, type Heading, notesOf, stopped, type Table } from './blocks.ts';
import { drawings } from './html-drawing.ts';
import { SHEET, STYLE } from './html-style.ts';
import { marksOf, type Piece, type References, references, withAddresses } from './references.ts';

/** What the blocks of one page need to know of one another. */
export interface Page {
  lang: Lang;
  refer: References;
  /** How many there are. */
  notes: number;
  /** What stands before the names of places, so that a piece of a page can stand in another one. */
  prefix: string;
  /** The address of the page that a place is on, where it is another one. */
  pageOf(anchor: string): string;
  inline(figure: Figure): string;
}

/**
 * A whole page in `lang` with `title` in its window; a `sheet` is set small, for one A4 page.
 * @throws RangeError when a note, table or figure that is referred to is not there: a fault of ours.
 */
export function renderHtml(blocks: Block[], lang: Lang, title: string, { sheet = false } = {}): string {
  const page: Page = {
    lang,
    refer: references(blocks, lang),
    notes: notesOf(blocks).length,
    prefix: '',
    pageOf: () => '',
    inline: drawings(),
  };
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}${sheet ? SHEET : ''}</style>
</head>
<body${sheet ? ' class="sheet"' : ''}>
${skipLink(blocks, page)}<main>
${blocks.map((block) => render(block, page)).join('\n')}
</main>
</body>
</html>
`;
}

/** Past the table of contents, where there is one. */
function skipLink(blocks: Block[], page: Page): string {
  const contents = blocks.findIndex((block) => block.kind === 'contents');
  const first = blocks.find((block, i) => contents !== -1 && i > contents && block.kind === 'heading');
  return first === undefined ? '' : `<a class="skip"${toPlace(first, page)}>${escaped(t(page.lang, 'document.skip'))}</a>\n`;
}

/** One block of a page. */
export function render(block: Block, page: Page): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(block.text)}</h1>\n<p class="under">${escaped(block.under)}</p>`;
    case 'heading':
      return heading(block, page);
    case 'hint':
      return `<p class="hint">${lines(block.text)}</p>`;
    case 'text':
      return `<p>${cited(block.text, page)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${cited(item, page)}</li>`).join('\n')}</ul>`;
    case 'contents':
      return contents(block.title, block.depth, idOf(block, page), page);
    case 'gap':
      return `<p class="gap">${lines(block.text)}</p>`;
    case 'table':
      return table(block, page);
    case 'figure':
      return figure(block, page);
    case 'notes': {
      const id = page.prefix + escaped(page.refer.anchor(block) ?? '');
      return `<section aria-labelledby="${id}"><h2 id="${id}">${escaped(block.title)}</h2>\n${noteList(block.notes, page)}</section>`;
    }
  }
}

/** Footnotes, each where its numbers lead. */
export function noteList(notes: string[], { prefix }: Page): string {
  const items = notes.map((note, i) => `<li id="${prefix}note-${i + 1}">${pieces(withAddresses(note))}</li>`);
  return `<ol>${items.join('\n')}</ol>`;
}

function heading(block: Heading, page: Page): string {
  const level = page.refer.level(block);
  return `<h${level}${idOf(block, page)}>${escaped(block.text)}</h${level}>`;
}

/** Links to the headings, those of a lower level in lists within the list. */
function contents(title: string, depth: number, id: string, page: Page): string {
  const { refer } = page;
  const links: string[] = [];
  let level = 1;
  for (const block of refer.listed(depth)) {
    const next = refer.level(block);
    links.push(next > level ? '<ol>' : `</li>${'</ol></li>'.repeat(level - next)}`);
    links.push(`\n<li><a${toPlace(block, page)}>${escaped(block.text)}</a>`);
    level = next;
  }
  links.push('</li></ol>'.repeat(level - 1));
  return `<nav class="contents"${id.replace(' id=', ' aria-labelledby=')}><h2${id}>${escaped(title)}</h2>${links.join('')}</nav>`;
}

function table(block: Table, page: Page): string {
  const { caption, head, rows, align = [], wide = false, landscape = false } = block;
  const aligned = (column: number): string => classOf(align[column]);
  const heads = head.map((text, i) => `<th scope="col"${aligned(i)}>${escaped(text)}</th>`).join('');
  const lines = rows.map(([first, ...rest]) => {
    const name = `<th scope="row"${aligned(0)}>${first === undefined ? '' : cited(first, page)}</th>`;
    return `<tr>${name}${rest.map((cell, i) => `<td${aligned(i + 1)}>${cited(cell, page)}</td>`).join('')}</tr>`;
  });
  const label = page.refer.label(block);
  const name = caption === '' ? '' : `<caption><span>${label} ${escaped(caption)}</span></caption>`;
  const header = head.length === 0 ? '' : `<thead><tr>${heads}</tr></thead>`;
  const region = caption === '' ? '' : ` role="region" aria-label="${escaped(`${label} ${caption}`)}"`;
  const kinds = ['scroll', wide ? ' wide' : '', landscape ? ' landscape' : ''].join('');
  const inner = `<table${head.length === 0 ? ' class="card"' : ''}>${name}${header}<tbody>${lines.join('\n')}</tbody></table>`;
  return `<div class="${kinds}"${idOf(block, page)}${region} tabindex="0">${inner}</div>`;
}

function classOf(align: Align | undefined): string {
  return align === undefined ? '' : ` class="${align}"`;
}

function figure(block: Figure, page: Page): string {
  const { caption, beside = false } = block;
  const { refer, inline } = page;
  const words = caption === '' ? '' : `<figcaption><b>${refer.label(block)}</b> ${escaped(caption)}</figcaption>`;
  return `<figure${beside ? ' class="beside"' : ''}${idOf(block, page)}>${inline(block)}${words}</figure>`;
}

/** Text with what it refers to and the numbers of its notes. */
function cited(content: Cited, page: Page): string {
  const { lang, refer, notes: count, prefix, pageOf } = page;
  const { notes, see = [] } = content;
  const { text, stop } = stopped(content);
  const label = (n: number): string => escaped(t(lang, 'review.note-label', { number: String(n) }));
  const marks = marksOf(notes, count).map((n) => `<a href="#${prefix}note-${n}" aria-label="${label(n)}">${n}</a>`);
  const seen = refer.seen(see).map(({ text, to }) => ({ text, to: to === null ? null : `${pageOf(to)}#${prefix}${to}` }));
  const raised = marks.length === 0 ? '' : `<sup>${marks.join(', ')}</sup>`;
  return `${lines(text)}${seen.length === 0 ? '' : ` (${pieces(seen)})${stop}`}${raised}`;
}

/** Text with its line ends. */
function lines(text: string): string {
  return escaped(text.trim()).replace(/\r\n|[\n\r\u2028\u2029]/g, '<br>');
}

function pieces(parts: Piece[]): string {
  return parts.map(({ text, to }) => (to === null ? escaped(text) : `<a href="${escaped(to)}">${escaped(text)}</a>`)).join('');
}

function idOf(block: Block, { refer, prefix }: Page): string {
  const anchor = refer.anchor(block);
  return anchor === null ? '' : ` id="${prefix}${escaped(anchor)}"`;
}

function toPlace(block: Block, { refer, prefix }: Page): string {
  const anchor = refer.anchor(block);
  return anchor === null ? '' : ` href="#${prefix}${escaped(anchor)}"`;
}
