/**
 * GeoTIFF and Cloud Optimized GeoTIFF (OGC 19-008r4, 21-026): a raster whose tiles are read when they are asked for.
 *
 *     const raster = await openGeotiff(fileBytes('ndvi.tif'));
 *     const { values, width, height, valid } = await raster.readTile(0, 0, 0);
 *     raster.close();
 */
import type { Period } from '../types.ts';
import type { ByteSource } from './byte-source.ts';
import { crsOfKeys } from './geotiff-crs.ts';
import { readGeoKeys } from './geotiff-keys.ts';
import { type MetadataItem, nodataIn, readItems, readSidecar } from './geotiff-metadata.ts';
import { readPlace } from './geotiff-place.ts';
import { levelOf } from './geotiff-tiles.ts';
import type { ReadingNote } from './layer.ts';
import type { Raster, RasterBand, RasterType } from './raster.ts';
import { dateIn } from './raster-stack.ts';
import { readTiff, type Tiff, type TiffDirectory, tagNumber, tagText } from './tiff-directory.ts';
import { readLayout, type TiffLayout } from './tiff-layout.ts';

export interface GeotiffOptions {
  /** Text of the .tfw beside the file: used where the file itself does not say where it lies. */
  worldFile?: string | null;
  /** Text of the .aux.xml beside the file: used for scale, offset, nodata and names that the file itself does not state. */
  sidecar?: string | null;
}

const NEW_SUBFILE_TYPE = 254;
const SUBFILE_TYPE = 255;
const GDAL_METADATA = 42112;
const GDAL_NODATA = 42113;

/** Bits of NewSubfileType (TIFF 6.0, p. 36). */
const REDUCED = 1;
const MASK = 4;

/** A directory with what it is for. */
interface Image {
  directory: TiffDirectory;
  layout: TiffLayout;
}

/**
 * Opens the first raster of a file; further pages are counted in a note.
 * @throws Problem `raster-…`, naming the file and what was found.
 */
export async function openGeotiff(source: ByteSource, options: GeotiffOptions = {}): Promise<Raster> {
  const { worldFile = null, sidecar = null } = options;
  const tiff = await readTiff(source);
  const notes: ReadingNote[] = [];
  const { main, overviews, masks } = await sortImages(tiff, notes);
  const keys = await readGeoKeys(tiff, main.directory);
  const { transform, byWorldFile } = await readPlace(tiff, main.directory, keys, { worldFile });
  if (byWorldFile) notes.push({ code: 'raster-world-file', details: { file: source.name } });
  const crs = crsOfKeys(keys);
  const bands = await readBands(tiff, main, sidecar, notes);
  const maskFor = ({ layout }: Image): Image | null =>
    masks.find((mask) => mask.layout.width === layout.width && mask.layout.height === layout.height) ?? null;
  const level = (image: Image, finer: readonly Raster[]): Raster => {
    const [across, down] = [main.layout.width / image.layout.width, main.layout.height / image.layout.height];
    const [x0, dx, , y0, , dy] = transform;
    return {
      ...levelOf(tiff, image, maskFor(image), bands),
      name: source.name,
      bands,
      transform: [x0, dx * across, 0, y0, 0, dy * down],
      crs,
      overviews: finer,
      notes,
      close: () => source.close(),
    };
  };
  return level(
    main,
    overviews.map((image) => level(image, [])),
  );
}

/** The first image, the smaller ones of it, and the masks; pages beyond are counted. */
async function sortImages(tiff: Tiff, notes: ReadingNote[]): Promise<{ main: Image; overviews: Image[]; masks: Image[] }> {
  const [first, ...others] = tiff.directories as [TiffDirectory, ...TiffDirectory[]];
  const main: Image = { directory: first, layout: await readLayout(tiff, first) };
  const overviews: Image[] = [];
  const masks: Image[] = [];
  let left = 0;
  for (const directory of others) {
    const kind = await tagNumber(tiff, directory, NEW_SUBFILE_TYPE, 0);
    const reduced = (kind & REDUCED) !== 0 || (await tagNumber(tiff, directory, SUBFILE_TYPE, 0)) === 2;
    if ((kind & MASK) !== 0) masks.push({ directory, layout: await readLayout(tiff, directory) });
    else if (reduced) {
      const layout = await readLayout(tiff, directory);
      if (layout.samples === main.layout.samples && layout.type === main.layout.type) overviews.push({ directory, layout });
      else left += 1;
    } else left += 1;
  }
  if (left > 0) notes.push({ code: 'raster-pages-left-out', details: { file: tiff.source.name, count: left } });
  overviews.sort((a, b) => b.layout.width - a.layout.width);
  return { main, overviews, masks };
}

