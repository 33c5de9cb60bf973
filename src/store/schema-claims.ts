/** Claims: sentences of sources and of reviews, with what they say in checkable form and the verdict that was kept last. */

export const CLAIMS = `
create table claims (
  fid integer primary key autoincrement not null,
  id text not null unique,
  source text references sources (id),
  page text,
  site text references sites (id),
  form text,
  section text,
  sentence text not null check (sentence <> '{}'),
  kind text not null check (kind in ('checkable', 'interpretive')),
  "check" text,
  verdict text,
  note text,
  check ((source is null) <> (site is null)),
  check (site is null or (form is not null and section is not null)),
  check (kind = 'checkable' or "check" is null)
);
create index claims_source on claims (source);
create index claims_site on claims (site, section);
`;

/** JSON: passages of documents for and against a claim, `[{ "passage", "side" }]`. */
export const CLAIM_PASSAGES = `
alter table claims add column passages text not null default '[]';
`;

export const CLAIM_NOUNS = ['claims'] as const;
