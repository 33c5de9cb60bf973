/**
 * The map of a zonation as one SVG drawing: for the review, the certificate and the web page alike.
 *
 *     const svg = drawMap({ zones, marks: [], lang: 'kk', title, date: '2026-11-23', source, width: 720 });
 *
 * Zones can be told by colour, by pattern and by outline; no script, no style sheet, no outside address.
 */
import { number, t } from '../i18n/index.ts';
import type { Lang, MultiPolygon, Position, Ring, ZoneKind } from '../types.ts';
import { fingerprint } from './fingerprint.ts';
import { drawGraticule } from './graticule.ts';
import { type Base, type DrawnBase, drawBase } from './map-base.ts';
import { baseItems } from './map-base-items.ts';
import { areaText, type LegendItem, markItems, zoneItems } from './map-foot.ts';
import { type Frame, frameAround, reach } from './map-frame.ts';
import { drawMarks, type Mark, type PlacedMark, placeMarks } from './map-marks.ts';
import { drawCountryNames, takenBy } from './map-names.ts';
import { drawOverlays, type Overlay, overlayItems } from './map-overlays.ts';
import { localProjection } from './map-projection.ts';
import { centreText, drawMapSheet, groundText, roomForFrame } from './map-sheet.ts';
import { drawingOrder, drawZones } from './map-zones.ts';
import { INK } from './zone-style.ts';

export interface MapZone {
  kind: ZoneKind;
  geometry: MultiPolygon | null;
  /** Shown in the legend, added up by kind where each zone of the kind has one [ha]. */
  areaHa?: number | null;
}

export interface MapOptions {
  zones: MapZone[];
  marks?: Mark[];
  /** Other designated areas, drawn as outlines over the zones. */
  overlays?: Overlay[];
  /** Land, water and borders below the zones; without it the ground is white. */
  base?: Base;
  /** Countries of the reserve, ISO 3166-1 alpha-2: lighter than their neighbours on the base. */
  countries?: string[];
  lang: Lang;
  title: string;
  /** Of the zonation or of the drawing, ISO 8601. */
  date: string;
  /** Where the zones come from: a file, a decision. */
  source: string;
  /** What else is to be said below the map. */
  notes?: string[];
  /** Of the whole drawing [px]. */
  width: number;
  /** Of the map within its frame [px]. */
  maxHeight?: number;
}

/**
 * The zones with graticule, legend, scale bar, north arrow, marks, date and source.
 * @throws RangeError when no zone has a geometry, a position is not a longitude and latitude, or the zones are spread
 * around the earth.
 */
export function drawMap(options: MapOptions): string {
  const { zones, marks = [], overlays = [], notes = [], base, lang, title, date, source, width, maxHeight = Infinity } = options;
  const shapes = zones.flatMap(({ kind, geometry }) => (geometry?.coordinates ?? []).map((polygon) => ({ kind, polygon })));
  const outer = shapes.flatMap(({ polygon }) => polygon.slice(0, 1));
  if (!outer.some((ring) => ring.length > 0)) throw new RangeError('no zone has a geometry: there is nothing to draw a map of');
  const projection = localProjection(outer);
  const frame = frameAround(projection, reach(projection, outer.flat()), roomForFrame(title, width, maxHeight));

  const id = `map-${fingerprint(idText(options, projection.centre))}`;
  const ground = base === undefined ? null : drawBase(base, frame, { home: options.countries ?? [] });
  const names = ground === null || !(ground.shown.border || ground.shown.disputed) ? '' : namesOn(ground, outer, frame, options);
  const { defs, drawn, dots } = drawZones(shapes, frame.toPixels, id);
  const net = drawGraticule(frame, lang, INK);
  const { placed, left } = placeMarks(marks, frame);
  const areas = areasByKind(zones);
  const legend = [
    ...zoneItems(areas, lang, id),
    ...overlayItems(overlays),
    ...markItems(
      placed.map(({ mark }) => mark),
      lang,
    ),
    ...dotItem(dots, lang),
    ...(ground === null ? [] : baseItems(ground, lang)),
  ];
  return drawMapSheet({
    id,
    frame,
    lang,
    title,
    width,
    defs,
    description: description(frame, areas, placed, options),
    map: `${ground?.ground ?? ''}${names}${drawn}${net.net}${drawOverlays(overlays, frame.toPixels)}`,
    around: `${net.labels}${drawMarks(placed, INK)}`,
    legend,
    source,
    date,
    notes: [...baseNotes(ground, lang), ...(left > 0 ? [t(lang, 'map.marks-left', { count: left })] : []), ...notes],
  });
}

