/** Where species were seen, with places that must not become known. */

/** `sensitivity` is GBIF's category from 1, whose place is withheld, to 4; `null` where the place is no secret. src/science/generalise.ts */
export const OCCURRENCES = `
create table taxa (
  fid integer primary key autoincrement not null,
  id text not null unique,
  name text not null check (name <> ''),
  rank text,
  parent text references taxa (id) check (parent <> id),
  vernacular text not null default '{}',
  categories text not null default '{}',
  sensitivity integer check (sensitivity between 1 and 4),
  sensitivity_reason text,
  check (sensitivity is null or coalesce(sensitivity_reason, '') <> '')
);
create table occurrences (
  fid integer primary key autoincrement not null,
  geom point,
  id text not null unique default (lower(hex(randomblob(16)))),
  site text references sites (id),
  taxon text not null references taxa (id),
  period_start text,
  period_end text,
  uncertainty_m real check (uncertainty_m >= 0),
  count integer check (count >= 0),
  basis text,
  recorded_by text,
  fields text not null default '{}',
  from_dataset text references datasets (id),
  from_row text,
  from_run text check (from_run is null),
  from_source text default 'by-hand' references sources (id),
  from_page text,
  from_quote text,
  check (from_source is not null or (from_dataset is not null and from_row is not null)),
  check (period_start is null or period_end is null or period_start < period_end)
);
create index occurrences_taxon on occurrences (taxon);
create index occurrences_site on occurrences (site, taxon);
insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('occurrences', 'features', 'occurrences', 4326);
insert into gpkg_geometry_columns values ('occurrences', 'geom', 'POINT', 4326, 0, 0);
insert into gpkg_extensions values
  ('occurrences', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec121/#extension_rtree', 'write-only');
`;

export const OCCURRENCE_NOUNS = ['taxa', 'occurrences'] as const;
