/**
 * Pictures of rasters: what a map of an indicator is drawn from, coarse enough to be kept in the dossier.
 *
 * `codes` holds `width × height` bytes, row by row from the north-west, deflated (RFC 1950); `legend` says as JSON what each code
 * is: `[{"code":1,"class":"unccd:2","color":"#ffac42","hatch":false,"share":0.61}]`; 0 is ground outside the zones.
 */

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
  step integer not null check (step > 0),
  take text not null check (take in ('most', 'nearest')),
  legend text not null,
  codes blob not null,
  check (south < north and west < east),
  check (period_start is null or period_end is null or period_start < period_end),
  unique (run, name, site)
);
create index pictures_site on pictures (site, indicator);
`;

export const PICTURE_NOUNS = ['pictures'] as const;
