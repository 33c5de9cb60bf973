/** Files that belong to the dossier, kept byte for byte. */
import type { Document, Id } from '../types.ts';
import { all, type Db, get } from './db.ts';
import { type Change, put } from './write.ts';

type DocumentRow = Omit<Document, 'mediaType'> & { media_type: string };

const COLUMNS = 'id, site, kind, title, lang, media_type, digest, bytes';

export function putDocument(db: Db, by: string, { mediaType, ...rest }: Document): Change {
  return put(db, 'documents', by, { ...rest, media_type: mediaType });
}

export function getDocument(db: Db, id: Id): Document | null {
  const row = get<DocumentRow>(db, `select ${COLUMNS} from documents where id = ?`, [id]);
  return row === undefined ? null : documentOf(row);
}

/** The files that were handed in as the zone map described by `dataset`. */
export function listMapFiles(db: Db, dataset: Id): Document[] {
  return all<DocumentRow>(db, `select ${COLUMNS} from documents where kind = 'zone-map' and substr(id, 1, ?) = ? order by fid`, [
    dataset.length + 1,
    `${dataset}/`,
  ]).map(documentOf);
}

function documentOf({ media_type, ...row }: DocumentRow): Document {
  return { ...row, mediaType: media_type };
}
