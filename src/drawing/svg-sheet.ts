/**
 * The sheet of white paper that charts and maps are drawn on: one SVG with its name and description, its title on top.
 */
import type { Lang } from '../types.ts';
import { escaped } from './escaped.ts';
import { wrapped } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

interface SvgSheet {
  id: string;
  title: string;
  lang: Lang;
  width: number;
  height: number;
  /** Elements for `<defs>`. */
  defs?: string;
  /** What the picture shows, for those who do not see it. */
  description: string;
  body: string;
}

/** The whole drawing: no script, no style sheet, no outside address. */
export function svgSheet({ id, title, lang, width, height, defs = '', description, body }: SvgSheet): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" lang="${lang}" `,
    `aria-labelledby="${id}-title ${id}-desc" font-family="'Noto Sans','Segoe UI','DejaVu Sans',sans-serif">`,
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>`,
    defs === '' ? '' : `<defs>${defs}</defs>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>${body}</svg>`,
  ].join('');
}

/** `title` in bold lines from the upper edge down, `margin` from the sides, and how high they are [px]. */
export function drawTitle(title: string, width: number, { size, margin }: { size: number; margin: number }) {
  const lines = wrapped(title, width - 2 * margin, size, 'bold');
  const svg = lines.map(
    (line, i) =>
      `<text x="${margin}" y="${size + 3 + i * (size + 4)}" font-size="${size}" font-weight="700" fill="${INK}">${escaped(line)}</text>`,
  );
  return { svg: svg.join(''), height: lines.length * (size + 4) };
}
