/**
 * The ecological network of a reserve: its cores and those of its neighbours, the ways that it hangs on, and the corridors that would
 * add most, as one SVG drawing.
 *
 *     const svg = drawCorridorMap({ zones, neighbours, links, corridors, stones, names, lang: 'ru', title, date, source, width: 720 });
 *
 * Weak links are dashed lines with letters, corridors broad bands with numbers: the same labels stand in the tables.
 */
import { number, t } from '../i18n/index.ts';
import type { MultiPolygon, Position } from '../types.ts';
import { textAt } from './chart-sheet.ts';
import { fingerprint } from './fingerprint.ts';
import { drawGraticule } from './graticule.ts';
import { baseNotes, type MapOptions } from './map.ts';
import { drawBase } from './map-base.ts';
import { baseItems } from './map-base-items.ts';
import { type LegendItem, zoneItems } from './map-foot.ts';
import { type Frame, frameAround, isInFrame, reach } from './map-frame.ts';
import { drawMarks, type Mark, type PlacedMark, placeMarks, RADIUS, signOf } from './map-marks.ts';
import { isFree, roomBeside, type Taken } from './map-names.ts';
import { mapOutlines } from './map-outlines.ts';
import { localProjection } from './map-projection.ts';
import { drawMapSheet, groundText, roomForFrame } from './map-sheet.ts';
import { drawingOrder, drawZones } from './map-zones.ts';
import { networkStyle } from './network-style.ts';
import { pathOf, pixels } from './svg-path.ts';
import { textWidth } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

/** A way between two patches, from edge to edge. */
export interface NetworkWay {
  label: string;
  ends: readonly [Position, Position];
}

export interface CorridorMapOptions extends Omit<MapOptions, 'marks' | 'overlays'> {
  /** Cores of other reserves. */
  neighbours: readonly MultiPolygon[];
  links: readonly NetworkWay[];
  corridors: readonly NetworkWay[];
  /** Places of stepping stones. */
  stones: readonly Position[];
  /** Patches that tables name, at a place inside each. */
  names: readonly { name: string; place: Position }[];
}

const { neighbour: NEIGHBOUR, band: BAND, link: LINK } = networkStyle;
const NAME_SIZE = 10.5;
/** Signs of `map-marks.ts`: a circle for corridors, a square for weak links. */
const SIGN = { corridor: 0, link: 1 } as const;
/** The zones around the cores are there to be recognised, not to be read. */
const PALE = 0.45;

/**
 * The map as SVG.
 * @throws RangeError where neither a zone nor a way has a place, or a position is not a longitude and latitude; SpreadAroundTheEarth.
 */
