/** Small TIFF files by hand: tags as they come, little-endian, classic. */

type TagValue = { type: 2; text: string } | { type: 1 | 3 | 4 | 12; values: number[] };

export const short = (...values: number[]): TagValue => ({ type: 3, values });
export const long = (...values: number[]): TagValue => ({ type: 4, values });
export const double = (...values: number[]): TagValue => ({ type: 12, values });
export const ascii = (text: string): TagValue => ({ type: 2, text: `${text}\0` });

const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 12: 8 } as const;

/** Bytes of a value. */
function bytesOf(value: TagValue): Uint8Array {
  if (value.type === 2) return new TextEncoder().encode(value.text);
  const size = SIZES[value.type];
  const view = new DataView(new ArrayBuffer(value.values.length * size));
  value.values.forEach((number, i) => {
    if (value.type === 12) view.setFloat64(i * 8, number, true);
    else if (value.type === 4) view.setUint32(i * 4, number, true);
    else if (value.type === 3) view.setUint16(i * 2, number, true);
    else view.setUint8(i, number);
  });
  return new Uint8Array(view.buffer);
}

/** Where `data` begins in the files that `tiffOf` makes. */
export const DATA_AT = 8;

/**
 * A file of `data` and one directory behind it.
 * @param tags by number
 * @param next offset of a further directory; `self` for the same one again
 */
export function tiffOf(
  data: Uint8Array,
  tags: Record<number, TagValue>,
  { next = 0 }: { next?: number | 'self' } = {},
): Uint8Array {
  const entries = Object.entries(tags).map(([id, value]) => ({ id: Number(id), type: value.type, bytes: bytesOf(value) }));
  const directoryAt = DATA_AT + data.length + (data.length % 2);
  let outsideAt = directoryAt + 2 + entries.length * 12 + 4;
  const total = entries.reduce((sum, { bytes }) => sum + (bytes.length > 4 ? bytes.length + (bytes.length % 2) : 0), outsideAt);
  const file = new Uint8Array(total);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, directoryAt, true);
  file.set(data, DATA_AT);
  view.setUint16(directoryAt, entries.length, true);
  for (const [i, { id, type, bytes }] of entries.entries()) {
    const at = directoryAt + 2 + i * 12;
    view.setUint16(at, id, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, bytes.length / SIZES[type], true);
    if (bytes.length <= 4) file.set(bytes, at + 8);
    else {
      view.setUint32(at + 8, outsideAt, true);
      file.set(bytes, outsideAt);
      outsideAt += bytes.length + (bytes.length % 2);
    }
  }
  view.setUint32(directoryAt + 2 + entries.length * 12, next === 'self' ? directoryAt : next, true);
  return file;
}

/** Tags of a raster of bytes in one strip that is not packed, north up, with pixels of one degree from 70 E 50 N. */
export function plainTags(width: number, height: number): Record<number, TagValue> {
  return {
    256: long(width),
    257: long(height),
    258: short(8),
    259: short(1),
    273: long(DATA_AT),
    277: short(1),
    278: long(height),
    279: long(width * height),
    33550: double(1, 1, 0),
    33922: double(0, 0, 0, 70, 50, 0),
    34735: short(1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326),
  };
}
