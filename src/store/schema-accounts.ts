/** Who may do what in a dossier that several people share, and what they say to one another about a review. */

/**
 * A user's `id` is the name they sign in with. Tokens are never kept, only their digests. `users`, `roles`, `sessions` and
 * `invitations` must not travel: a copy of the dossier for others is made without them.
 *
 * `sites` of an audit entry names the sites that its row is about, each between blanks (` almaty korgalzhyn `).
 */
export const ACCOUNTS = `
create table users (
  fid integer primary key autoincrement not null,
  id text not null unique check (id <> '' and id = lower(id)),
  name text not null check (name <> ''),
  lang text not null check (lang in ('kk', 'ru', 'en', 'tr')),
  password text,
  password_set text,
  oidc text unique,
  status text not null default 'active' check (status in ('active', 'blocked')),
  created text not null,
  check (password is not null or oidc is not null)
);
create table roles (
  fid integer primary key autoincrement not null,
  id text not null unique,
  user text not null references users (id) on delete cascade,
  site text references sites (id),
  role text not null check (role in ('reader', 'reviewer', 'contributor', 'editor', 'administrator')),
  unique (user, site)
);
create unique index roles_everywhere on roles (user) where site is null;
create table sessions (
  fid integer primary key autoincrement not null,
  id text not null unique,
  token text not null unique,
  user text not null references users (id) on delete cascade,
  created text not null,
  seen text not null,
  expires text not null
);
create index sessions_user on sessions (user);
create table invitations (
  fid integer primary key autoincrement not null,
  id text not null unique,
  token text not null unique,
  login text not null check (login <> '' and login = lower(login)),
  kind text not null check (kind in ('invitation', 'password')),
  site text references sites (id),
  role text check (role in ('reader', 'reviewer', 'contributor', 'editor', 'administrator')),
  by text not null,
  created text not null,
  expires text not null,
  used text,
  check ((kind = 'invitation') = (role is not null))
);
create table comments (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text not null references sites (id),
  form text not null,
  section text not null,
  author text not null,
  text text not null check (text <> ''),
  written text not null,
  resolved text
);
create index comments_site on comments (site, form, section);
alter table audit add column sites text;
create index audit_by on audit (by);
create index audit_at on audit (at);
`;

export const ACCOUNT_NOUNS = ['users', 'roles', 'sessions', 'invitations', 'comments'] as const;
