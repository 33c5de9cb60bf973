/**
 * Blocks to one self-contained HTML file: no script, no outside address, readable on screen and on paper.
 */
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import type { Block, Cited } from './blocks.ts';

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
a:focus-visible { outline: 3px solid var(--accent); }
@media print { body { max-width: none; font-size: 10.5pt; } h2 { break-before: page; } table, .gap { break-inside: avoid; } }
`;

/** A whole page in `lang` with `title` in its window. */
export function renderHtml(blocks: Block[], lang: Lang, title: string): string {
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
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
    case 'gap':
      return `<p class="gap">${escaped(block.text)}</p>`;
    case 'table':
      return table(block, lang);
    case 'notes':
      return `<section aria-labelledby="notes"><h2 id="notes">${escaped(block.title)}</h2>\n<ol>${block.notes
        .map((note, i) => `<li id="note-${i + 1}">${linked(note)}</li>`)
        .join('\n')}</ol></section>`;
  }
}

function table(block: Extract<Block, { kind: 'table' }>, lang: Lang): string {
  const head = block.head.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
  const rows = block.rows.map(([first, ...rest]) => {
    const name = `<th scope="row">${first === undefined ? '' : cited(first, lang)}</th>`;
    return `<tr>${name}${rest.map((cell) => `<td>${cited(cell, lang)}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0"><table><caption>${escaped(block.caption)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
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

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
