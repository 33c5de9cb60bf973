/**
 * Settlements out of a map or a table: where they are, how many people they have, and which part of each lies in which zone.
 *
 *     const { places, skipped } = await placesOf(['settlements.csv'], zones, { name: '', people: '' });
 *
 * Points lie in a zone or not; polygons are divided by area, as if people lived evenly in them. Which columns hold what,
 * `data/settlement-fields.json` says, or else the user.
 */
import type { MapFeature } from '../formats/layer.ts';
import { openMap } from '../formats/open.ts';
import { readMapFiles, readShipped } from '../formats/source-node.ts';
import { readSpreadsheet } from '../formats/spreadsheet.ts';
import type { Cell, Sheet } from '../formats/spreadsheet-cells.ts';
import type { Place, PlacesOfZones } from '../indicators/source-indicator.ts';
import { Problem } from '../problems.ts';
import { decimalMark, readNumber } from '../records/numbers.ts';
import { geodesicArea } from '../science/areas.ts';
import { pointInPolygon } from '../science/point-in-polygon.ts';
import { representativePoint } from '../science/representative-point.ts';
import type { Geometry, MultiPolygon, PolygonRings, Position } from '../types.ts';
import { type GeometryEngine, geometryEngine } from '../zonation/geometry-engine.ts';
import { plain } from '../zonation/zone-words.ts';
import type { ZonalZone } from './zonal-place.ts';

type Fields = Record<'lon' | 'lat' | 'name' | 'people', string[]>;

/** A settlement as the file has it. */
interface Found {
  name: string | null;
  people: number | null;
  geometry: Geometry | null;
}

/** Names that a message shows. */
const MOST_SHOWN = 12;

/**
 * @param asked names of the columns for name and people; empty for the usual ones
 * @throws Problem `places-columns`, `places-people`, those of reading
 */
export async function placesOf(
  paths: readonly string[],
  zones: readonly ZonalZone[],
  asked: { name: string; people: string },
): Promise<PlacesOfZones> {
  const fields = JSON.parse(readShipped('data', 'settlement-fields.json')) as Fields;
  const wanted = {
    ...fields,
    ...(asked.name === '' ? {} : { name: [asked.name] }),
    ...(asked.people === '' ? {} : { people: [asked.people] }),
  };
  const found: Found[] = [];
  for (const path of paths) found.push(...(await foundIn(path, wanted, asked.people)));
  const engine = found.some(({ geometry }) => isAreal(geometry)) ? await geometryEngine() : null;
  const placed = found.filter(({ geometry }) => geometry !== null);
  const places = placed.map(({ name, people, geometry }): Place => {
    return { name, people, parts: partsOf(geometry as Geometry, zones, engine) };
  });
  return { places, skipped: found.length - placed.length };
}

/** A table where a reader of tables takes it, else a map. */
async function foundIn(path: string, fields: Fields, people: string): Promise<Found[]> {
  const files = readMapFiles(path);
  const [first] = files;
  if (first !== undefined && files.length === 1) {
    const table = await readSpreadsheet(first).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'sheet-not-one') return null;
      throw error;
    });
    if (table !== null)
      return inSheet(
        table.sheets.find(({ hidden, rows }) => !hidden && rows.length > 0),
        fields,
        first.name,
      );
  }
  const layers = await openMap(files);
  return layers.flatMap(({ name, features }) => inFeatures(features, fields, { file: name, people }));
}

function inFeatures(
  features: readonly MapFeature[],
  fields: Fields,
  { file, people }: { file: string; people: string },
): Found[] {
  const names = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))];
  const column = (wanted: readonly string[]): string | null => columnOf(names, wanted);
  const [ofName, ofPeople] = [column(fields.name), column(fields.people)];
  if (people !== '' && ofPeople === null) throw noColumn(file, people, names);
  const texts = ofPeople === null ? [] : features.map(({ properties }) => String(properties[ofPeople] ?? ''));
  const mark = decimalMark(texts);
  return features.map(({ geometry, properties, index }, i): Found => {
    return {
      name: ofName === null ? null : String(properties[ofName] ?? '') || null,
      people: ofPeople === null ? null : peopleIn(texts[i] ?? '', mark, { file, row: String(index), field: ofPeople }),
      geometry: geometry === null || geometry.type === 'LineString' ? null : geometry,
    };
  });
}

