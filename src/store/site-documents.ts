/** The files of a site by name, without their bytes. */
import type { Document, Id } from '../types.ts';
import { all, type Db, get } from './db.ts';

export interface DocumentLine extends Pick<Document, 'id' | 'kind' | 'title' | 'mediaType'> {
  /** [bytes]; `null` where only its name and digest are known. */
  size: number | null;
}

/** Files that stand beside a record are had there, by those who may see the record. */
export function listSiteDocuments(db: Db, site: Id): DocumentLine[] {
  return all<Omit<DocumentLine, 'mediaType'> & { media_type: string }>(
    db,
    `select id, kind, title, media_type, length(bytes) as size from documents
     where site = ? and id not in (select document from attachments) order by fid`,
    [site],
  ).map(({ media_type, ...row }) => ({ ...row, mediaType: media_type }));
}

/** Whether an import of a zone map can be taken back. */
export function canUndoZoneMap(db: Db, site: Id): boolean {
  return get(db, "select 1 from documents where site = ? and kind = 'zonation-before'", [site]) !== undefined;
}
