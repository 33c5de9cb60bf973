/**
 * The form's table of coordinates: the central point and the four outermost ones, from the map beside what is declared, with
 * the distance between them.
 *
 *     Northernmost point | 50.91231° N, 69.42310° E ¹ | 50.92° N ² | 0.9
 */
import { type Axis, decimalText } from '../drawing/angle-text.ts';
import { number, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import { geodesicDistance } from '../science/distances.ts';
import type { Lang, Observation, Position } from '../types.ts';
import { drawnZones, mapSources } from '../zonation/drawn-zones.ts';
import type { Content } from './content.ts';
import { type CoordinateRow, coordinatesTable } from './coordinates-table.ts';
import { citeFigure, figureOf, figuresFor, NOTHING, tableId, together } from './figures.ts';

/** Decimals of a degree of the map's points: about a metre. */
const DECIMALS = 5;

/** What sources state of each point. */
const STATED: Record<CoordinateRow['point'], { indicator: string; axis: Axis }[]> = {
  centre: [
    { indicator: 'centre-latitude', axis: 'lat' },
    { indicator: 'centre-longitude', axis: 'lon' },
  ],
  north: [{ indicator: 'extent-north', axis: 'lat' }],
  south: [{ indicator: 'extent-south', axis: 'lat' }],
  west: [{ indicator: 'extent-west', axis: 'lon' }],
  east: [{ indicator: 'extent-east', axis: 'lon' }],
};

/** The filler `coordinates`; `null` without a map and without a declared figure. */
export function coordinates(content: Content): Block[] | null {
  const { facts, lang } = content;
  const rows = coordinatesTable(facts).map((row) => ({ ...row, stated: statedCell(content, row.point) }));
  const isDrawn = drawnZones(facts).length > 0;
  if (!isDrawn && rows.every(({ stated }) => stated.text === NOTHING)) return null;
  const mapNote = isDrawn
    ? [content.cite(t(lang, 'review.coordinates.from-map', { sources: mapSources(facts).join('; ') }))]
    : [];
  const computed = ({ position }: CoordinateRow, axis: Axis): Cited =>
    position === null
      ? plain(NOTHING)
      : { text: decimalText(lang, position[axis === 'lat' ? 1 : 0], axis, DECIMALS), notes: mapNote };
  const heads = isDrawn ? ['latitude', 'longitude', 'declared', 'distance'] : ['declared'];
  return [
    {
      kind: 'table',
      id: tableId('coordinates', content),
      caption: t(lang, 'review.coordinates.table'),
      head: [t(lang, 'review.point'), ...heads.map((name) => t(lang, `review.coordinates.${name}`))],
      rows: rows.map((row) => [
        plain(t(lang, `review.coordinates.${row.point}`)),
        ...(isDrawn ? [computed(row, 'lat'), computed(row, 'lon')] : []),
        row.stated,
        ...(isDrawn ? [distanceCell(lang, row)] : []),
      ]),
    },
  ];
}

/** What is declared of a point, source by source; of the centre each latitude with the longitude of the same source. */
function statedCell(content: Content, point: CoordinateRow['point']): Cited {
  const lists = STATED[point].map(({ indicator, axis }) =>
    figuresFor(content.facts, [content.facts.site.id], indicator, { roles: ['declared'] }).map((o) =>
      angleCell(content, o, axis),
    ),
  );
  const [first = [], second = []] = lists;
  if (lists.length === 1) return together(first);
  const isPaired = first.length === second.length;
  const pairs = first.map((lat, i): Cited => {
    const lon = second[i];
    return lon === undefined ? lat : { text: `${lat.text}, ${lon.text}`, notes: [...new Set([...lat.notes, ...lon.notes])] };
  });
  return together(isPaired ? pairs : [...first, ...second]);
}

/** With as many decimals as the source gave, and no more; a class says which part the point is of. */
function angleCell(content: Content, o: Observation, axis: Axis): Cited {
  const value = figureOf(o, 'deg')?.value ?? Number.NaN;
  const decimals = (/\.(\d+)/.exec(String(Number(value.toFixed(7))))?.[1] ?? '').length;
  const text = decimalText(content.lang, value, axis, decimals);
  const written = o.approximate ? t(content.lang, 'review.about', { value: text }) : text;
  return { text: o.by.class === undefined ? written : `${written} [${o.by.class}]`, notes: [citeFigure(content, o)] };
}

/**
 * Kilometres between the point of the map and the declared one [geodesic]. Of an outermost point one coordinate is declared:
 * the other is taken from the map.
 */
function distanceCell(lang: Lang, { position, declared: { lon, lat } }: CoordinateRow): Cited {
  if (position === null || (lon === null && lat === null)) return plain(NOTHING);
  const declared: Position = [lon ?? position[0], lat ?? position[1]];
  return plain(number(lang, geodesicDistance(position, declared) / 1000, 1));
}
