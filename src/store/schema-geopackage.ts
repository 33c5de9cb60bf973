/** What the GeoPackage standard itself asks of every file (OGC 12-128r19): its catalogues and the R-tree over zones. */

/** The standard's tables. */
export const GEOPACKAGE = `
create table gpkg_spatial_ref_sys (
  srs_name text not null,
  srs_id integer not null primary key,
  organization text not null,
  organization_coordsys_id integer not null,
  definition text not null,
  description text
);
insert into gpkg_spatial_ref_sys values
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
create table gpkg_contents (
  table_name text not null primary key,
  data_type text not null,
  identifier text unique,
  description text default '',
  last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  min_x double,
  min_y double,
  max_x double,
  max_y double,
  srs_id integer references gpkg_spatial_ref_sys (srs_id)
);
create table gpkg_geometry_columns (
  table_name text not null references gpkg_contents (table_name),
  column_name text not null,
  geometry_type_name text not null,
  srs_id integer not null references gpkg_spatial_ref_sys (srs_id),
  z tinyint not null,
  m tinyint not null,
  primary key (table_name, column_name),
  unique (table_name)
);
create table gpkg_extensions (
  table_name text,
  column_name text,
  extension_name text not null,
  definition text not null,
  scope text not null,
  unique (table_name, column_name, extension_name)
);
insert into gpkg_extensions values
  ('zones', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec121/#extension_rtree', 'write-only');
`;

/** The R-tree over a table's `geom` with the triggers of GeoPackage 1.4, Annex F.3: `ST_…` are registered on our connections and known to GDAL and QGIS. */
export const rtree = (table: string): string => `
create virtual table rtree_${table}_geom using rtree (id, minx, maxx, miny, maxy);
create trigger rtree_${table}_geom_insert after insert on ${table}
  when (new.geom not null and not ST_IsEmpty(new.geom)) begin
  insert or replace into rtree_${table}_geom values (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom));
end;
create trigger rtree_${table}_geom_update2 after update of geom on ${table}
  when old.fid = new.fid and (new.geom isnull or ST_IsEmpty(new.geom)) begin
  delete from rtree_${table}_geom where id = old.fid;
end;
create trigger rtree_${table}_geom_update4 after update on ${table}
  when old.fid != new.fid and (new.geom isnull or ST_IsEmpty(new.geom)) begin
  delete from rtree_${table}_geom where id in (old.fid, new.fid);
end;
create trigger rtree_${table}_geom_update5 after update on ${table}
  when old.fid != new.fid and (new.geom notnull and not ST_IsEmpty(new.geom)) begin
  delete from rtree_${table}_geom where id = old.fid;
  insert or replace into rtree_${table}_geom values (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom));
end;
create trigger rtree_${table}_geom_update6 after update of geom on ${table}
  when old.fid = new.fid and (new.geom notnull and not ST_IsEmpty(new.geom)) and (old.geom notnull and not ST_IsEmpty(old.geom)) begin
  update rtree_${table}_geom set minx = ST_MinX(new.geom), maxx = ST_MaxX(new.geom), miny = ST_MinY(new.geom), maxy = ST_MaxY(new.geom) where id = new.fid;
end;
create trigger rtree_${table}_geom_update7 after update of geom on ${table}
  when old.fid = new.fid and (new.geom notnull and not ST_IsEmpty(new.geom)) and (old.geom isnull or ST_IsEmpty(old.geom)) begin
  insert into rtree_${table}_geom values (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom));
end;
create trigger rtree_${table}_geom_delete after delete on ${table} when old.geom not null begin
  delete from rtree_${table}_geom where id = old.fid;
end;
`;
