/** Gauges and other stations: places of a site whose series are figures of their own. */

/**
 * Figures can be about stations from here on: the list of nouns of `features` is written anew, which SQLite can only do by making the
 * table again. Keys that point to it are checked at the end of the transaction.
 */
const FEATURES = `
pragma defer_foreign_keys = on;
create table features_before as select fid, id, noun from features;
drop table features;
create table features (
  fid integer primary key autoincrement not null,
  id text not null unique,
  noun text not null check (noun in ('sites', 'zones', 'organisations', 'activities', 'stations'))
);
insert into features (fid, id, noun) select fid, id, noun from features_before order by fid;
drop table features_before;
`;

/** `zero` is the height of the gauge's zero above that of `datum` [m]. */
export const STATIONS = `${FEATURES}
create table stations (
  fid integer primary key autoincrement not null,
  geom point,
  id text not null unique default (lower(hex(randomblob(16)))),
  site text not null references sites (id),
  name text not null check (name <> ''),
  code text,
  river text,
  country text,
  zero real,
  datum text,
  note text,
  from_run text check (from_run is null),
  from_dataset text references datasets (id),
  from_row text,
  from_source text default 'by-hand' references sources (id),
  from_page text,
  from_quote text,
  check (from_source is not null or (from_dataset is not null and from_row is not null)),
  check (zero is null or datum is not null)
);
create index stations_site on stations (site);
create trigger stations_feature_insert after insert on stations begin
  insert into features (id, noun) values (new.id, 'stations');
end;
create trigger stations_feature_delete after delete on stations begin
  delete from features where id = old.id;
end;
create trigger stations_feature_update after update of id on stations when old.id <> new.id begin
  update features set id = new.id where id = old.id;
end;
insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('stations', 'features', 'stations', 4326);
insert into gpkg_geometry_columns values ('stations', 'geom', 'POINT', 4326, 0, 0);
insert into gpkg_extensions values
  ('stations', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec121/#extension_rtree', 'write-only');
`;

export const STATION_NOUNS = ['stations'] as const;
