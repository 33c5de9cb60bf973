/**
 * What stands below a map: its legend, the scale bar, the arrow to the north, date and source.
 */
import { number, t } from '../i18n/index.ts';
import type { Lang, ZoneKind } from '../types.ts';
import { escaped } from './escaped.ts';
import { type Frame, isInFrame } from './map-frame.ts';
import { circle, type Mark, signOf } from './map-marks.ts';
import { drawScaleBar, scaleBar } from './scale-bar.ts';
import { textWidth, wrapped } from './wrapped-text.ts';
import { INK, zoneStyles } from './zone-style.ts';

/** One line of the legend: a small picture at x, y (its middle), and what it means. */
export interface LegendItem {
  text: string;
  picture(x: number, y: number): string;
}

const SIZE = 11.5;
const SMALL = 9.5;
const ROW = 21;
/** Width of the picture of a legend item and the space after it [px]. */
const PICTURE = 36;
/** From this width on the scale bar stands beside the legend [px]. */
const WIDE = 520;

/** A longer legend stands below the scale bar, over the whole width. */
const MOST_BESIDE = 8;

/** The legend of the zones: sums of areas [ha] where they are known. */
export function zoneItems(areas: [kind: ZoneKind, areaHa: number | null][], lang: Lang, id: string): LegendItem[] {
  return areas.map(([kind, areaHa]) => ({
    text: capital(t(lang, `zone.${kind}`), lang) + (areaHa === null ? '' : `, ${areaText(lang, areaHa)}`),
    picture: (x, y) => {
      const { fill, outline, dashes } = zoneStyles[kind];
      const box = `x="${x - 13}" y="${y - 7}" width="26" height="14"`;
      const dashed = dashes === null ? '' : ` stroke-dasharray="${dashes}"`;
      return `<rect ${box} fill="${fill}"/><rect ${box} fill="url(#${id}-${kind})" stroke="${INK}" stroke-width="${outline}"${dashed}/>`;
    },
  }));
}

/** The legend of the marks: sites by name, and of the others the first of each kind for all. */
export function markItems(marks: Mark[], lang: Lang): LegendItem[] {
  const sites = marks.flatMap((mark): LegendItem[] =>
    mark.name === undefined ? [] : [{ text: mark.name, picture: (x, y) => signOf(mark, x, y, INK) }],
  );
  const kinds = (['repair', 'finding'] as const).flatMap((kind): LegendItem[] => {
    const first = marks.find((mark) => mark.kind === kind);
    if (first === undefined) return [];
    return [{ text: t(lang, `map.mark-${kind}`), picture: (x, y) => circle(kind, first.label, x, y, INK) }];
  });
  return [...sites, ...kinds];
}

/** `areaHa` as the form wants it: whole hectares, decimals only for what is small. */
export function areaText(lang: Lang, areaHa: number): string {
  return t(lang, 'rules.words.hectares', { value: number(lang, areaHa, Math.abs(areaHa) >= 100 ? 0 : 2) });
}

/** The foot from `top` down, `width` wide, and where it ends. */
export function drawFoot(
  frame: Frame,
  items: LegendItem[],
  lines: string[],
  at: { top: number; width: number; lang: Lang },
): { svg: string; bottom: number } {
  const { top, width, lang } = at;
  const { left } = frame;
  const bar = scaleBar(frame, Math.min(200, frame.width * 0.36));
  const barRoom = bar.pixels + 70;
  const wide = width >= WIDE && items.length <= MOST_BESIDE;
  const legend = drawLegend(items, {
    left,
    top: wide ? top : top + 34,
    width: wide ? width - 2 * left - barRoom - 10 : width - 2 * left,
  });
  const barLeft = wide ? width - left - barRoom + 8 : left + 6;
  const north = northArrow(frame, width - left - 12, top + 1, lang);
  const below = Math.max(legend.bottom, top + 34);
  const words = lines.flatMap((line) => wrapped(line, width - 2 * left, SMALL));
  const text = words.map((line, i) => `<text x="${left}" y="${below + 12 + i * 12.5}">${escaped(line)}</text>`).join('');
  return {
    svg: `${drawScaleBar(bar, [barLeft, top], lang, INK)}${north}${legend.svg}<g font-size="${SMALL}" fill="#46544e">${text}</g>`,
    bottom: below + 12 + words.length * 12.5,
  };
}

/** Items one below another, in as many columns of the width of the longest as there is room for. */
export function drawLegend(
  items: LegendItem[],
  { left, top, width }: { left: number; top: number; width: number },
): { svg: string; bottom: number } {
  const longest = Math.max(...items.map(({ text }) => textWidth(text, SIZE) + PICTURE + 12));
  const columns = Math.max(1, Math.min(items.length, Math.floor(width / longest)));
  const rows = Math.ceil(items.length / columns);
  const svg = items.map(({ text, picture }, i) => {
    const x = left + Math.floor(i / rows) * (width / columns);
    const y = top + (i % rows) * ROW + 10;
    return `${picture(x + 14, y)}<text x="${(x + PICTURE).toFixed(1)}" y="${y + 4}" font-size="${SIZE}" fill="${INK}">${escaped(text)}</text>`;
  });
  return { svg: svg.join(''), bottom: top + rows * ROW };
}

/** An arrow to the north, true at the centre of the map; none where a pole is in the map and north is all around. */
function northArrow(frame: Frame, x: number, y: number, lang: Lang): string {
  if (isInFrame(frame, frame.toPixels([0, 90])) || isInFrame(frame, frame.toPixels([0, -90]))) return '';
  const letter = escaped(t(lang, 'map.north'));
  return (
    `<path d="M${x} ${y + 9}l5.5 17-5.5-4-5.5 4z" fill="${INK}"/>` +
    `<text x="${x}" y="${y + 7}" font-size="10.5" font-weight="700" text-anchor="middle" fill="${INK}">${letter}</text>`
  );
}

function capital(text: string, lang: Lang): string {
  return text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
}
