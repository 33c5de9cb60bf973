/** Writes that came with a key of their own, so that one that is sent again is not carried out again. */

/** `id` is the digest of who sent it and their key; it tells nothing of what was written. */
export const SENT = `
create table sent (
  fid integer primary key autoincrement not null,
  id text not null unique check (id like 'sha256:%'),
  at text not null
);
create index sent_at on sent (at);
`;

export const SENT_NOUNS = ['sent'] as const;
