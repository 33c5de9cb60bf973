/**
 * The map of a raster indicator as one SVG drawing, for the review and the page alike: classes within the zones, their outlines
 * over them, and a legend with the share of each class.
 *
 *     const svg = drawRasterMap({ layer, classes, zones, lang: 'ru', title, date: '2026-11-23', source, width: 720 });
 *
 * The classes are an image of dots, which stays small whatever the pattern of a landscape; all else is lines and letters.
 */
import { number, t } from '../i18n/index.ts';
import type { Lang, Position, ZoneKind } from '../types.ts';
import { fingerprint } from './fingerprint.ts';
import { drawGraticule } from './graticule.ts';
import type { MapOptions } from './map.ts';
import type { LegendItem } from './map-foot.ts';
import { frameAround, reach } from './map-frame.ts';
import { mapOutlines, type Outline, type Shape } from './map-outlines.ts';
import { localProjection } from './map-projection.ts';
import { centreText, drawMapSheet, groundText, roomForFrame } from './map-sheet.ts';
import { drawingOrder } from './map-zones.ts';
import { boxAround, type CodeLayer, rasterImage } from './raster-map-image.ts';
import { type RasterStyle, rasterStyles, stylePattern } from './raster-map-style.ts';
import { pathOf, pixels } from './svg-path.ts';
import { INK, zoneStyles } from './zone-style.ts';

/** A class of the legend. */
export interface RasterMapClass {
  /** From 1. */
  code: number;
  text: string;
  /** `#rrggbb` */
  color: string;
  /** What is not certain is hatched. */
  hatch: boolean;
  /** Of the area of all zones, 0-1; `null` where it is not known. */
  share: number | null;
}

export interface RasterMapOptions
  extends Pick<MapOptions, 'zones' | 'lang' | 'title' | 'date' | 'source' | 'notes' | 'width' | 'maxHeight'> {
  layer: CodeLayer;
  classes: readonly RasterMapClass[];
}

/** Smaller shares are not written as a number [%]. */
const LEAST_PERCENT = 0.1;

/**
 * Classes, zones, graticule, legend, scale bar, date and source.
 * @throws RangeError as `drawMap`.
 */
export function drawRasterMap(options: RasterMapOptions): string {
  const { layer, classes, zones, notes = [], lang, title, date, source, width, maxHeight = Infinity } = options;
  const shapes = zones.flatMap(({ kind, geometry }) => (geometry?.coordinates ?? []).map((polygon) => ({ kind, polygon })));
  const outer = shapes.flatMap(({ polygon }) => polygon.slice(0, 1));
  if (!outer.some((ring) => ring.length > 0)) throw new RangeError('no zone has a geometry: there is nothing to draw a map of');
  const projection = localProjection(outer);
  const frame = frameAround(projection, reach(projection, outer.flat()), roomForFrame(title, width, maxHeight));
  const id = `raster-${fingerprint(`${title} ${source} ${lang} ${width} ${projection.centre} ${classes.map(({ text }) => text)}`)}`;

  const present = new Set(layer.codes);
  const shown = classes.filter(({ code }) => present.has(code));
  const styles = rasterStyles(shown);
  const places = new Map(shown.map(({ code }, i) => [code, i + 1]));
  const codes = layer.codes.map((code) => places.get(code) ?? 0);
  const box = boxAround(
    outer.flatMap((ring) => ring.map((position) => frame.toPixels(position))),
    frame,
  );
  const image = box === null ? '' : rasterImage({ ...layer, codes }, frame, box, styles);
  const outlines = zoneOutlines(shapes, frame.toPixels, id);
  const net = drawGraticule(frame, lang, INK);
  return drawMapSheet({
    id,
    frame,
    lang,
    title,
    width,
    defs: `${outlines.defs}${styles.map((style, i) => stylePattern(style, `${id}-class-${i}`)).join('')}`,
    description: t(lang, 'picture.description', {
      title,
      classes: shown.map((one) => classText(one, lang)).join('; '),
      centre: centreText(frame, lang),
      width: groundText(frame, lang),
    }),
    map: `<g clip-path="url(#${id}-zones)">${image}</g>${net.net}${outlines.drawn}`,
    around: net.labels,
    legend: [...classItems(shown, styles, id, lang), ...unseenItem(classes, shown, lang), ...outlines.items(lang)],
    source,
    date,
    notes: [...(shown.some(({ hatch }) => hatch) ? [t(lang, 'picture.hatched')] : []), t(lang, 'picture.shares'), ...notes],
  });
}

