/** Texts of sources: read, kept as far as their rights go, and told apart by their words. */
import type { SourceText } from '../evidence/coding-nouns.ts';
import type { Id, Source } from '../types.ts';
import { all, type Db, get, type Param } from './db.ts';
import { type Change, put } from './write.ts';

interface Row {
  id: Id;
  lang: string | null;
  date: string | null;
  may_quote: number;
  may_store: number;
  csl: string | null;
  file: string | null;
  format: SourceText['format'];
  digest: string | null;
  text_digest: string | null;
  text: Uint8Array | null;
  media_type: string | null;
  has_bytes: number;
  length: number | null;
  pages: string | null;
  headings: string;
  exchange: string | null;
}

const COLUMNS =
  'id, lang, date, may_quote, may_store, csl, file, format, digest, text_digest, text, media_type, bytes is not null as has_bytes, length, pages, headings, exchange';

/**
 * Adds or changes what is known of a source; of one that may not be stored, neither text nor file is.
 * @param bytes the file; left out, the one that is kept stays
 */
export function putSourceText(db: Db, by: string, one: SourceText, bytes?: Uint8Array): Change {
  const { mayQuote, mayStore, csl, textDigest, mediaType, hasBytes: _, text, pages, headings, exchange, ...rest } = one;
  const kept: Record<string, Param> = mayStore ? (bytes === undefined ? {} : { bytes }) : { bytes: null };
  return put(db, 'source_texts', by, {
    ...rest,
    may_quote: mayQuote ? 1 : 0,
    may_store: mayStore ? 1 : 0,
    csl: json(csl),
    text_digest: textDigest,
    media_type: mediaType,
    text: mayStore && text !== null ? new TextEncoder().encode(text) : null,
    ...kept,
    pages: json(pages),
    headings: JSON.stringify(headings),
    exchange: json(exchange),
  });
}

export function getSourceText(db: Db, id: Id): SourceText | null {
  const row = get<Row>(db, `select ${COLUMNS} from source_texts where id = ?`, [id]);
  return row === undefined ? null : textOf(row);
}

/** Every one in the order they were added. */
export function listSourceTexts(db: Db): SourceText[] {
  return all<Row>(db, `select ${COLUMNS} from source_texts order by fid`).map(textOf);
}

/** A source as a list of documents shows it. */
export interface DocumentLine extends Omit<SourceText, 'text' | 'headings' | 'csl' | 'exchange' | 'textDigest' | 'pages'> {
  title: string;
  kind: Source['kind'];
  licence: string | null;
  href: string | null;
  hasText: boolean;
  pageCount: number | null;
  passages: number;
  lost: number;
  codings: number;
}

/** Every document with how much of it is coded; texts stay where they are. */
export function listDocumentLines(db: Db): DocumentLine[] {
  const rows = all<
    Omit<Row, 'text' | 'headings' | 'csl' | 'exchange' | 'text_digest'> &
      Pick<DocumentLine, 'title' | 'kind' | 'licence' | 'href' | 'passages' | 'lost' | 'codings'> & {
        has_text: number;
      }
  >(
    db,
    `select t.id, t.lang, t.date, t.may_quote, t.may_store, t.file, t.format, t.digest, t.length, t.media_type, t.bytes is not null as has_bytes,
       t.pages,
       t.text is not null as has_text, s.title, s.kind, s.licence, s.href,
       (select count(*) from passages p where p.source = t.id) as passages,
       (select count(*) from passages p where p.source = t.id and p.anchored = 'lost') as lost,
       (select count(*) from codings c where c.source = t.id and c.status <> 'dropped') as codings
     from source_texts t join sources s on s.id = t.id order by t.fid`,
  );
  return rows.map(({ may_quote, may_store, has_text, has_bytes, media_type, pages, ...row }) => {
    return {
      ...row,
      mayQuote: may_quote === 1,
      mayStore: may_store === 1,
      hasText: has_text === 1,
      hasBytes: has_bytes === 1,
      mediaType: media_type,
      pageCount: pages === null ? null : (JSON.parse(pages) as number[]).length,
    };
  });
}

/** The document with these bytes or these words, or `null`. */
export function sameText(
  db: Db,
  { digest, textDigest }: { digest: string; textDigest: string },
): { id: Id; by: 'digest' | 'text' } | null {
  const bytes = get<{ id: Id }>(db, 'select id from source_texts where digest = ? order by fid', [digest]);
  if (bytes !== undefined) return { id: bytes.id, by: 'digest' };
  const words = get<{ id: Id }>(db, 'select id from source_texts where text_digest = ? order by fid', [textDigest]);
  return words === undefined ? null : { id: words.id, by: 'text' };
}

/** The file of a source, or `null` where it is not kept. */
export function sourceFile(db: Db, id: Id): Uint8Array | null {
  return get<{ bytes: Uint8Array | null }>(db, 'select bytes from source_texts where id = ?', [id])?.bytes ?? null;
}

/** A source by its id, or `null`. */
export function getSource(db: Db, id: Id): Source | null {
  return get<Source>(db, 'select id, title, href, lang, kind, licence, note from sources where id = ?', [id]) ?? null;
}

/** The source with this address, where it is not the address of nothing. */
export function sourceByHref(db: Db, href: string | null): Id | null {
  if (href === null) return null;
  return get<{ id: Id }>(db, 'select id from sources where href = ? order by fid', [href])?.id ?? null;
}

function textOf({
  may_quote,
  may_store,
  text_digest,
  media_type,
  has_bytes,
  text,
  csl,
  pages,
  headings,
  exchange,
  ...row
}: Row): SourceText {
  return {
    ...row,
    mayQuote: may_quote === 1,
    mayStore: may_store === 1,
    textDigest: text_digest,
    mediaType: media_type,
    hasBytes: has_bytes === 1,
    text: text === null ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(text),
    csl: csl === null ? null : JSON.parse(csl),
    pages: pages === null ? null : JSON.parse(pages),
    headings: JSON.parse(headings),
    exchange: exchange === null ? null : JSON.parse(exchange),
  };
}

/** JSON, or `null` as it is. */
export function json(value: unknown): Param {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
