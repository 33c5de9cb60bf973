/**
 * What a file is, by its content and never by its name.
 *
 *     recognise(bytes)   // { kind: 'zip' }, or { kind: 'other', found: 'PDF' }
 */

export type Kind = 'zip' | 'shp' | 'shx' | 'dbf' | 'prj' | 'geopackage' | 'flatgeobuf' | 'geojson' | 'kml' | 'empty' | 'other';

/** Bytes that suffice to recognise a file. */
export const HEAD = 4096;

/** Files people mistake for maps or pack along with them, by their first bytes. */
const OTHERS: [signature: string, name: string][] = [
  ['Rar!', 'RAR'],
  ["7z\xBC\xAF'\x1C", '7-Zip'],
  ['\x1F\x8B', 'gzip'],
  ['BZh', 'bzip2'],
  ['\xFD7zXZ', 'xz'],
  ['%PDF', 'PDF'],
  ['\x89PNG', 'PNG'],
  ['\xFF\xD8\xFF', 'JPEG'],
  ['GIF8', 'GIF'],
  ['BM', 'BMP'],
  ['II*\0', 'TIFF / GeoTIFF'],
  ['MM\0*', 'TIFF / GeoTIFF'],
  ['II+\0', 'BigTIFF'],
  ['AC10', 'AutoCAD DWG'],
  ['\xD0\xCF\x11\xE0', 'Microsoft Office 97–2003'],
  ['{\\rtf', 'RTF'],
  ['!table', 'MapInfo TAB'],
  ['VERSION', 'MapInfo MIF'],
  ['Version', 'MapInfo MIF'],
  ['PAR1', 'GeoParquet'],
  ['\x89HDF', 'HDF5 / netCDF'],
  ['CDF', 'netCDF'],
  ['SQLite format 3', 'SQLite'],
];

/** The kind of a file from its first `HEAD` bytes. */
export function recognise(bytes: Uint8Array): { kind: Kind; found: string } {
  if (bytes.length === 0) return { kind: 'empty', found: '' };
  const kind = binaryKind(bytes) ?? textKind(bytes);
  if (kind !== null) return { kind, found: kind };
  const latin = latin1(bytes.subarray(0, 32));
  const other = OTHERS.find(([signature]) => latin.startsWith(signature))?.[1];
  return {
    kind: 'other',
    found:
      other ??
      xmlRoot(bytes) ??
      (latin
        .replace(/[^\x20-\x7E]+/g, ' ')
        .trim()
        .slice(0, 24) ||
        'binary'),
  };
}

function binaryKind(bytes: Uint8Array): Kind | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (signature: string): boolean => latin1(bytes.subarray(0, signature.length)) === signature;
  if (starts('PK\x03\x04') || starts('PK\x05\x06')) return 'zip';
  if (starts('SQLite format 3\0')) return 'geopackage';
  if (starts('fgb\x03fgb')) return 'flatgeobuf';
  if (bytes.length >= 28 && view.getInt32(0) === 9994) return bytes.length >= 104 && view.getInt32(100) >= 50 ? 'shx' : 'shp';
  return isDbf(bytes, view) ? 'dbf' : null;
}

/** A dBASE header: a version, a date, a header that ends where it says, and fields in it. */
function isDbf(bytes: Uint8Array, view: DataView): boolean {
  if (bytes.length < 33 || ![0x03, 0x30, 0x31, 0x83, 0x8b, 0xf5].includes(bytes[0] ?? 0)) return false;
  const header = view.getUint16(8, true);
  return (
    (bytes[2] ?? 99) <= 12 &&
    (bytes[3] ?? 99) <= 31 &&
    header >= 33 &&
    (header >= bytes.length || bytes[header - 1] === 0x0d || bytes[header - 2] === 0x0d)
  );
}

function textKind(bytes: Uint8Array): Kind | null {
  const text = opening(bytes);
  if (/^[{[]/.test(text)) return 'geojson';
  if (/^(PROJ|GEO|GEOD|COMPD|BOUND|COMPOUND|GEOC|LOCAL_|ENG|VERT)[A-Z_]*\s*[[(]\s*"/.test(text)) return 'prj';
  const root = xmlRoot(bytes);
  return root !== null && /^(?:\w+:)?(kml|Document|Placemark|Folder)$/.test(root) ? 'kml' : null;
}

/** The name of the first element; `null` where the text is no XML. A file cut off before it counts as KML, whose reader says so. */
function xmlRoot(bytes: Uint8Array): string | null {
  const text = opening(bytes);
  if (!text.startsWith('<')) return null;
  return /<([A-Za-z_][\w:.-]*)/.exec(text.replace(/<!--[\s\S]*?(-->|$)/g, ''))?.[1] ?? 'kml';
}

/** The beginning as text, without byte order mark, zero bytes of UTF-16 and blanks. */
function opening(bytes: Uint8Array): string {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : bytes[0] === 0xff || bytes[0] === 0xfe ? 2 : 0;
  return latin1(bytes.subarray(start, HEAD)).replaceAll('\0', '').trimStart();
}

/** At most `HEAD` bytes: more would be too many arguments. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
