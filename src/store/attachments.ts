/** Files beside records: each kept once by its digest, however many records it stands beside. */
import { digestOf } from '../formats/source-node.ts';
import type { Document, Id } from '../types.ts';
import { all, type Db, get, transaction } from './db.ts';
import { getDocument, putDocument } from './documents.ts';
import { put, remove } from './write.ts';

export interface Attached {
  id: Id;
  name: string;
  mediaType: string;
  size: number;
  digest: string;
}

/** The record that files stand beside. */
export interface RecordPlace {
  site: Id;
  kind: Id;
  record: Id;
}

export function listAttachments(db: Db, { site, kind, record }: RecordPlace): Attached[] {
  return all<{ id: Id; title: string; media_type: string; digest: string; size: number | null }>(
    db,
    `select a.id, d.title, d.media_type, d.digest, length(d.bytes) as size from attachments a join documents d on d.id = a.document
     where a.site = ? and a.kind = ? and a.record = ? order by a.fid`,
    [site, kind, record],
  ).map(({ id, title, media_type, digest, size }) => ({ id, name: title, mediaType: media_type, digest, size: size ?? 0 }));
}

/** How many files stand beside each record of a kind. */
export function countAttachments(db: Db, site: Id, kind: Id): Map<Id, number> {
  const rows = all<{ record: Id; n: number }>(
    db,
    'select record, count(*) as n from attachments where site = ? and kind = ? group by record',
    [site, kind],
  );
  return new Map(rows.map(({ record, n }) => [record, n]));
}

/** Puts a file beside a record; the same bytes are kept once. */
export function attach(
  db: Db,
  by: string,
  place: RecordPlace,
  file: { name: string; mediaType: string; bytes: Uint8Array },
): Attached {
  const digest = digestOf(file.bytes);
  const document = `attachment/${place.site}/${digest.slice(7)}`;
  const id = `${document.slice(11, -48)}/${place.kind}/${place.record}`;
  return transaction(db, () => {
    const known = getDocument(db, document);
    if (known === null) {
      const kept: Document = {
        id: document,
        site: place.site,
        kind: 'other',
        title: file.name,
        lang: null,
        mediaType: file.mediaType,
        digest,
        bytes: file.bytes,
      };
      putDocument(db, by, kept);
    }
    put(db, 'attachments', by, { id, ...place, document });
    return {
      id,
      name: known?.title ?? file.name,
      mediaType: known?.mediaType ?? file.mediaType,
      size: file.bytes.length,
      digest,
    };
  });
}

/** The file of an attachment of a site, or `null`. */
export function attachedFile(db: Db, site: Id, id: Id): (Document & { recordKind: Id }) | null {
  const row = get<{ document: Id; kind: Id }>(db, 'select document, kind from attachments where id = ? and site = ?', [id, site]);
  const document = row === undefined ? null : getDocument(db, row.document);
  return document === null || row === undefined ? null : { ...document, recordKind: row.kind };
}

/** Takes a file away from a record; the file goes with its last record. */
export function detach(db: Db, by: string, site: Id, id: Id): boolean {
  return transaction(db, () => {
    const row = get<{ document: Id }>(db, 'select document from attachments where id = ? and site = ?', [id, site]);
    if (row === undefined) return false;
    remove(db, 'attachments', by, id);
    if (get(db, 'select 1 from attachments where document = ?', [row.document]) === undefined) {
      remove(db, 'documents', by, row.document);
    }
    return true;
  });
}
