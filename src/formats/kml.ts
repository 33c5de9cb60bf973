/**
 * KML 2.x: the placemarks with their geometry, names, folders and data; styles and links are left aside.
 *
 *     placeLayer(readKml(file))   // a MapLayer; KML is in lon, lat on WGS 84 by definition (OGC 12-007r2)
 */
import sax, { type SAXParser } from 'sax';
import { Problem } from '../problems.ts';
import type { Position } from '../types.ts';
import type { MapFeature, ReadingNote } from './layer.ts';
import { checkCount, checkSize, emptyShape, type FoundLayer, type Shape } from './shape.ts';
import { decodeText, encodingNamed, guessEncoding } from './text.ts';
import type { Bytes } from './zip.ts';

/** Elements within elements; Google Earth's own files stay below 20. */
export const DEEPEST_XML = 256;
/** Text handed to the parser at a time [characters]. */
const CHUNK = 65_536;
/** Longest text of one attribute that is kept [characters]. */
const LONGEST_VALUE = 10_000;

interface Reading {
  file: string;
  layer: FoundLayer;
  path: string[];
  folders: string[];
  links: number;
  positions: number;
  left: Map<string, number>;
  placemark: { properties: MapFeature['properties']; shape: Shape; found: boolean } | null;
  polygon: Position[][] | null;
  ring: Position[] | null;
  /** Characters of the element being read: a number that a chunk cut through, or a value. */
  rest: string;
  field: string | null;
}

/**
 * The placemarks of a KML text.
 * @throws Problem `kml-broken`, `kml-entities`, `kml-too-deep`, `map-coordinate`.
 */
export function readKml(file: Bytes, onProgress?: (done: number, total: number) => void): FoundLayer {
  const notes: ReadingNote[] = [];
  const text = xmlText(file, notes);
  const layer: FoundLayer = { name: file.name, features: [], crs: 'EPSG:4326', notes, skipped: 0 };
  const reading: Reading = {
    file: file.name,
    layer,
    path: [],
    folders: [],
    links: 0,
    positions: 0,
    left: new Map(),
    placemark: null,
    polygon: null,
    ring: null,
    rest: '',
    field: null,
  };
  const parser = parserFor(reading);
  for (let at = 0; at < text.length; at += CHUNK) {
    parser.write(text.slice(at, at + CHUNK));
    onProgress?.(at, text.length);
  }
  parser.close();
  if (reading.links > 0) notes.push({ code: 'kml-links-left-out', details: { file: file.name, count: reading.links } });
  const left = [...reading.left].map(([name, count]) => `${name} × ${count}`).join(', ');
  if (left !== '') notes.push({ code: 'kml-geometry-left-out', details: { file: file.name, found: left } });
  return layer;
}

/** XML as text: by byte order mark, by its declaration, else told by content. */
export function xmlText(file: Bytes, notes: ReadingNote[]): string {
  const { bytes } = file;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const declared = /^[^<]{0,8}<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)["']/.exec(
    decodeText(bytes.subarray(0, 300), 'windows-1252'),
  )?.[1];
  const guess = guessEncoding([bytes]);
  const stated = declared === undefined ? 'utf-8' : (encodingNamed(declared) ?? guess);
  const lies = guess !== 'ascii' && (stated === 'utf-8') !== (guess === 'utf-8');
  if (lies) notes.push({ code: 'text-guessed', details: { file: file.name, encoding: guess } });
  return decodeText(bytes, lies ? guess : stated);
}

function parserFor(reading: Reading): SAXParser {
  const { file } = reading;
  const parser = new sax.SAXParser(true, { trim: false, normalize: false, position: true });
  parser.onerror = (error) => {
    const entity = /entity/i.test(error.message);
    throw new Problem(entity ? 'kml-entities' : 'kml-broken', {
      file,
      line: String(parser.line + 1),
      found: (error.message.split('\n')[0] ?? '').slice(0, 120),
    });
  };
  parser.ondoctype = (doctype) => {
    if (/<!ENTITY/i.test(doctype)) throw new Problem('kml-entities', { file, line: String(parser.line + 1), found: '<!ENTITY' });
  };
  parser.onopentag = ({ name, attributes }) => open(reading, local(name), attributes as Record<string, string>);
  parser.onclosetag = (name) => close(reading, local(name));
  const onText = (text: string): void => {
    if (reading.ring !== null && reading.path.at(-1) === 'coordinates') addCoordinates(reading, text);
    else if (reading.field !== null && reading.rest.length < LONGEST_VALUE) reading.rest += text;
  };
  parser.ontext = onText;
  parser.oncdata = onText;
  return parser;
}

