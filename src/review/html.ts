/**
 * Blocks to one self-contained HTML file: no script, no outside address, readable on screen and on paper.
 */

import { escaped } from '../drawing/escaped.ts';
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import type { Align, Block, Cited, Figure, Table } from './blocks.ts';

const STYLE = `
:root { color-scheme: light; --ink: #1b2420; --soft: #53615a; --line: #c9d2cc; --gap: #fff4d6; --accent: #0b5d4b; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 48rem; color: var(--ink); background: #fff; font: 1rem/1.55 "Noto Sans", "Segoe UI", system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.9rem; } .under { margin: 0 0 1rem; color: var(--soft); font-size: 1.1rem; }
h2 { margin: 3rem 0 .5rem; padding-top: .8rem; border-top: 3px solid var(--accent); font-size: 1.45rem; }
h3 { margin: 2rem 0 .2rem; font-size: 1.15rem; } h4, h5 { margin: 1.4rem 0 .2rem; font-size: 1rem; }
.hint { margin: .1rem 0 .5rem; color: var(--soft); font-size: .92rem; }
.gap { margin: .4rem 0; padding: .45rem .7rem; border-left: 4px solid #b7791f; background: var(--gap); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
td + td, th + th { text-align: right; font-variant-numeric: tabular-nums; }
sup a { color: var(--accent); text-decoration: none; padding: 0 .1em; } ol { font-size: .88rem; overflow-wrap: anywhere; }
.wide { clear: both; } td.start, th.start { text-align: left; } td.end, th.end { text-align: right; }
figure { margin: .6rem 0; } figure svg { display: block; width: 100%; height: auto; } figcaption { color: var(--soft); font-size: .88rem; }
@media (min-width: 40rem) { figure.beside { float: right; width: 48%; margin: 0 0 .6rem 1.2rem; } }
a:focus-visible { outline: 3px solid var(--accent); }
@media print { body { max-width: none; font-size: 10.5pt; } h2 { break-before: page; } table, .gap { break-inside: avoid; } }
`;

/** What makes a page a sheet: small and close, on one A4 page where it fits. */
const SHEET = `
@page { size: A4; margin: 9mm 11mm; }
.sheet { max-width: 58rem; padding-bottom: 1.5rem; font-size: .88rem; line-height: 1.4; }
.sheet h1 { font-size: 1.45em; line-height: 1.25; } .sheet .under { margin-bottom: .5em; font-size: 1em; }
.sheet h2 { margin: .8em 0 .1em; padding: 0; border: 0; break-before: auto; break-after: avoid; font-size: 1.12em; color: var(--accent); }
.sheet p { margin: .2em 0; } .sheet table { margin: .1em 0 .4em; }
.sheet th, .sheet td { padding: .12em .4em; } .sheet thead th { vertical-align: bottom; }
.sheet .card td { overflow-wrap: anywhere; } .sheet tbody th { font-weight: 400; }
.sheet ol { margin: .1em 0; padding-left: 1.4em; font-size: .92em; }
@media print { .sheet { padding: 0; font-size: 7.8pt; line-height: 1.24; } .sheet th, .sheet td { padding: .06em .35em; } .sheet table { break-inside: auto; } .sheet tr { break-inside: avoid; }
  .sheet .scroll { overflow: visible; display: flow-root; } .sheet figure { break-inside: avoid; } .sheet figure.beside { float: right; width: 44%; margin: 0 0 .4em 1em; } }
@media screen and (max-width: 34rem) { .sheet .wide thead { display: none; } .sheet .wide tr { display: grid; grid-template-columns: 2.4em 1fr auto; border-bottom: 1px solid var(--line); }
  .sheet .wide th, .sheet .wide td { border: 0; } .sheet .wide td { grid-column: 2; } .sheet .wide td:nth-child(2) { grid-column: 2 / -1; } .sheet .wide td.end { grid-column: 3; } }
`;

/** A whole page in `lang` with `title` in its window; a `sheet` is set small, for one A4 page. */
export function renderHtml(blocks: Block[], lang: Lang, title: string, { sheet = false } = {}): string {
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}${sheet ? SHEET : ''}</style>
</head>
<body${sheet ? ' class="sheet"' : ''}>
<main>
${blocks.map((block) => render(block, lang)).join('\n')}
</main>
</body>
</html>
`;
}

function render(block: Block, lang: Lang): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(block.text)}</h1>\n<p class="under">${escaped(block.under)}</p>`;
    case 'heading':
      return `<h${block.level} id="${escaped(block.id)}">${escaped(block.text)}</h${block.level}>`;
    case 'hint':
      return `<p class="hint">${escaped(block.text)}</p>`;
    case 'text':
      return `<p>${cited(block.text, lang)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${cited(item, lang)}</li>`).join('')}</ul>`;
    case 'contents':
      return '';
    case 'gap':
      return `<p class="gap">${escaped(block.text)}</p>`;
    case 'table':
      return table(block, lang);
    case 'figure':
      return figure(block);
    case 'notes':
      return `<section aria-labelledby="notes"><h2 id="notes">${escaped(block.title)}</h2>\n<ol>${block.notes
        .map((note, i) => `<li id="note-${i + 1}">${linked(note)}</li>`)
        .join('\n')}</ol></section>`;
  }
}

function table({ caption, head, rows, align = [], wide = false }: Table, lang: Lang): string {
  const aligned = (column: number): string => classOf(align[column]);
  const heads = head.map((text, i) => `<th scope="col"${aligned(i)}>${escaped(text)}</th>`).join('');
  const lines = rows.map(([first, ...rest]) => {
    const name = `<th scope="row"${aligned(0)}>${first === undefined ? '' : cited(first, lang)}</th>`;
    return `<tr>${name}${rest.map((cell, i) => `<td${aligned(i + 1)}>${cited(cell, lang)}</td>`).join('')}</tr>`;
  });
  const name = caption === '' ? '' : `<caption>${escaped(caption)}</caption>`;
  const header = head.length === 0 ? '' : `<thead><tr>${heads}</tr></thead>`;
  return `<div class="scroll${wide ? ' wide' : ''}" tabindex="0"><table${head.length === 0 ? ' class="card"' : ''}>${name}${header}<tbody>${lines.join('\n')}</tbody></table></div>`;
}

function classOf(align: Align | undefined): string {
  return align === undefined ? '' : ` class="${align}"`;
}

/** The drawing goes in as it is: it was made by us, with its own text escaped. */
function figure({ svg, caption, beside = false }: Figure): string {
  const words = caption === '' ? '' : `<figcaption>${escaped(caption)}</figcaption>`;
  return `<figure${beside ? ' class="beside"' : ''}>${svg}${words}</figure>`;
}

function cited({ text, notes }: Cited, lang: Lang): string {
  const label = (n: number): string => escaped(t(lang, 'review.note-label', { number: String(n) }));
  const marks = notes.map((n) => `<sup><a href="#note-${n}" aria-label="${label(n)}">${n}</a></sup>`).join('');
  return `${escaped(text)}${marks}`;
}

/** A note with its web addresses as links; the text around them stays text. */
function linked(note: string): string {
  return note
    .split(/(https?:\/\/\S+)/)
    .map((part, i) => (i % 2 === 1 ? `<a href="${escaped(part)}">${escaped(part)}</a>` : escaped(part)))
    .join('');
}
