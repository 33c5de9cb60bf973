/** Decisions that were prepared: what was asked, and what was found with its proof. docs/dossier.md */

/** `problem` and `solutions` are JSON; each solution names the run that it came from. */
export const PLANS = `
create table plans (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text references sites (id),
  kind text not null check (kind in ('zoning', 'corridor', 'lake', 'river', 'energy')),
  title text not null,
  problem text not null,
  solutions text not null
);
create index plans_site on plans (site, kind);
`;

export const PLAN_NOUNS = ['plans'] as const;
