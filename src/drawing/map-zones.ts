/**
 * The zones of a map as SVG: transition areas first, then buffer zones, core areas on top.
 */
import type { Position, ZoneKind } from '../types.ts';
import { mapOutlines, type Outline, type Shape } from './map-outlines.ts';
import { pathOf, pixels } from './svg-path.ts';
import { INK, patternOf, zoneStyles } from './zone-style.ts';

/** Zones in the order in which they are drawn. */
export const drawingOrder: readonly ZoneKind[] = ['transition', 'buffer', 'core'];

export interface DrawnZones {
  /** Shapes and patterns, for `<defs>`; each kind's pattern is `<id>-<kind>`. */
  defs: string;
  drawn: string;
  /** How many polygons are too small to be seen and were drawn as dots. */
  dots: number;
}

/** Draws `shapes`; `project` gives pixels, `id` tells this map from others on the page. */
export function drawZones(shapes: Shape[], project: (position: Position) => [number, number], id: string): DrawnZones {
  const byKind = Map.groupBy(mapOutlines(shapes, project), ({ kind }) => kind);
  const kinds = drawingOrder.flatMap((kind) => {
    const outlines = byKind.get(kind);
    return outlines === undefined ? [] : [drawKind(kind, outlines, `${id}-${kind}`)];
  });
  return {
    defs: kinds.map(({ defs }) => defs).join(''),
    drawn: kinds.map(({ drawn }) => drawn).join(''),
    dots: kinds.reduce((sum, { dots }) => sum + dots, 0),
  };
}

function drawKind(kind: ZoneKind, outlines: Outline[], id: string): DrawnZones {
  const { fill, outline, dashes } = zoneStyles[kind];
  const ringsOf = ({ rings }: Outline): string => rings.map((ring) => pathOf(ring, { closed: true })).join('');
  const whole = outlines.filter(({ lines, rings }) => lines === null && rings.length > 0);
  const cut = outlines.filter(({ lines }) => lines !== null);
  const shape = [
    `<g id="${id}-whole">${whole.map((polygon) => `<path d="${ringsOf(polygon)}"/>`).join('')}</g>`,
    cut.length === 0 ? '' : `<path id="${id}-cut" d="${cut.map(ringsOf).join('')}"/>`, // one path: no seam between its parts
  ].join('');
  const uses = cut.length === 0 ? ['whole'] : ['whole', 'cut'];
  const use = (part: string, paint: string): string => `<use href="#${id}-${part}" ${paint}/>`;
  const line = `fill="none" stroke="${INK}" stroke-width="${outline}" stroke-linejoin="round"${dashes === null ? '' : ` stroke-dasharray="${dashes}"`}`;
  const lines = cut.flatMap((polygon) => polygon.lines ?? []).map((open) => pathOf(open));
  return {
    defs: `${patternOf(kind, id)}${shape}`,
    drawn: [
      '<g fill-rule="evenodd">',
      ...uses.map((part) => use(part, `fill="${fill}"`) + use(part, `fill="url(#${id})"`)),
      use('whole', line),
      lines.length === 0 ? '' : `<path d="${lines.join('')}" ${line}/>`,
      drawDots(outlines, fill),
      '</g>',
    ].join(''),
    dots: outlines.filter(({ dot }) => dot !== null).length,
  };
}

/** Polygons too small to be seen: dots that are, one for each place that can be told from others. */
function drawDots(outlines: Outline[], fill: string): string {
  const places = new Set(outlines.flatMap(({ dot }) => (dot === null ? [] : [`M${pixels(dot[0])} ${pixels(dot[1])}h0`])));
  if (places.size === 0) return '';
  const d = [...places].join('');
  return `<path d="${d}" stroke="${INK}" stroke-width="4.6" stroke-linecap="round"/><path d="${d}" stroke="${fill}" stroke-width="2.6" stroke-linecap="round"/>`;
}
