/**
 * GeoPackages of any origin (OGC 12-128r19), read in memory: SQLite sees the bytes, never the file, so that nothing is
 * written beside it and archives may hold one.
 *
 *     readGeopackage(file)   // one layer per feature table
 *
 * The file is not trusted: no extension, view, trigger, function or generated column of it is ever run.
 */
import { constants, DatabaseSync } from 'node:sqlite';
import { Problem } from '../problems.ts';
import type { MapFeature, ReadingNote } from './layer.ts';
import { checkCount, checkSize, type FoundFeature, type FoundLayer } from './shape.ts';
import { shapeOfWkb } from './wkb.ts';
import type { Bytes } from './zip.ts';

const { SQLITE_SELECT, SQLITE_READ, SQLITE_PRAGMA, SQLITE_OK, SQLITE_DENY } = constants;
const CONTENTS = ['gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys'];

type Row = Record<string, unknown>;

/**
 * The feature tables of a GeoPackage, coordinates as they are stored.
 * @throws Problem `geopackage-damaged`, `geopackage-no-features`, `geopackage-view`, `geopackage-geometry`.
 */
export function readGeopackage(file: Bytes): FoundLayer[] {
  checkSize(file.name, file.bytes.length / 16);
  const db = openBytes(file);
  try {
    const tables = new Map(
      (db.prepare("SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view')").all() as Row[]).map((row) => [
        String(row.name).toLowerCase(),
        row,
      ]),
    );
    if (!CONTENTS.every((name) => isPlainTable(tables.get(name))))
      throw new Problem('geopackage-no-features', { file: file.name, found: [...tables.keys()].slice(0, 8).join(', ') });
    const layers = db
      .prepare(
        `SELECT g.table_name AS name, g.column_name AS geometry, s.organization AS organization, s.organization_coordsys_id AS code, s.definition AS definition, g.srs_id AS srs
         FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id ORDER BY g.table_name LIMIT 1000`,
      )
      .all() as Row[];
    if (layers.length === 0)
      throw new Problem('geopackage-no-features', { file: file.name, found: [...tables.keys()].slice(0, 8).join(', ') });
    return layers.map((layer) => {
      const table = String(layer.name);
      if (!isPlainTable(tables.get(table.toLowerCase()))) throw new Problem('geopackage-view', { file: file.name, found: table });
      return readTable(db, file, table, String(layer.geometry), crsOf(layer), layers.length > 1);
    });
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('geopackage-damaged', { file: file.name, found: (error as Error).message.slice(0, 160) }, { cause: error });
  } finally {
    db.close();
  }
}

function openBytes(file: Bytes): DatabaseSync {
  const bytes = file.bytes.slice();
  bytes[18] = 1; // a database left in WAL mode cannot be opened from memory otherwise; what its log holds is not in this file
  bytes[19] = 1;
  const db = new DatabaseSync(':memory:', { allowExtension: false, enableDoubleQuotedStringLiterals: false });
  try {
    db.deserialize(bytes);
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;');
    db.setAuthorizer((action) => ([SQLITE_SELECT, SQLITE_READ, SQLITE_PRAGMA].includes(action) ? SQLITE_OK : SQLITE_DENY));
    return db;
  } catch (error) {
    db.close();
    throw new Problem('geopackage-damaged', { file: file.name, found: (error as Error).message.slice(0, 160) }, { cause: error });
  }
}

function isPlainTable(row: Row | undefined): boolean {
  return row?.type === 'table' && /^\s*CREATE\s+TABLE/i.test(String(row.sql));
}

/** 0 and -1 stand for an unknown system (clause 1.1.2.1.2). */
function crsOf({ srs, organization, code, definition }: Row): string | null {
  if (srs === 0 || srs === -1 || srs === null) return null;
  if (/^epsg$/i.test(String(organization)) && code === 4326) return 'EPSG:4326';
  const text = typeof definition === 'string' ? definition.trim() : '';
  return text === '' || text === 'undefined' ? `${String(organization).toUpperCase()}:${String(code)}` : text;
}

function readTable(
  db: DatabaseSync,
  file: Bytes,
  table: string,
  geometry: string,
  crs: string | null,
  several: boolean,
): FoundLayer {
  const name = several ? `${file.name}/${table}` : file.name;
  const columns = (db.prepare(`PRAGMA table_xinfo(${quoted(table)})`).all() as Row[])
    .filter(({ hidden }) => hidden === 0)
    .map((column) => String(column.name));
  const column = columns.find((c) => c.toLowerCase() === geometry.toLowerCase());
  if (column === undefined) throw new Problem('geopackage-damaged', { file: name, found: `${table}.${geometry}` });
  const statement = db.prepare(`SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(table)}`);
  statement.setReadBigInts(false);
  const features: FoundFeature[] = [];
  let bytes = 0;
  for (const row of statement.iterate() as Iterable<Row>) {
    bytes += Object.values(row).reduce<number>(
      (n, value) => n + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 1),
      1,
    );
    // a damaged tree can lead to the same page again and again
    if (bytes > file.bytes.length)
      throw new Problem('geopackage-damaged', { file: name, found: `${features.length + 1} × ${table}` });
    checkCount(name, features.length);
    features.push(readRow(row, column, features.length + 1, name));
  }
  const notes: ReadingNote[] = [];
  return { name, features, crs, notes, skipped: 0 };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function readRow(row: Row, column: string, index: number, file: string): FoundFeature {
  const properties: MapFeature['properties'] = {};
  for (const [key, value] of Object.entries(row)) {
    if (key === column || value instanceof Uint8Array) continue;
    properties[key] = typeof value === 'bigint' ? Number(value) : (value as MapFeature['properties'][string]);
  }
  const blob = row[column];
  if (blob === null || blob === undefined) return { index, shape: null, properties };
  try {
    return { index, shape: shapeOfBlob(blob), properties };
  } catch (error) {
    throw new Problem(
      'geopackage-geometry',
      { file, feature: String(index), found: (error as Error).message.slice(0, 120) },
      { cause: error },
    );
  }
}

function shapeOfBlob(blob: unknown): FoundFeature['shape'] {
  if (!(blob instanceof Uint8Array) || blob[0] !== 0x47 || blob[1] !== 0x50) throw new RangeError('GP?');
  const flags = blob[3] ?? 0;
  const envelope = [0, 32, 48, 48, 64][(flags >> 1) & 7];
  if (envelope === undefined || (flags & 0b100000) !== 0) throw new RangeError(`flags ${flags}`);
  const start = 8 + envelope;
  return shapeOfWkb(new DataView(blob.buffer, blob.byteOffset + start, blob.byteLength - start));
}
