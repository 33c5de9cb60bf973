/**
 * A plain GeoPackage of one layer on WGS 84 with an R-tree, for QGIS, ArcGIS and phones (OGC 12-128r19).
 *
 *     const bytes = writeGeopackage(partsOfZones(zones, areaOf), 'zones');
 */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { encodeGeometry, envelopeOf } from './geopackage-binary.ts';
import type { MapFeature } from './layer.ts';
import { WGS84_PRJ } from './shapefile-writer.ts';
import { type AreaFeature, multiPolygon } from './zone-parts.ts';

/** 'GPKG' and version 1.3, which every program in use reads. */
const APPLICATION_ID = 0x47504b47;
const VERSION = 10300;
/** Date of the layer's last change: no clock in output. */
const CHANGED = '2026-01-01T00:00:00.000Z';

const SCHEMA = `
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));`;

/** The bytes of a GeoPackage with the layer `name`; fields get the type of their values. */
export function writeGeopackage(features: AreaFeature[], name: string): Uint8Array {
  const db = new DatabaseSync(':memory:');
  try {
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${VERSION}; BEGIN; ${SCHEMA}`);
    writeSystems(db);
    writeLayer(db, features, name);
    db.exec('COMMIT');
    return db.serialize();
  } finally {
    db.close();
  }
}

/** The three systems that clause 1.1.2.1.2 requires. */
function writeSystems(db: DatabaseSync): void {
  const insert = db.prepare('INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)');
  insert.run('WGS 84', 4326, 'EPSG', 4326, WGS84_PRJ, 'longitude/latitude on WGS 84');
  insert.run('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', null);
  insert.run('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', null);
}

function writeLayer(db: DatabaseSync, features: AreaFeature[], name: string): void {
  const keys = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))].filter(
    (key) => !['fid', 'geom'].includes(key.toLowerCase()),
  );
  const columns = keys.map((key) => `, ${quoted(key)} ${typeOf(features.map(({ properties }) => properties[key] ?? null))}`);
  db.exec(`CREATE TABLE ${quoted(name)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON${columns.join('')})`);
  const boxes = features.map((feature) => envelopeOf(multiPolygon(feature)));
  const [minX, minY] = [0, 1].map((i) => Math.min(...boxes.map((box) => box[i as 0 | 1]))) as [number, number];
  const [maxX, maxY] = [2, 3].map((i) => Math.max(...boxes.map((box) => box[i as 2 | 3]))) as [number, number];
  db.prepare("INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', ?, ?, ?, ?, ?, 4326)").run(
    name,
    name,
    CHANGED,
    ...[minX, minY, maxX, maxY].map(finite),
  );
  db.prepare("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', 4326, 0, 0)").run(name);
  const insert = db.prepare(`INSERT INTO ${quoted(name)} VALUES (${['?', '?', ...keys.map(() => '?')].join(', ')})`);
  features.forEach((feature, i) => {
    insert.run(i + 1, encodeGeometry(multiPolygon(feature)), ...keys.map((key) => stored(feature.properties[key] ?? null)));
  });
  writeRtree(db, name, boxes);
}

/** The R-tree of clause F.3 with the triggers of version 1.4, which keep it right when other programs edit the layer. */
function writeRtree(db: DatabaseSync, name: string, boxes: ReturnType<typeof envelopeOf>[]): void {
  const table = `rtree_${name}_geom`;
  db.exec(`CREATE VIRTUAL TABLE ${quoted(table)} USING rtree(id, minx, maxx, miny, maxy)`);
  const insert = db.prepare(`INSERT INTO ${quoted(table)} VALUES (?, ?, ?, ?, ?)`);
  boxes.forEach(([minX, minY, maxX, maxY], i) => {
    if (Number.isFinite(minX)) insert.run(i + 1, minX, maxX, minY, maxY);
  });
  db.prepare(
    "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec130/#extension_rtree', 'write-only')",
  ).run(name);
  const [t, r, g] = [quoted(name), quoted(table), '"geom"'];
  const box = `NEW."fid", ST_MinX(NEW.${g}), ST_MaxX(NEW.${g}), ST_MinY(NEW.${g}), ST_MaxY(NEW.${g})`;
  const has = (row: string) => `${row}.${g} NOT NULL AND NOT ST_IsEmpty(${row}.${g})`;
  const trigger = (suffix: string) => quoted(`${table}_${suffix}`);
  db.exec(`
CREATE TRIGGER ${trigger('insert')} AFTER INSERT ON ${t} WHEN (${has('NEW')}) BEGIN INSERT OR REPLACE INTO ${r} VALUES (${box}); END;
CREATE TRIGGER ${trigger('update6')} AFTER UPDATE OF ${g} ON ${t} WHEN OLD."fid" = NEW."fid" AND (${has('NEW')}) AND (${has('OLD')}) BEGIN UPDATE ${r} SET minx = ST_MinX(NEW.${g}), maxx = ST_MaxX(NEW.${g}), miny = ST_MinY(NEW.${g}), maxy = ST_MaxY(NEW.${g}) WHERE id = NEW."fid"; END;
CREATE TRIGGER ${trigger('update7')} AFTER UPDATE OF ${g} ON ${t} WHEN OLD."fid" = NEW."fid" AND (${has('NEW')}) AND NOT (${has('OLD')}) BEGIN INSERT INTO ${r} VALUES (${box}); END;
CREATE TRIGGER ${trigger('update2')} AFTER UPDATE OF ${g} ON ${t} WHEN OLD."fid" = NEW."fid" AND NOT (${has('NEW')}) BEGIN DELETE FROM ${r} WHERE id = OLD."fid"; END;
CREATE TRIGGER ${trigger('update5')} AFTER UPDATE ON ${t} WHEN OLD."fid" != NEW."fid" AND (${has('NEW')}) BEGIN DELETE FROM ${r} WHERE id = OLD."fid"; INSERT OR REPLACE INTO ${r} VALUES (${box}); END;
CREATE TRIGGER ${trigger('update4')} AFTER UPDATE ON ${t} WHEN OLD."fid" != NEW."fid" AND NOT (${has('NEW')}) BEGIN DELETE FROM ${r} WHERE id IN (OLD."fid", NEW."fid"); END;
CREATE TRIGGER ${trigger('delete')} AFTER DELETE ON ${t} WHEN OLD.${g} NOT NULL BEGIN DELETE FROM ${r} WHERE id = OLD."fid"; END;`);
}

function typeOf(values: MapFeature['properties'][string][]): string {
  const known = values.filter((value) => value !== null);
  if (known.length > 0 && known.every((value) => typeof value === 'boolean')) return 'BOOLEAN';
  if (known.length > 0 && known.every((value) => Number.isSafeInteger(value))) return 'INTEGER';
  return known.length > 0 && known.every((value) => typeof value === 'number') ? 'DOUBLE' : 'TEXT';
}

function stored(value: MapFeature['properties'][string]): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : value;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
