/**
 * From the files of a map to zones as they were drawn, with all that was recognised and assumed on the way.
 *
 *     const { drawn, words, notes } = await readZoneMap([file], { site: 'qiyal', dataset: 'map/1', validFrom: null, words: new Map() });
 */
import type { ReadingNote } from '../formats/layer.ts';
import { openMap } from '../formats/open.ts';
import { HEAD, recognise } from '../formats/recognise.ts';
import { readShipped, type SourceFile } from '../formats/source-node.ts';
import type { DrawnZone, Extent, Id } from '../types.ts';
import { intake, type ReadWord, type ZoneWords } from './intake.ts';
import type { ZoneNames } from './zone-words.ts';

export interface ReadOptions {
  site: Id;
  /** That the zones come from. */
  dataset: Id;
  /** ISO 8601 date from which the zones are valid. */
  validFrom: string | null;
  /** What the user said that words mean. */
  words: ZoneWords;
  /** What the coordinates are in, where the file does not say or says it wrong: `EPSG:32642`. */
  crs?: string;
  /** Where the site is known to lie. */
  near?: Extent;
  signal?: AbortSignal;
  /** How far the reading is, 0 to `total`. */
  onProgress?: (done: number, total: number) => void;
}

export interface ReadMap {
  files: SourceFile[];
  /** What the files are: `shapefile`, `geojson` and the like. */
  formats: string[];
  crs: string;
  drawn: DrawnZone[];
  words: ReadWord[];
  notes: ReadingNote[];
}

/** Endings of layers in archives, whose bytes are no longer at hand. */
const ENDINGS: Record<string, string> = {
  shp: 'shapefile',
  gpkg: 'geopackage',
  fgb: 'flatgeobuf',
  json: 'geojson',
  geojson: 'geojson',
  kml: 'kml',
};

/** @throws Problem or Problems as `openMap` and `intake`. */
export async function readZoneMap(files: SourceFile[], options: ReadOptions): Promise<ReadMap> {
  const { site, dataset, validFrom, words, crs, near, signal, onProgress } = options;
  const layers = await openMap(files, {
    ...(crs === undefined ? {} : { crs }),
    ...(near === undefined ? {} : { near }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const names = JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
  const found = intake(layers, names, { site, from: { dataset, row: '*' }, validFrom, map: words });
  const left = found.skipped === 0 ? [] : [{ code: 'features-not-polygons', details: { count: found.skipped } }];
  return {
    files,
    formats: formatsOf(
      files,
      layers.map(({ name }) => name),
    ),
    crs: [...new Set(layers.map((layer) => layer.crs))].join(', '),
    drawn: found.zones,
    words: found.words,
    notes: [...layers.flatMap((layer) => layer.notes), ...found.notes, ...left],
  };
}

function formatsOf(files: SourceFile[], layers: string[]): string[] {
  const plain = files.map(({ bytes }) => recognise(bytes.subarray(0, HEAD)).kind).filter((kind) => kind !== 'zip');
  const packed = layers.flatMap((name) => ENDINGS[/\.([a-z]+)(\/[^/.]*)?$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? []);
  const shown = plain.flatMap((kind) =>
    kind === 'shp' ? ['shapefile'] : ['geojson', 'kml', 'geopackage', 'flatgeobuf'].includes(kind) ? [kind] : [],
  );
  return [...new Set([...shown, ...packed])];
}
