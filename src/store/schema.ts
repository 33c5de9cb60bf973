/**
 * The dossier's tables: a GeoPackage (OGC 12-128r19) that is the application's database.
 *
 * `migrations[n]` takes a dossier from schema n to n + 1; a released one is never changed.
 * Constraints live here, so that no program, ours or another, can store what must not be.
 */
import { ACCOUNT_NOUNS, ACCOUNTS } from './schema-accounts.ts';
import { ATTACHMENT_NOUNS, ATTACHMENTS } from './schema-attachments.ts';
import { CLAIM_NOUNS, CLAIM_PASSAGES, CLAIMS } from './schema-claims.ts';
import { COOPERATION, COOPERATION_NOUNS } from './schema-cooperation.ts';
import { EVIDENCE, EVIDENCE_NOUNS } from './schema-evidence.ts';
import { GEOPACKAGE, rtree } from './schema-geopackage.ts';
import { INDEXES } from './schema-indexes.ts';
import { KEY_NOUNS, KEYS } from './schema-keys.ts';
import { OCCURRENCE_NOUNS, OCCURRENCES } from './schema-occurrences.ts';
import { PICTURE_NOUNS, PICTURES } from './schema-pictures.ts';
import { PLAN_NOUNS, PLANS } from './schema-plans.ts';
import { PROGRAM_NOUNS, PROGRAMS } from './schema-programs.ts';
import { SENT, SENT_NOUNS } from './schema-sent.ts';
import { STATION_NOUNS, STATIONS } from './schema-stations.ts';

/** Who and where a row comes from; at least one of run, dataset row and source. */
const ORIGIN = `
  from_run text references runs (id),
  from_dataset text references datasets (id),
  from_row text,
  from_source text references sources (id),
  from_page text,
  from_quote text,
  check (from_run is not null or (from_dataset is not null and from_row is not null) or from_source is not null)`;

