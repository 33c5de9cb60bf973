/** How programs write to a dossier: their keys, and the series that they opened. */

/**
 * Of a key only the SHA-256 is kept; it must not travel. A datastream has its rows in `observations`: it is what they are found by as long
 * as there are none.
 */
export const KEYS = `
create table api_keys (
  fid integer primary key autoincrement not null,
  id text not null unique,
  token text not null unique,
  user text not null references users (id) on delete cascade,
  title text not null,
  created text not null,
  expires text,
  check (expires is null or created < expires)
);
create index api_keys_user on api_keys (user);
create table datastreams (
  fid integer primary key autoincrement not null,
  id text not null unique,
  feature text not null references features (id),
  indicator text not null references indicators (id),
  unit text not null check (unit <> ''),
  by_class text,
  dataset text not null references datasets (id),
  name text not null check (name <> ''),
  description text not null,
  unique (feature, indicator, unit, by_class, dataset)
);
`;

export const KEY_NOUNS = ['api_keys', 'datastreams'] as const;