/** Without its namespace's prefix. */
function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function open(reading: Reading, name: string, attributes: Record<string, string>): void {
  const parent = reading.path.at(-1);
  reading.path.push(name);
  if (reading.path.length > DEEPEST_XML) throw new Problem('kml-too-deep', { file: reading.file, limit: DEEPEST_XML });
  if (name === 'NetworkLink') reading.links += 1;
  if (name === 'Folder' || name === 'Document') reading.folders.push('');
  if (name === 'Placemark') reading.placemark = { properties: {}, shape: emptyShape(), found: false };
  const { placemark } = reading;
  if (placemark === null) {
    if (name === 'name' && (parent === 'Folder' || parent === 'Document')) begin(reading, 'folder');
    return;
  }
  if (name === 'Polygon') reading.polygon = [];
  if (name === 'coordinates') Object.assign(reading, { ring: [], rest: '' });
  if (['Model', 'Track', 'MultiTrack'].includes(name)) reading.left.set(name, (reading.left.get(name) ?? 0) + 1);
  if ((name === 'name' || name === 'description') && parent === 'Placemark') begin(reading, name);
  if (name === 'SimpleData' || name === 'Data') reading.field = attributes.name ?? name;
  if (name === 'SimpleData' || name === 'value') reading.rest = '';
}

function begin(reading: Reading, field: string): void {
  reading.field = field;
  reading.rest = '';
}

function close(reading: Reading, name: string): void {
  reading.path.pop();
  const parent = reading.path.at(-1);
  if (name === 'Folder' || name === 'Document') reading.folders.pop();
  const { placemark } = reading;
  if (placemark === null) {
    if (name === 'name' && reading.field === 'folder') {
      reading.folders[reading.folders.length - 1] = reading.rest.trim();
      reading.field = null;
    }
    return;
  }
  if (name === 'Placemark') finish(reading, placemark);
  else if (name === 'coordinates') endCoordinates(reading, placemark.shape, parent);
  else if (name === 'Polygon') {
    if (reading.polygon !== null && reading.polygon.length > 0) placemark.shape.polygons.push(reading.polygon);
    reading.polygon = null;
  } else if (
    reading.field !== null &&
    (name === 'SimpleData' || name === 'value' || ((name === 'name' || name === 'description') && parent === 'Placemark'))
  ) {
    const text = reading.rest.trim();
    placemark.properties[reading.field] = text === '' ? null : text;
    reading.field = null;
  }
}

function finish(reading: Reading, { properties, shape }: NonNullable<Reading['placemark']>): void {
  const folder = reading.folders.filter((name) => name !== '').join('/');
  if (folder !== '' && properties.folder === undefined) properties.folder = folder;
  checkCount(reading.file, reading.layer.features.length);
  const empty = shape.polygons.length + shape.lines.length + shape.points.length === 0;
  reading.layer.features.push({ index: reading.layer.features.length + 1, shape: empty ? null : shape, properties });
  Object.assign(reading, { placemark: null, polygon: null, ring: null, field: null });
}

/** Adds the tuples of a stretch of text; the last one may go on in the next stretch. */
function addCoordinates(reading: Reading, text: string): void {
  const all = reading.rest + text;
  const end = Math.max(all.lastIndexOf(' '), all.lastIndexOf('\n'), all.lastIndexOf('\t'), all.lastIndexOf('\r'));
  reading.rest = all.slice(end + 1);
  if (reading.rest.length > 1000) throw badCoordinate(reading, reading.rest);
  if (end >= 0) addTuples(reading, all.slice(0, end));
}

function addTuples(reading: Reading, text: string): void {
  checkSize(reading.file, reading.positions);
  for (const tuple of text.split(/\s+/)) {
    if (tuple === '') continue;
    const [lon, lat] = tuple.split(',', 2);
    const position: Position = [Number(lon || Number.NaN), Number(lat || Number.NaN)];
    if (!Number.isFinite(position[0]) || !Number.isFinite(position[1])) throw badCoordinate(reading, tuple);
    reading.ring?.push(position);
    reading.positions += 1;
  }
}

function badCoordinate(reading: Reading, found: string): Problem {
  return new Problem('map-coordinate', {
    file: reading.file,
    feature: String(reading.layer.features.length + 1),
    found: found.slice(0, 60),
  });
}

function endCoordinates(reading: Reading, shape: Shape, parent: string | undefined): void {
  addTuples(reading, reading.rest);
  const run = reading.ring ?? [];
  Object.assign(reading, { ring: null, rest: '' });
  if (run.length === 0) return;
  if (reading.polygon !== null) {
    // the outer boundary first, wherever it stands
    if (reading.path.at(-2) === 'outerBoundaryIs') reading.polygon.unshift(run);
    else reading.polygon.push(run);
  } else if (parent === 'Point') shape.points = shape.points.concat(run);
  else shape.lines.push(run);
}