function inSheet(sheet: Sheet | undefined, fields: Fields, file: string): Found[] {
  const head = sheet?.rows.find(({ cells }) => cells.filter(({ kind }) => kind === 'text').length > 1);
  const names = head?.cells.map(({ text }) => text.trim()) ?? [];
  const column = (wanted: readonly string[]): number => names.indexOf(columnOf(names, wanted) ?? '\0');
  const [lon, lat, name, people] = (['lon', 'lat', 'name', 'people'] as const).map((own) => column(fields[own])) as [
    number,
    number,
    number,
    number,
  ];
  if (sheet === undefined || head === undefined || lon === -1 || lat === -1) throw noColumn(file, 'lon, lat', names);
  if (people === -1) throw noColumn(file, fields.people[0] ?? '', names);
  const rows = sheet.rows.slice(sheet.rows.indexOf(head) + 1).filter(({ cells }) => cells.some(({ kind }) => kind !== 'empty'));
  const marks = [lon, lat, people].map((own) => decimalMark(rows.map(({ cells }) => cells[own]?.text ?? '')));
  const number = (cell: Cell | undefined, place: 0 | 1): number | null =>
    cell?.kind === 'number' ? (cell.value as number) : (readNumber(cell?.text ?? '', marks[place] ?? '.')?.value ?? null);
  return rows.map(({ cells, number: row }): Found => {
    const where = { file, row: String(row), field: names[people] ?? '' };
    const cell = cells[people];
    const [x, y] = [number(cells[lon], 0), number(cells[lat], 1)];
    const onEarth = x !== null && y !== null && Math.abs(x) <= 360 && Math.abs(y) <= 90;
    return {
      name: cells[name]?.text.trim() || null,
      people:
        cell?.kind === 'number' ? checked(cell.value as number, where) : peopleIn(cell?.text ?? '', marks[2] ?? null, where),
      geometry: onEarth ? { type: 'Point', coordinates: [x, y] } : null,
    };
  });
}

/** The first column whose name is among the wanted ones, in their order. */
function columnOf(names: readonly string[], wanted: readonly string[]): string | null {
  for (const own of wanted) {
    const found = names.find((name) => name === own) ?? names.find((name) => plain(name) === plain(own));
    if (found !== undefined) return found;
  }
  return null;
}

function noColumn(file: string, field: string, names: readonly string[]): Problem {
  const shown = names.filter((name) => name !== '').slice(0, MOST_SHOWN);
  return new Problem('places-columns', { file, field, found: shown.join(', ') || '–' });
}

interface Where {
  file: string;
  row: string;
  field: string;
}

/** Number of people; `null` for a blank or a dash. @throws Problem `places-people`. */
function peopleIn(text: string, mark: ',' | '.' | null, where: Where): number | null {
  if (/^[\s–—-]*$/.test(text)) return null;
  const read = readNumber(text, mark ?? '.');
  return checked(read === null ? Number.NaN : read.value * read.factor, where, text);
}

function checked(value: number, where: Where, text = String(value)): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Problem('places-people', { ...where, found: text });
}

function isAreal(geometry: Geometry | null): boolean {
  return geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon';
}

function partsOf(geometry: Geometry, zones: readonly ZonalZone[], engine: GeometryEngine | null): number[] {
  if (geometry.type === 'Point') return ofPoint(geometry.coordinates, zones);
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : (geometry as MultiPolygon).coordinates;
  const whole = areaOf(polygons);
  if (engine === null || whole === 0 || !engine.areValid(polygons)) {
    // a settlement whose border crosses itself has no parts: it stands where it is marked
    const point = representativePoint({ type: 'MultiPolygon', coordinates: polygons });
    return ofPoint(point, zones);
  }
  const box = boxOf(polygons);
  return zones.map((zone) =>
    meet(box, boxOf(zone.geometry.coordinates))
      ? Math.min(1, areaOf(engine.intersection(polygons, zone.geometry.coordinates)) / whole)
      : 0,
  );
}

/** 1 for the zone that a point lies in; the first of two that it lies between. */
function ofPoint(point: Position, zones: readonly ZonalZone[]): number[] {
  const sides = zones.map(({ geometry }) => pointInPolygon(point, geometry));
  const inside = sides.indexOf('inside');
  const place = inside === -1 ? sides.indexOf('boundary') : inside;
  return zones.map((_, zone) => (zone === place ? 1 : 0));
}

function areaOf(polygons: PolygonRings[]): number {
  return polygons.length === 0 ? 0 : geodesicArea({ type: 'MultiPolygon', coordinates: polygons });
}

function boxOf(polygons: PolygonRings[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of polygons.flat(2)) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  return [west, south, east, north];
}

function meet(a: readonly number[], b: readonly number[]): boolean {
  const [w1 = 0, s1 = 0, e1 = 0, n1 = 0] = a;
  const [w2 = 0, s2 = 0, e2 = 0, n2 = 0] = b;
  return w1 <= e2 && w2 <= e1 && s1 <= n2 && s2 <= n1;
}