async function readBands(
  tiff: Tiff,
  { directory, layout }: Image,
  sidecar: string | null,
  notes: ReadingNote[],
): Promise<RasterBand[]> {
  const file = tiff.source.name;
  const own = readItems((await tagText(tiff, directory, GDAL_METADATA)) ?? '<GDALMetadata/>');
  if (own === null) notes.push({ code: 'raster-metadata-damaged', details: { file } });
  const beside = sidecar === null ? null : readSidecar(sidecar);
  if (sidecar !== null && beside === null) notes.push({ code: 'raster-sidecar-damaged', details: { file } });
  const nodataText = await tagText(tiff, directory, GDAL_NODATA);
  const words = nodataText?.replaceAll('\0', ' ').trim().split(/\s+/) ?? [];
  const inside = byRole(own ?? []);
  const outside = byRole(beside?.items ?? []);
  let bySidecar = false;
  /** What the file says of a band, else what its sidecar says. */
  const stated = (role: string, sample: number): string | null => {
    const key = `${role} ${sample}`;
    bySidecar ||= !inside.has(key) && outside.has(key);
    return inside.get(key) ?? outside.get(key) ?? null;
  };
  const outsideNodata = (sample: number): string | null => {
    const text = beside?.nodata.get(sample) ?? null;
    bySidecar ||= text !== null;
    return text;
  };
  const alphaFrom = layout.samples - layout.extraSamples.length;
  const bands = Array.from({ length: layout.samples }, (_, sample): RasterBand => {
    const description = stated('description', sample)?.trim() || null;
    const text = nodataText === null ? outsideNodata(sample) : (words[sample] ?? words[0] ?? '');
    return {
      type: layout.type,
      nodata: text === null ? null : nodataOf(text, layout.type, file, notes),
      scale: numberIn(stated('scale', sample), 1),
      offset: numberIn(stated('offset', sample), 0),
      description,
      date: dateOf(inside, description, sample, layout.samples),
      unit: stated('unittype', sample)?.trim() || null,
      alpha: isAlpha(layout.extraSamples[sample - alphaFrom]),
    };
  });
  if (bySidecar) notes.push({ code: 'raster-sidecar', details: { file } });
  return bands;
}

/** Associated and unassociated alpha (TIFF 6.0, p. 31). */
const isAlpha = (extra: number | undefined): boolean => extra === 1 || extra === 2;

function nodataOf(text: string, type: RasterType, file: string, notes: ReadingNote[]): number | null {
  const { value, is } = nodataIn(text, type);
  const details = { file, found: text.slice(0, 40), type };
  if (is !== 'number' && !notes.some((note) => note.code.startsWith('raster-nodata-') && note.details.found === details.found))
    notes.push(is === 'outside' ? { code: 'raster-nodata-outside', details } : { code: 'raster-nodata-unreadable', details });
  return value;
}

/** A number in metadata; `otherwise` where there is none. Scale 0 would make all values equal: it stands for "none". */
function numberIn(text: string | null, otherwise: number): number {
  const number = text === null || text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
  return !Number.isFinite(number) || (otherwise === 1 && number === 0) ? otherwise : number;
}

/** Names of items that tell the time of a band. */
const TIME_NAMES = /^(date|time|datetime|acquisition_?date|range_?beginning_?date|beginning_?date|start_?date)$/i;

/** Values by role and band; items without a role that tell a time have the role `time`. The first of several counts. */
function byRole(items: readonly MetadataItem[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { role, sample, name, value } of items) {
    const key = `${role === '' && TIME_NAMES.test(name) ? 'time' : role} ${sample ?? 'all'}`;
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}

/** By the band's items and name, and by the file's items where it has one band alone. Its name is the stack's matter. */
function dateOf(items: ReadonlyMap<string, string>, description: string | null, sample: number, samples: number): Period | null {
  const texts = [items.get(`time ${sample}`), description, samples === 1 ? items.get('time all') : undefined];
  return texts.map((text) => (text == null ? null : dateIn(text))).find((date) => date !== null) ?? null;
}
