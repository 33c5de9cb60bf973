/** Files beside a record: the scan of an act, the photograph of a meeting. The file itself is a document, kept once by its digest. */

export const ATTACHMENTS = `
create table attachments (
  fid integer primary key autoincrement not null,
  id text not null unique,
  site text not null references sites (id),
  kind text not null,
  record text not null,
  document text not null references documents (id),
  unique (record, document)
);
create index attachments_record on attachments (site, kind, record);
`;

export const ATTACHMENT_NOUNS = ['attachments'] as const;
