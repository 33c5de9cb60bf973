/**
 * Drawings as parts of a page: each id stands in the page once, and who does not see the drawing is told what it shows.
 *
 *     const inline = drawings();
 *     inline(figure);   // '<svg …>', or in a frame that has its description
 */
import { escaped } from '../drawing/escaped.ts';
import type { Figure } from './blocks.ts';

/** Writes the drawings of one page, one after the other. */
export function drawings(): (figure: Figure) => string {
  const taken = new Set<string>();
  return ({ svg, alt, caption }) => {
    const drawn = withFreeIds(svg, taken);
    const described = /^<svg\b[^>]*\saria-label/.test(svg);
    const words = alt ?? (described ? '' : caption);
    return words === '' ? drawn : `<div role="img" aria-label="${escaped(words)}">${drawn}</div>`;
  };
}

/** The drawing as it is, or with other ids where one of its own is taken; the drawings are ours, their ids are plain names. */
function withFreeIds(svg: string, taken: Set<string>): string {
  const ids = [...svg.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
  let end = '';
  for (let n = 2; ids.some((id) => taken.has(id + end)); n += 1) end = `-${n}`;
  for (const id of ids) taken.add(id + end);
  if (end === '') return svg;
  const renamed = (list: string): string =>
    list
      .split(' ')
      .map((id) => id + end)
      .join(' ');
  return svg
    .replace(/(\sid|\saria-labelledby|\saria-describedby)="([^"]+)"/g, (_, name, list: string) => `${name}="${renamed(list)}"`)
    .replace(/(url\(#|href="#)([^")]+)/g, `$1$2${end}`);
}