export function drawCorridorMap(options: CorridorMapOptions): string {
  const { zones, neighbours, links, corridors, stones, base, lang, title, date, source, width, maxHeight = Infinity } = options;
  const shapes = zones.flatMap(({ kind, geometry }) => (geometry?.coordinates ?? []).map((polygon) => ({ kind, polygon })));
  const outer = shapes.flatMap(({ polygon }) => polygon.slice(0, 1)).filter(({ length }) => length > 0);
  const shown = [...outer, [...[...links, ...corridors].flatMap(({ ends }) => ends), ...options.names.map(({ place }) => place)]];
  const projection = localProjection(shown);
  const frame = frameAround(projection, reach(projection, shown.flat()), roomForFrame(title, width, maxHeight));

  const id = `map-${fingerprint(`corridors ${title} ${source} ${lang} ${width} ${projection.centre}`)}`;
  const ground = base === undefined ? null : drawBase(base, frame, { home: options.countries ?? [] });
  const pale = drawZones(
    shapes.filter(({ kind }) => kind !== 'core'),
    frame.toPixels,
    id,
  );
  const cores = drawZones(
    shapes.filter(({ kind }) => kind === 'core'),
    frame.toPixels,
    id,
  );
  const net = drawGraticule(frame, lang, INK);
  const { placed, left } = placeMarks([...marksOf(corridors, 'corridor', frame), ...marksOf(links, 'link', frame)], frame);
  const labels = drawNames(options, placed, frame);
  const kinds = drawingOrder.toReversed().filter((kind) => shapes.some((shape) => shape.kind === kind));
  const legend: LegendItem[] = [
    ...zoneItems(
      kinds.map((kind) => [kind, null]),
      lang,
      id,
    ),
    ...networkItems(options),
    ...(ground === null ? [] : baseItems(ground, lang)),
  ];
  const unsaid = labels.left + left;
  return drawMapSheet({
    id,
    frame,
    lang,
    title,
    width,
    defs: pale.defs + cores.defs,
    description: description(options, frame),
    map: [
      ground?.ground ?? '',
      `<g opacity="${PALE}">${pale.drawn}</g>`,
      net.net,
      drawNeighbours(neighbours, frame),
      cores.drawn,
      drawBands(corridors, frame),
      drawLinks(links, frame),
      stones.map((place) => stoneAt(frame.toPixels(place))).join(''),
    ].join(''),
    around: net.labels + labels.svg + drawMarks(placed, INK),
    legend,
    source,
    date,
    notes: [
      ...baseNotes(ground, lang),
      ...(unsaid > 0 ? [t(lang, 'map.corridor.names-left', { count: unsaid })] : []),
      ...(options.notes ?? []),
    ],
  });
}

