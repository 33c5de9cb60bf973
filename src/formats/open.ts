/**
 * Any map in: GeoJSON, shapefile (zipped, in folders or in loose parts), GeoPackage, KML, KMZ, FlatGeobuf, recognised by
 * content, put on WGS 84, with a note on everything that was assumed.
 *
 *     const [layer] = await openMap([readSource('zones.zip')], { near: [69, 49, 71, 51] });
 */
import { Problem, Problems } from '../problems.ts';
import { readFlatgeobuf } from './flatgeobuf.ts';
import { readGeojson } from './geojson.ts';
import { readKml } from './kml.ts';
import type { MapLayer, ReadingNote } from './layer.ts';
import { type PlaceOptions, placeLayer } from './place.ts';
import { HEAD, type Kind, recognise } from './recognise.ts';
import type { FoundLayer } from './shape.ts';
import { readShapefile, type ShapefileParts } from './shapefile.ts';
import { decodeText } from './text.ts';
import { type Budget, type Bytes, DEEPEST_ARCHIVE, head, newBudget, readZip, unpack, type ZipEntry } from './zip.ts';

export interface OpenOptions extends PlaceOptions {
  /** Stops between two layers, with the signal's own reason. */
  signal?: AbortSignal;
  /** How far the layer at hand is, of `total` 100; each layer begins again. */
  onProgress?: (done: number, total: number) => void;
}

/** A file with what it is; `folder` keeps the parts of shapefiles of one name apart. */
interface Piece extends Bytes {
  kind: Kind;
  found: string;
}

/** Endings of files that hold maps: asked only where the content cannot be. */
const PART_NAMES = /\.(shp|dbf|kml|gpkg|fgb|geojson|zip|kmz)$/i;
/** What tells GeoJSON from the settings and styles that are packed along with maps. */
const GEOJSON_TYPES = /"(Feature(Collection)?|(Multi)?(Point|LineString|Polygon)|GeometryCollection)"/;
/** A .cpg file holds one word [bytes]. */
const LONGEST_CPG = 1000;

/**
 * The layers of one map, given as one file or as the loose parts of a shapefile.
 * @throws Problem naming file, row and field, what was found and what would do; nothing but a `Problem`, or the reason of `signal`.
 */
export async function openMap(files: readonly Bytes[], options: OpenOptions = {}): Promise<MapLayer[]> {
  const notes: ReadingNote[] = [];
  const budget = newBudget();
  try {
    const pieces: Piece[] = [];
    for (const file of files) pieces.push(...piecesOf(file, budget, 0, notes));
    const layers: MapLayer[] = [];
    // of 100: reading a layer is the first half of it, placing it the second
    const half = (from: number) => (done: number, total: number) =>
      options.onProgress?.(from + Math.floor((50 * done) / total), 100);
    for (const read of await readersOf(pieces, half(0))) {
      options.signal?.throwIfAborted();
      for (const found of read()) layers.push(placeLayer(found, options, half(50)));
    }
    return withFeatures(layers, pieces, notes);
  } catch (error) {
    if (error instanceof Problem || error instanceof Problems || options.signal?.aborted) throw error;
    // A fault of ours that a damaged file brought to light: the user still gets a sentence, the cause is kept for us.
    throw new Problem(
      'map-damaged',
      { file: files.map(({ name }) => name).join(', '), found: String((error as Error).message).slice(0, 160) },
      { cause: error },
    );
  }
}

/** The layers that hold something, the notes of their archive with the first of them. */
function withFeatures(layers: MapLayer[], pieces: Piece[], notes: ReadingNote[]): MapLayer[] {
  if (layers.length === 0) {
    const part = pieces.find(({ kind }) => ['shx', 'dbf', 'prj'].includes(kind));
    if (part !== undefined) throw new Problem('shapefile-no-shp', { file: part.name });
    const shown = pieces.slice(0, 6).map(({ name, found }) => `${name} (${found})`);
    throw new Problem('map-none', { file: pieces[0]?.name.split('/')[0] ?? '', found: shown.join(', ') || '–' });
  }
  const full = layers.filter(({ features }) => features.length > 0);
  if (full.length === 0) throw new Problem('map-no-features', { file: layers.map(({ name }) => name).join(', ') });
  for (const { name, features } of layers)
    if (features.length === 0) notes.push({ code: 'map-layer-empty', details: { file: name } });
  full[0]?.notes.unshift(...notes);
  return full;
}