const NOUNS = `
create table dossier (
  fid integer primary key autoincrement not null,
  key text not null unique,
  value text not null
);
create table features (
  fid integer primary key autoincrement not null,
  id text not null unique,
  noun text not null check (noun in ('sites', 'zones', 'organisations', 'activities'))
);
create table sources (
  fid integer primary key autoincrement not null,
  id text not null unique,
  title text not null check (title <> ''),
  href text,
  lang text,
  kind text not null,
  licence text,
  note text
);
insert into sources (id, title, kind) values ('by-hand', 'Edited by hand in a geographic information system', 'own');
create table datasets (
  fid integer primary key autoincrement not null,
  id text not null unique,
  title text not null,
  kind text not null,
  href text not null,
  media_type text not null,
  digest text check (digest like 'sha256:%'),
  crs text,
  period_start text,
  period_end text,
  licence text not null,
  attribution text not null
);
create table indicators (
  fid integer primary key autoincrement not null,
  id text not null unique,
  title text not null,
  definition text not null,
  unit text not null,
  method text,
  version integer not null check (version > 0),
  function text not null check (function in ('conservation', 'development', 'logistic', 'zonation')),
  better text not null check (better in ('higher', 'lower', 'neither')),
  standing text not null check (standing in ('official', 'national', 'proxy', 'own')),
  codes text not null,
  source_references text not null
);
create table runs (
  fid integer primary key autoincrement not null,
  id text not null unique,
  indicator text not null references indicators (id),
  method text not null,
  version integer not null,
  software text not null,
  inputs text not null,
  params text not null,
  started text not null,
  ended text,
  status text not null check (status in ('queued', 'running', 'done', 'failed')),
  skipped integer not null default 0 check (skipped >= 0)
);
create table sites (
  fid integer primary key autoincrement not null,
  id text not null unique,
  kind text not null check (kind in ('biosphere-reserve', 'world-heritage', 'ramsar', 'national', 'country', 'region', 'water-body')),
  name text not null,
  countries text not null,
  parent text references sites (id) check (parent <> id),
  ecosystems text,
  note text
);
create table designations (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text not null references sites (id),
  kind text not null check (kind in ('biosphere-reserve', 'world-heritage', 'ramsar', 'national')),
  code text,
  year integer check (year between 1850 and 2200),
  date text,
  criteria text,
  quality text not null check (quality in ('ok', 'unconfirmed', 'partial', 'doubtful')),
  note text,${ORIGIN}
);
create table overlaps (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text not null references sites (id),
  other text not null references sites (id) check (other <> site),
  note text,${ORIGIN}
);
create table zones (
  fid integer primary key autoincrement not null,
  geom multipolygon,
  id text not null unique default (lower(hex(randomblob(16)))),
  site text not null references sites (id),
  kind text not null check (kind in ('core', 'buffer', 'transition')),
  name text not null default '{}',
  valid_start text,
  valid_end text,
  from_run text references runs (id),
  from_dataset text references datasets (id),
  from_row text,
  from_source text default 'by-hand' references sources (id),
  from_page text,
  from_quote text,
  check (valid_end is null or valid_start is null or valid_start < valid_end),
  check (from_run is not null or (from_dataset is not null and from_row is not null) or from_source is not null)
);
create table observations (
  fid integer primary key autoincrement not null,
  id text not null unique,
  indicator text not null references indicators (id),
  feature text not null references features (id),
  period_start text,
  period_end text,
  value real,
  unit text not null check (unit <> ''),
  low real,
  high real,
  level real check (level > 0 and level < 1),
  n integer check (n >= 0),
  by_sex text check (by_sex in ('F', 'M', 'X', 'unknown')),
  by_age text,
  by_class text,
  role text not null check (role in ('observed', 'declared', 'computed', 'target', 'baseline')),
  quality text not null check (quality in ('ok', 'unconfirmed', 'partial', 'doubtful')),
  approximate integer not null default 0 check (approximate in (0, 1)),
  note text,${ORIGIN},
  check (low is null or high is null or low <= high),
  check (period_start is null or period_end is null or period_start < period_end),
  check (role <> 'computed' or from_run is not null)
);
create index observations_feature on observations (feature, indicator);
create table organisations (
  fid integer primary key autoincrement not null,
  id text not null unique,
  name text not null,
  acronym text,
  kind text,
  country text,
  parent text references organisations (id) check (parent <> id),
  ids text not null default '{}',
  aliases text not null default '[]'
);
create table people (
  fid integer primary key autoincrement not null,
  id text not null unique,
  name text not null,
  orcid text,
  sex text not null default 'unknown' check (sex in ('F', 'M', 'X', 'unknown')),
  organisation text references organisations (id),
  consent text not null default 'count-only' check (consent in ('name', 'initials', 'count-only'))
);
create table activities (
  fid integer primary key autoincrement not null,
  id text not null unique,
  kind text not null check (kind in ('programme', 'project', 'training', 'event', 'award', 'agreement', 'chair', 'centre', 'designation', 'curriculum', 'transfer', 'membership', 'policy')),
  parent text references activities (id) check (parent <> id),
  title text not null,
  description text,
  start text,
  "end" text,
  sites text not null default '[]',
  themes text not null default '[]',
  quality text not null check (quality in ('ok', 'unconfirmed', 'partial', 'doubtful')),
  note text,${ORIGIN}
);
create table participations (
  fid integer primary key autoincrement not null,
  id text not null unique,
  activity text not null references activities (id),
  organisation text references organisations (id),
  person text references people (id),
  role text not null,${ORIGIN},
  check (organisation is not null or person is not null)
);
create table documents (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text references sites (id),
  kind text not null check (kind in ('zone-map', 'repairs', 'zonation-before', 'review', 'other')),
  title text not null,
  lang text,
  media_type text not null,
  digest text not null check (digest like 'sha256:%'),
  bytes blob
);
create table audit (
  fid integer primary key autoincrement not null,
  at text not null,
  by text not null,
  action text not null check (action in ('added', 'changed', 'removed')),
  noun text not null,
  row_id text not null,
  before text,
  after text
);
create index audit_row on audit (noun, row_id);
create trigger audit_stays_update before update on audit begin select raise(abort, 'the audit cannot be changed'); end;
create trigger audit_stays_delete before delete on audit begin select raise(abort, 'the audit cannot be changed'); end;
`;

/** Tables whose rows figures can be about: each row is also a row of `features`, whoever writes it. */
const FEATURES = ['sites', 'zones', 'organisations', 'activities']
  .map(
    (noun) => `
create trigger ${noun}_feature_insert after insert on ${noun} begin
  insert into features (id, noun) values (new.id, '${noun}');
end;
create trigger ${noun}_feature_delete after delete on ${noun} begin
  delete from features where id = old.id;
end;
create trigger ${noun}_feature_update after update of id on ${noun} when old.id <> new.id begin
  update features set id = new.id where id = old.id;
end;`,
  )
  .join('\n');

/** Tables of the first schema that hold rows of ours, as GeoPackage lists them. */
const FIRST_NOUNS = [
  'zones',
  'sites',
  'designations',
  'overlaps',
  'observations',
  'indicators',
  'runs',
  'datasets',
  'sources',
  'organisations',
  'people',
  'activities',
  'participations',
  'documents',
  'audit',
  'dossier',
  'features',
] as const;

