/** Document analysis: texts of sources, codes, passages, codings and memos. src/evidence/coding-nouns.ts */

/**
 * `codings.passage` is null where a whole source was coded. Places are code points, end excluded. Texts are blobs of UTF-8: of a blob the
 * audit keeps the digest alone, so that a text which may not be stored does not stay behind there.
 */
export const EVIDENCE = `
create table source_texts (
  fid integer primary key autoincrement not null,
  id text not null unique references sources (id),
  lang text,
  date text,
  may_quote integer not null check (may_quote in (0, 1)),
  may_store integer not null check (may_store in (0, 1)),
  csl text,
  file text,
  format text,
  digest text check (digest like 'sha256:%'),
  text_digest text check (text_digest like 'sha256:%'),
  text blob,
  media_type text,
  bytes blob,
  length integer check (length >= 0),
  pages text,
  headings text not null default '[]',
  exchange text,
  check (may_store = 1 or (text is null and bytes is null))
);
create index source_texts_digest on source_texts (text_digest);
create table codes (
  fid integer primary key autoincrement not null,
  id text not null unique,
  parent text references codes (id) check (parent <> id),
  name text not null check (name <> '{}'),
  definition text not null default '{}',
  inclusion text not null default '{}',
  exclusion text not null default '{}',
  example text not null default '{}',
  colour text,
  codable integer not null default 1 check (codable in (0, 1)),
  position integer not null default 0,
  exchange text
);
create table coders (
  fid integer primary key autoincrement not null,
  id text not null unique,
  name text not null,
  exchange text
);
create table passages (
  fid integer primary key autoincrement not null,
  id text not null unique,
  source text not null references sources (id),
  quote text not null,
  prefix text not null default '',
  suffix text not null default '',
  start integer check (start >= 0),
  "end" integer,
  page integer check (page > 0),
  anchored text not null check (anchored in ('sure', 'check', 'offsets', 'lost')),
  exchange text,
  check ((start is null) = ("end" is null)),
  check (start is null or start <= "end"),
  check (anchored = 'lost' or start is not null)
);
create index passages_source on passages (source, start);
create table codings (
  fid integer primary key autoincrement not null,
  id text not null unique,
  source text not null references sources (id),
  passage text references passages (id),
  code text not null references codes (id),
  coder text references coders (id),
  status text not null default 'draft' check (status in ('draft', 'agreed', 'kept', 'dropped')),
  decided_by text references coders (id),
  exchange text
);
create index codings_passage on codings (passage);
create index codings_source on codings (source);
create index codings_code on codings (code);
create table memos (
  fid integer primary key autoincrement not null,
  id text not null unique,
  title text,
  text text not null,
  about text not null default '[]',
  coder text references coders (id),
  exchange text
);
`;

export const EVIDENCE_NOUNS = ['source_texts', 'codes', 'coders', 'passages', 'codings', 'memos'] as const;