/** What tells this map from others on a page. */
function idText({ title, source, lang, width, base, overlays, marks = [] }: MapOptions, centre: Position): string {
  const layers = [
    base === undefined ? '' : 'base',
    ...(overlays ?? []).map(({ name }) => name),
    ...marks.map(({ name = '' }) => name),
  ];
  return `${title} ${source} ${lang} ${width} ${centre}${layers.every((layer) => layer === '') ? '' : ` ${layers}`}`;
}

/** Names of countries beside the zones. */
function namesOn(ground: DrawnBase, outer: Ring[], frame: Frame, { lang, countries = [] }: MapOptions): string {
  const taken = takenBy(
    outer.map((ring) => ring.map((position) => frame.toPixels(position))),
    frame,
  );
  return drawCountryNames(ground.countries, frame, { lang, home: countries, taken });
}

/** What is to be said of the base below the map. */
export function baseNotes(ground: DrawnBase | null, lang: Lang): string[] {
  if (ground === null) return [];
  if (ground.tooCoarse) return [t(lang, 'map.base-too-coarse')];
  const band = ground.shown.band && (ground.shown.border || ground.shown.disputed);
  return [...(band ? [t(lang, 'map.band-note')] : []), ...(ground.ground === '' ? [] : [t(lang, 'map.no-opinion')])];
}

/** Kinds that are drawn, strictest first, with the sum of their areas where each is known [ha]. */
function areasByKind(zones: MapZone[]): [ZoneKind, number | null][] {
  return drawingOrder.toReversed().flatMap((kind): [ZoneKind, number | null][] => {
    const drawn = zones.filter((zone) => zone.kind === kind && zone.geometry !== null && zone.geometry.coordinates.length > 0);
    if (drawn.length === 0) return [];
    return [
      [kind, drawn.reduce<number | null>((sum, { areaHa = null }) => (sum === null || areaHa === null ? null : sum + areaHa), 0)],
    ];
  });
}

function dotItem(dots: number, lang: Lang): LegendItem[] {
  if (dots === 0) return [];
  const picture: LegendItem['picture'] = (x, y) => `<circle cx="${x}" cy="${y}" r="1.8" fill="#fff" stroke="${INK}"/>`;
  return [{ text: t(lang, 'map.dots', { count: dots }), picture }];
}

/** What the picture shows, for those who do not see it. */
function description(
  frame: Frame,
  areas: [ZoneKind, number | null][],
  placed: PlacedMark[],
  { lang, overlays = [] }: MapOptions,
): string {
  const zones = areas.map(([kind, areaHa]) => t(lang, `zone.${kind}`) + (areaHa === null ? '' : ` (${areaText(lang, areaHa)})`));
  const sites = placed.flatMap(({ mark }) => (mark.name === undefined ? [] : [`${mark.label} ${mark.name}`]));
  const sentences = [
    t(lang, 'map.description', {
      zones: new Intl.ListFormat(lang, { type: 'unit' }).format(zones),
      centre: centreText(frame, lang),
      width: groundText(frame, lang),
      marks: number(lang, placed.length),
    }),
    ...(sites.length === 0 ? [] : [t(lang, 'map.sites-description', { sites: sites.join('; ') })]),
    ...(overlays.length === 0
      ? []
      : [t(lang, 'map.overlays-description', { overlays: overlays.map(({ name }) => name).join('; ') })]),
  ];
  return sentences.join(' ');
}