const CONTENTS = FIRST_NOUNS.map((noun) =>
  noun === 'zones'
    ? `insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('zones', 'features', 'zones', 4326);
insert into gpkg_geometry_columns values ('zones', 'geom', 'MULTIPOLYGON', 4326, 0, 0);`
    : `insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('${noun}', 'attributes', '${noun}', null);`,
).join('\n');

/** What a reserve keeps through the ten years: counts of people, money, registers, and the sentences of its review. */
const RECORDS = `
alter table activities add column functions text not null default '[]';
alter table activities add column category text;
alter table activities add column result text;
create table headcounts (
  fid integer primary key autoincrement not null,
  id text not null unique,
  feature text not null references features (id),
  measure text not null check (measure in ('employed', 'attended', 'trained', 'awarded', 'benefited')),
  groups text not null default '[]',
  age text,
  period_start text,
  period_end text,
  total integer check (total >= 0),
  female integer check (female >= 0),
  male integer check (male >= 0),
  other integer check (other >= 0),
  unknown integer check (unknown >= 0),
  "unique" text not null check ("unique" in ('yes', 'no', 'unknown')),
  note text,${ORIGIN},
  check (coalesce(total, female, male, other, unknown) is not null),
  check (total is null or total >= coalesce(female, 0) + coalesce(male, 0) + coalesce(other, 0) + coalesce(unknown, 0)),
  check (period_start is null or period_end is null or period_start < period_end)
);
create index headcounts_feature on headcounts (feature);
create table money (
  fid integer primary key autoincrement not null,
  id text not null unique,
  feature text not null references features (id),
  kind text not null check (kind in ('budget', 'commitment', 'disbursement', 'expenditure', 'in-kind')),
  value real not null,
  currency text not null check (length(currency) = 3),
  period_start text,
  period_end text,
  classes text not null default '[]',
  provider text references organisations (id),
  receiver text references organisations (id),
  note text,${ORIGIN},
  check (period_start is null or period_end is null or period_start < period_end)
);
create index money_feature on money (feature);
create table entries (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text not null references sites (id),
  register text not null,
  fields text not null,
  confidential integer not null default 0 check (confidential in (0, 1)),${ORIGIN}
);
create index entries_site on entries (site, register);
create table answers (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text not null references sites (id),
  form text not null,
  section text not null,
  lang text not null check (lang in ('kk', 'ru', 'en', 'tr')),
  text text not null check (text <> ''),
  author text not null check (author <> ''),
  written text not null,
  confidential integer not null default 0 check (confidential in (0, 1)),
  unique (site, form, section, lang)
);
`;

const RECORD_NOUNS = ['headcounts', 'money', 'entries', 'answers'] as const;

/** How GeoPackage lists tables without geometry. */
function attributes(tables: readonly string[]): string {
  return tables
    .map(
      (table) =>
        `insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('${table}', 'attributes', '${table}', null);`,
    )
    .join('\n');
}

/** Every table of the dossier that holds rows of ours. */
export const nouns = [
  ...FIRST_NOUNS,
  ...RECORD_NOUNS,
  ...PICTURE_NOUNS,
  ...ACCOUNT_NOUNS,
  ...OCCURRENCE_NOUNS,
  ...ATTACHMENT_NOUNS,
  ...CLAIM_NOUNS,
  ...SENT_NOUNS,
  ...COOPERATION_NOUNS,
  ...EVIDENCE_NOUNS,
  ...STATION_NOUNS,
  ...KEY_NOUNS,
  ...PLAN_NOUNS,
  ...PROGRAM_NOUNS,
] as const;

export const migrations: readonly string[] = [
  [GEOPACKAGE, NOUNS, FEATURES, rtree('zones'), CONTENTS].join('\n'),
  [RECORDS, attributes(RECORD_NOUNS)].join('\n'),
  [PICTURES, attributes(PICTURE_NOUNS)].join('\n'),
  [ACCOUNTS, attributes(ACCOUNT_NOUNS)].join('\n'),
  [OCCURRENCES, rtree('occurrences'), attributes(['taxa'])].join('\n'),
  [ATTACHMENTS, attributes(ATTACHMENT_NOUNS)].join('\n'),
  [CLAIMS, attributes(CLAIM_NOUNS)].join('\n'),
  [SENT, attributes(SENT_NOUNS)].join('\n'),
  INDEXES,
  [COOPERATION, attributes(COOPERATION_NOUNS)].join('\n'),
  [EVIDENCE, attributes(EVIDENCE_NOUNS)].join('\n'),
  CLAIM_PASSAGES,
  [STATIONS, rtree('stations')].join('\n'),
  [KEYS, attributes(KEY_NOUNS)].join('\n'),
  [PLANS, attributes(PLAN_NOUNS)].join('\n'),
  [PROGRAMS, attributes(PROGRAM_NOUNS)].join('\n'),
];
