/**
 * What GDAL writes into a GeoTIFF about its bands: nodata (tag 42113), and names, scale, offset, unit and free items
 * (tag 42112, XML). https://gdal.org/en/stable/drivers/raster/gtiff.html#internal-nodata-value
 * The same from a sidecar (.aux.xml) for what the file itself leaves open.
 *
 *     readItems('<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.0001</Item></GDALMetadata>');
 */
import sax from 'sax';
import type { RasterType } from './raster.ts';

/** One item of the metadata. */
export interface MetadataItem {
  name: string;
  /** Band from 0; `null` where it is about all. */
  sample: number | null;
  /** `scale`, `offset`, `unittype`, `description`, or empty. */
  role: string;
  value: string;
}

/** Longest text of metadata that is read [characters]: thousands of bands need about a megabyte. */
const LONGEST_METADATA = 20_000_000;

/** The items of tag 42112; `null` where its text is damaged. */
export function readItems(xml: string): MetadataItem[] | null {
  const items: MetadataItem[] = [];
  let item: MetadataItem | null = null;
  const whole = walkXml(xml, {
    open: (name, attributes) => {
      const sample = Number(attributes.sample);
      const band = attributes.sample !== undefined && Number.isInteger(sample) ? sample : null;
      if (name === 'Item') item = { name: attributes.name ?? '', sample: band, role: attributes.role ?? '', value: '' };
    },
    text: (text) => {
      if (item !== null) item.value += text;
    },
    close: (name) => {
      if (name === 'Item' && item !== null) items.push(item);
      if (name === 'Item') item = null;
    },
  });
  return whole ? items : null;
}

/** What GDAL's sidecar says of the bands: only what changes values or names them, in the shape of the file's own items. */
export function readSidecar(xml: string): { items: MetadataItem[]; nodata: Map<number, string> } | null {
  const items: MetadataItem[] = [];
  const nodata = new Map<number, string>();
  const roles: Readonly<Record<string, string>> = {
    Scale: 'scale',
    Offset: 'offset',
    UnitType: 'unittype',
    Description: 'description',
  };
  let sample = -1;
  let text = '';
  const path: string[] = [];
  const whole = walkXml(xml, {
    open: (name, attributes) => {
      path.push(name);
      text = '';
      if (name === 'PAMRasterBand') sample = Number(attributes.band) - 1;
    },
    text: (more) => {
      text += more;
    },
    close: (name) => {
      path.pop();
      if (path.at(-1) !== 'PAMRasterBand' || !(sample >= 0)) return;
      const role = roles[name];
      if (role !== undefined) items.push({ name: role, sample, role, value: text });
      if (name === 'NoDataValue') nodata.set(sample, text);
    },
  });
  return whole ? { items, nodata } : null;
}

interface XmlEvents {
  open: (name: string, attributes: Record<string, string>) => void;
  text: (text: string) => void;
  close: (name: string) => void;
}

/** Whether the text was whole. Entities of its own are never expanded. */
function walkXml(xml: string, { open, text, close }: XmlEvents): boolean {
  if (xml.length > LONGEST_METADATA) return false;
  let whole = true;
  const parser = new sax.SAXParser(true, { trim: false, normalize: false });
  parser.onerror = () => {
    whole = false;
    parser.error = null as unknown as Error;
  };
  parser.onopentag = ({ name, attributes }) => open(name, attributes as Record<string, string>);
  parser.ontext = text;
  parser.oncdata = text;
  parser.onclosetag = close;
  parser.write(xml.replace(/^\uFEFF/, '').trim()).close();
  return whole;
}

/** Smallest and largest number of each type of whole numbers. */
const RANGES: Readonly<Record<Exclude<RasterType, 'float32' | 'float64'>, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
  uint32: [0, 4_294_967_295],
  int32: [-2_147_483_648, 2_147_483_647],
};

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/** What a nodata text says. */
export interface NodataText {
  /** As the type can hold it; `null` for NaN, which never counts anyway, and where nothing can equal it. */
  value: number | null;
  is: 'number' | 'outside' | 'unreadable';
}

/**
 * The nodata value in a text as programs write it (`-9999`, `nan`, `-1.#QNAN`, `-3,4e+38`), rounded to what the type holds.
 * Texts cut after a few digits (`-3.40282e+38`) are the largest float32, which they stand for.
 */
export function nodataIn(text: string, type: RasterType): NodataText {
  const plain = text.replaceAll('\0', ' ').trim().toLowerCase();
  if (/^[+-]?(nan|1\.#(qnan|snan|ind|nan))/.test(plain)) return { value: null, is: 'number' };
  const infinite = /^([+-]?)(inf|infinity|1\.#inf)/.exec(plain);
  const number = infinite === null ? Number(plain.replace(',', '.')) : infinite[1] === '-' ? -Infinity : Infinity;
  if (plain === '' || Number.isNaN(number)) return { value: null, is: 'unreadable' };
  if (type === 'float64') return { value: number, is: 'number' };
  if (type === 'float32') {
    if (Math.abs(Math.abs(number) / LARGEST_FLOAT32 - 1) < 1e-5)
      return { value: Math.sign(number) * LARGEST_FLOAT32, is: 'number' };
    return Math.abs(number) > LARGEST_FLOAT32 && Number.isFinite(number)
      ? { value: null, is: 'outside' }
      : { value: Math.fround(number), is: 'number' };
  }
  const [low, high] = RANGES[type];
  return Number.isInteger(number) && number >= low && number <= high
    ? { value: number, is: 'number' }
    : { value: null, is: 'outside' };
}
