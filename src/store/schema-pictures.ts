/** Pictures of rasters: what a map of an indicator is drawn from, coarse enough to be kept in the dossier. */

export const PICTURES = `
create table pictures (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text not null references sites (id),
  run text not null references runs (id),
  indicator text not null references indicators (id),
  name text not null,
  period_start text,
  period_end text,
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  west real not null,
  south real not null,
  east real not null,
  north real not null,
  legend text not null,
  codes blob not null,
  check (period_start is null or period_end is null or period_start < period_end)
);
create index pictures_site on pictures (site, indicator);
`;

export const PICTURE_NOUNS = ['pictures'] as const;
