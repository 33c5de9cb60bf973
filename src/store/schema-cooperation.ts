/**
 * What activities are meant for, what their files said beyond our nouns, and sets of changes that can be taken back as one:
 * two organisations made one, a file that was imported.
 */

/** A set of changes is a stretch of the audit, from its first entry to its last; `undone` is when it was taken back. */
export const COOPERATION = `
alter table activities add column sdg_targets text not null default '[]';
alter table activities add column markers text not null default '[]';
alter table activities add column trl_before integer check (trl_before between 1 and 9);
alter table activities add column trl_after integer check (trl_after between 1 and 9);
alter table activities add column details text;
create table changesets (
  fid integer primary key autoincrement not null,
  id text not null unique,
  kind text not null check (kind in ('merge', 'import')),
  title text not null,
  at text not null,
  first integer not null check (first > 0),
  last integer not null check (last >= first),
  undone text
);
`;

export const COOPERATION_NOUNS = ['changesets'] as const;