/** A label in the middle of each way. */
function marksOf(ways: readonly NetworkWay[], kind: keyof typeof SIGN, frame: Frame): Mark[] {
  return ways.map(({ label, ends }) => {
    const [a, b] = ends.map((end) => frame.toPixels(end)) as [[number, number], [number, number]];
    const place = frame.toPosition((a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    return { kind: 'site', label, place: { type: 'Point', coordinates: place }, sign: SIGN[kind] };
  });
}

/** Cores of others, greyer than the reserve's own. */
function drawNeighbours(neighbours: readonly MultiPolygon[], frame: Frame): string {
  const polygons = neighbours.flatMap(({ coordinates }) => coordinates);
  const outlines = mapOutlines(
    polygons.map((polygon) => ({ kind: 'core', polygon })),
    frame.toPixels,
  );
  const d = outlines.flatMap(({ rings }) => rings.map((ring) => pathOf(ring, { closed: true }))).join('');
  const dots = outlines.flatMap(({ dot }) => (dot === null ? [] : [`M${pixels(dot[0])} ${pixels(dot[1])}h0`])).join('');
  return [
    d === ''
      ? ''
      : `<path d="${d}" fill="${NEIGHBOUR}" fill-rule="evenodd" stroke="${INK}" stroke-width="1.1" stroke-linejoin="round"/>`,
    dots === '' ? '' : `<path d="${dots}" stroke="${INK}" stroke-width="4" stroke-linecap="round"/>`,
  ].join('');
}

const lineOf = ({ ends: [a, b] }: NetworkWay, { toPixels }: Frame): string => {
  const [[ax, ay], [bx, by]] = [toPixels(a), toPixels(b)];
  return `M${fixed(ax)} ${fixed(ay)}L${fixed(bx)} ${fixed(by)}`;
};

function drawBands(ways: readonly NetworkWay[], frame: Frame): string {
  if (ways.length === 0) return '';
  const d = ways.map((way) => lineOf(way, frame)).join('');
  return `<path d="${d}" ${bandStroke('#fff', 11)}/><path d="${d}" ${bandStroke(BAND, 8)}/>`;
}

function drawLinks(ways: readonly NetworkWay[], frame: Frame): string {
  if (ways.length === 0) return '';
  const d = ways.map((way) => lineOf(way, frame)).join('');
  return `<path d="${d}" fill="none" stroke="#fff" stroke-width="4" stroke-opacity=".75"/><path d="${d}" ${linkStroke}/>`;
}

const bandStroke = (colour: string, wide: number): string =>
  `fill="none" stroke="${colour}" stroke-width="${wide}" stroke-linecap="round" stroke-opacity=".8"`;
const linkStroke = `fill="none" stroke="${LINK}" stroke-width="2.2" stroke-dasharray="6 4"`;

function stoneAt([x, y]: readonly [number, number]): string {
  return `<path d="M${fixed(x)} ${fixed(y - 7)}l7 7l-7 7l-7-7z" fill="#fff" stroke="${INK}" stroke-width="1.8"/>`;
}

/** Names beside their patches, where there is room. */
function drawNames({ names, stones }: CorridorMapOptions, placed: PlacedMark[], frame: Frame): { svg: string; left: number } {
  const taken: Taken[] = [
    ...placed.map(({ x, y }): Taken => [x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS]),
    ...stones.map((place) => around(frame.toPixels(place), 7)),
  ];
  let left = 0;
  const drawn = names.map(({ name, place }) => {
    const at = frame.toPixels(place);
    const size = { wide: textWidth(name, NAME_SIZE) * 0.92, high: NAME_SIZE + 3, gap: 9 };
    const inside: Taken = [at[0] - size.wide / 2, at[1] - size.high / 2, at[0] + size.wide / 2, at[1] + size.high / 2];
    const room = isInFrame(frame, at) ? roomFor(inside, at, { frame, size, taken }) : null;
    if (room === null) {
      left += 1;
      return '';
    }
    taken.push(room);
    const style = { size: NAME_SIZE, halo: '#fff', anchor: 'middle', bold: true };
    return textAt((room[0] + room[2]) / 2, room[3] - 3.5, name, style);
  });
  return { svg: drawn.join(''), left };
}

/** On the patch itself, else beside it. */
function roomFor(
  inside: Taken,
  at: [number, number],
  { frame, size, taken }: { frame: Frame; size: { wide: number; high: number; gap: number }; taken: Taken[] },
): Taken | null {
  const [left, top, right, bottom] = inside;
  const fits = isInFrame(frame, [left, top], 2) && isInFrame(frame, [right, bottom], 2);
  return fits && isFree(inside, taken) ? inside : roomBeside(at, frame, size, taken);
}

const around = ([x, y]: readonly [number, number], by: number): Taken => [x - by, y - by, x + by, y + by];

function networkItems({ lang, neighbours, links, corridors, stones }: CorridorMapOptions): LegendItem[] {
  const say = (key: string): string => t(lang, `map.corridor.${key}`);
  const sample = (kind: keyof typeof SIGN): Mark => ({
    kind: 'site',
    label: kind === 'link' ? 'A' : '1',
    place: { type: 'Point', coordinates: [0, 0] },
    sign: SIGN[kind],
  });
  const items: (LegendItem | false)[] = [
    neighbours.length > 0 && {
      text: say('neighbour-cores'),
      picture: (x, y) => `<rect x="${x - 13}" y="${y - 7}" width="26" height="14" fill="${NEIGHBOUR}" stroke="${INK}"/>`,
    },
    links.length > 0 && {
      text: say('link'),
      picture: (x, y) => `<path d="M${x - 14} ${y}h28" ${linkStroke}/>${signOf(sample('link'), x, y, INK)}`,
    },
    corridors.length > 0 && {
      text: say('band'),
      picture: (x, y) => `<path d="M${x - 11} ${y}h22" ${bandStroke(BAND, 8)}/>${signOf(sample('corridor'), x, y, INK)}`,
    },
    stones.length > 0 && { text: say('stone'), picture: (x, y) => stoneAt([x, y]) },
  ];
  return items.filter((item) => item !== false);
}

/** What the picture shows, for those who do not see it. */
function description({ lang, links, corridors, stones, names }: CorridorMapOptions, frame: Frame): string {
  return t(lang, 'map.corridor.description', {
    links: number(lang, links.length),
    corridors: number(lang, corridors.length),
    stones: number(lang, stones.length),
    names: names.map(({ name }) => name).join(', ') || '–',
    width: groundText(frame, lang),
  });
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