function classText({ text, share }: Pick<RasterMapClass, 'text' | 'share'>, lang: Lang): string {
  if (share === null) return text;
  const percent = 100 * share;
  if (percent < LEAST_PERCENT) return t(lang, 'picture.share-small', { text, value: number(lang, LEAST_PERCENT, 1) });
  return t(lang, 'picture.share', { text, value: number(lang, percent, 1) });
}

function classItems(classes: readonly RasterMapClass[], styles: readonly RasterStyle[], id: string, lang: Lang): LegendItem[] {
  return classes.map((one, i) => ({
    text: capital(classText(one, lang), lang),
    picture: (x, y) => {
      const box = `x="${x - 13}" y="${y - 7}" width="26" height="14"`;
      const marks = styles[i]?.pattern === 'none' ? '' : `<rect ${box} fill="url(#${id}-class-${i})"/>`;
      return `<rect ${box} fill="${one.color}"/>${marks}<rect ${box} fill="none" stroke="${INK}" stroke-width=".6"/>`;
    },
  }));
}

function capital(text: string, lang: Lang): string {
  return text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
}

/** Classes that no cell of the map is of, together. */
function unseenItem(classes: readonly RasterMapClass[], shown: readonly RasterMapClass[], lang: Lang): LegendItem[] {
  const unseen = classes.filter((one) => !shown.includes(one) && (one.share ?? 0) > 0);
  if (unseen.length === 0) return [];
  const share = unseen.reduce((sum, one) => sum + (one.share ?? 0), 0);
  const text = classText({ text: t(lang, 'picture.classes-unseen', { count: unseen.length }), share }, lang);
  return [{ text: capital(text, lang), picture: () => '' }];
}

/** Outlines of the zones with a light edge, what they enclose to cut the image by, and their legend. */
function zoneOutlines(shapes: Shape[], project: (position: Position) => [number, number], id: string) {
  const byKind = Map.groupBy(mapOutlines(shapes, project), ({ kind }) => kind);
  const kinds = drawingOrder.filter((kind) => byKind.has(kind));
  const of = (kind: ZoneKind): Outline[] => byKind.get(kind) ?? [];
  const paths = kinds.map((kind) => {
    const rings = of(kind).flatMap((outline) => outline.rings.map((ring) => pathOf(ring, { closed: true })));
    return `<path id="${id}-${kind}" clip-rule="evenodd" d="${rings.join('')}"/>`;
  });
  const uses = kinds.map((kind) => `<use href="#${id}-${kind}"/>`).join('');
  const drawn = kinds.map((kind) => {
    const lines = of(kind).some((outline) => outline.lines !== null)
      ? `<path d="${of(kind)
          .flatMap(
            ({ lines: own, rings }) => own?.map((line) => pathOf(line)) ?? rings.map((ring) => pathOf(ring, { closed: true })),
          )
          .join('')}"`
      : `<use href="#${id}-${kind}"`;
    return `${lines} fill="none" stroke-linejoin="round" ${edgeOf(kind)}/>${lines} fill="none" stroke-linejoin="round" ${strokeOf(kind)}/>`;
  });
  const dots = new Set(kinds.flatMap(of).flatMap(({ dot }) => (dot === null ? [] : [`M${pixels(dot[0])} ${pixels(dot[1])}h0`])));
  const marks =
    dots.size === 0 ? '' : `<path d="${[...dots].join('')}" stroke="${INK}" stroke-width="4" stroke-linecap="round"/>`;
  return {
    defs: `${paths.join('')}<clipPath id="${id}-zones">${uses}</clipPath>`,
    drawn: drawn.join('') + marks,
    items: (lang: Lang): LegendItem[] =>
      kinds.toReversed().map((kind) => ({
        text: capital(t(lang, `zone.${kind}`), lang),
        picture: (x, y) => `<path d="M${x - 13} ${y}h26" fill="none" ${strokeOf(kind)}/>`,
      })),
  };
}

function strokeOf(kind: ZoneKind): string {
  const { outline, dashes } = zoneStyles[kind];
  return `stroke="${INK}" stroke-width="${outline}"${dashes === null ? '' : ` stroke-dasharray="${dashes}"`}`;
}

function edgeOf(kind: ZoneKind): string {
  return `stroke="#fff" stroke-opacity=".75" stroke-width="${zoneStyles[kind].outline + 1.8}"`;
}
