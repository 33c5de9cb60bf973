/** A file that comes in: a document with a text, or a list of references, and what became of it in words. */
import type { z } from 'zod';
import type { documentImportQuery, documentImportReply } from '../api/documents.ts';
import { readReferences } from '../formats/reference.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { Db } from '../store/db.ts';
import { type DocumentFacts, keepDocument, keepReference } from '../store/keep-document.ts';
import { getSource, getSourceText } from '../store/source-texts.ts';
import type { Lang } from '../types.ts';
import type { Visitor } from './visitor.ts';

type Asked = z.infer<typeof documentImportQuery>;
type Reply = z.infer<typeof documentImportReply>;

/** @throws Problem those of documents (`document-scanned`, …), `text-name-taken`, `not-allowed` for a change of rights below editor. */
export async function importDocument(
  db: Db,
  visitor: Visitor,
  file: SourceFile,
  { asked, lang }: { asked: Asked; lang: Lang },
): Promise<Reply> {
  const list = isBinary(file) ? null : readReferences(file);
  if (list !== null) {
    const references = list.references.map((item) => {
      const { id, outcome } = keepReference(db, visitor.id, item);
      return { id, outcome, title: getSource(db, id)?.title ?? id };
    });
    return { what: 'references', file: file.name, format: list.format, references, skipped: list.skipped };
  }
  const facts = factsOf(asked);
  refuseRights(db, visitor, facts);
  const { readDocument } = await import('../formats/document.ts');
  const read = await readDocument(file);
  const kept = keepDocument(db, visitor.id, { file, read }, facts);
  return {
    what: 'document',
    file: file.name,
    id: kept.id,
    title: getSource(db, kept.id)?.title ?? kept.id,
    outcome: kept.outcome,
    by: kept.by,
    format: read.format,
    lang: kept.text.lang,
    date: kept.text.date,
    length: Array.from(read.text).length,
    pages: read.pages?.length ?? null,
    notes: read.notes.map(({ code, details }) => t(lang, `evidence.note.${code}`, details)),
    passages: kept.passages.map(({ outcome, passage: { id, quote, page } }) => ({ id, outcome, quote, page })),
  };
}

const isBinary = ({ bytes }: SourceFile): boolean =>
  /^(%PDF|PK|\xD0\xCF)/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 4)));

function factsOf({ id, kind, date, mayQuote, mayStore }: Asked): DocumentFacts {
  return {
    ...(id !== undefined && id !== '' && { id }),
    ...(kind !== undefined && { kind }),
    ...(date !== undefined && { date }),
    ...(mayQuote !== undefined && { mayQuote: mayQuote === 'yes' }),
    ...(mayStore !== undefined && { mayStore: mayStore === 'yes' }),
  };
}

/** What others may read of a document that is there is for an editor to say. */
function refuseRights(db: Db, visitor: Visitor, { id, mayQuote, mayStore }: DocumentFacts): void {
  if (id === undefined || (mayQuote === undefined && mayStore === undefined)) return;
  if (getSourceText(db, id) !== null && !visitor.may('editor', null)) throw new Problem('not-allowed');
}