/** The file itself, or what an archive holds that may belong to a map. */
function piecesOf(file: Bytes, budget: Budget, depth: number, notes: ReadingNote[]): Piece[] {
  const { kind, found } = recognise(file.bytes.subarray(0, HEAD));
  if (kind === 'empty' && depth === 0) throw new Problem('map-empty', { file: file.name });
  if (kind !== 'zip') {
    const { name, bytes } = file;
    return [{ name, bytes, kind: isCpg(file) ? 'other' : kindOf(name, kind, bytes.length), found }];
  }
  if (depth >= DEEPEST_ARCHIVE) throw new Problem('archive-nested', { file: file.name, limit: DEEPEST_ARCHIVE });
  const archive = readZip(file, budget);
  notes.push(...archive.notes);
  const office = archive.entries.find(({ name }) => name === '[Content_Types].xml');
  if (office !== undefined) return [{ name: file.name, bytes: new Uint8Array(0), kind: 'other', found: 'Microsoft Office' }];
  return archive.entries.flatMap((entry) => entryPieces(file, entry, budget, depth, notes));
}

function entryPieces(file: Bytes, entry: ZipEntry, budget: Budget, depth: number, notes: ReadingNote[]): Piece[] {
  const name = `${file.name}/${entry.name}`;
  const start = head(file, entry, HEAD);
  const { kind, found } = recognise(start);
  const isPart = PART_NAMES.test(entry.name);
  if (isPart && entry.size === 0) throw new Problem('map-empty', { file: name });
  const ofMap =
    !['other', 'empty', 'geojson'].includes(kind) ||
    (kind === 'geojson' && GEOJSON_TYPES.test(decodeText(start, 'windows-1252')));
  const cpg = /\.cpg$/i.test(entry.name) && entry.size < LONGEST_CPG;
  // an entry that cannot be looked into is known by its name alone; unpacking it says why
  if (!ofMap && !cpg && !(isPart && start.length === 0)) return [{ name, bytes: new Uint8Array(0), kind: 'other', found }];
  const bytes = unpack(file, entry, budget);
  if (kind === 'zip') return piecesOf({ name, bytes }, budget, depth + 1, notes);
  return [{ name, bytes, kind: cpg ? 'other' : kindOf(name, kind, bytes.length), found }];
}

/** An index without entries looks like a .shp without shapes: only there the name has to tell. */
function kindOf(name: string, kind: Kind, size: number): Kind {
  return kind === 'shp' && size <= 100 && /\.shx$/i.test(name) ? 'shx' : kind;
}

function isCpg({ name, bytes }: Bytes): boolean {
  return /\.cpg$/i.test(name) && bytes.length < LONGEST_CPG;
}

/** One reader per layer file, in the order of the pieces. */
async function readersOf(pieces: Piece[], onProgress: (done: number, total: number) => void): Promise<(() => FoundLayer[])[]> {
  const readGeopackage = pieces.some(({ kind }) => kind === 'geopackage')
    ? (await import('./geopackage.ts')).readGeopackage
    : null;
  const partsOf = partFinder(pieces);
  return pieces.flatMap((piece): (() => FoundLayer[])[] => {
    if (piece.kind === 'shp') return [() => [readShapefile(partsOf(piece), onProgress)]];
    if (piece.kind === 'kml') return [() => [readKml(piece, onProgress)]];
    if (piece.kind === 'geojson') return [() => [readGeojson(piece)]];
    if (piece.kind === 'flatgeobuf') return [() => [readFlatgeobuf(piece)]];
    if (piece.kind === 'geopackage' && readGeopackage !== null) return [() => readGeopackage(piece)];
    return [];
  });
}

/** Finds the parts that belong to a .shp: those of its name, or the only one of their kind where nothing else could be meant. */
function partFinder(pieces: Piece[]): (shp: Piece) => ShapefileParts {
  const single = pieces.filter(({ kind }) => kind === 'shp').length === 1;
  const finder = (test: (piece: Piece) => boolean): ((shp: Piece) => Piece | undefined) => {
    const candidates = pieces.filter(test);
    const byStem = new Map(candidates.map((piece) => [stem(piece.name), piece]));
    return (shp) => byStem.get(stem(shp.name)) ?? (single && candidates.length === 1 ? candidates[0] : undefined);
  };
  const find = {
    shx: finder(({ kind }) => kind === 'shx'),
    dbf: finder(({ kind }) => kind === 'dbf'),
    prj: finder(({ kind }) => kind === 'prj'),
    cpg: finder(isCpg),
  };
  return (shp) => {
    const parts = Object.entries(find).map(([kind, of]) => [kind, of(shp)] as const);
    return { name: shp.name, shp, ...Object.fromEntries(parts.filter(([, part]) => part !== undefined)) };
  };
}

/** Folder and name without its ending, in one case: Windows does not tell cases apart. */
function stem(name: string): string {
  return name.replace(/\.[^./]*$/, '').toLowerCase();
}
