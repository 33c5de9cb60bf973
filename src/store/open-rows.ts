/**
 * What may be known below editor, table by table: one condition for tables, copies and excerpts alike.
 *
 *     all(db, `select * from answers where ${openRows('answers') ?? '1 = 1'}`)
 */
import { closedSections } from '../review/closed-sections.ts';
import type { Noun } from './write.ts';

/**
 * A condition on the rows of `noun`; `null` where all are open.
 * @param schema where the tables stand that are asked besides, such as `whole.` of an attached dossier
 */
export function openRows(noun: Noun, schema = ''): string | null {
  const closed = `(${[...closedSections()].map((id) => `'${id}'`).join(', ')})`;
  const aboutOpenText = `coalesce(${noun}.section, '') not in ${closed} and not exists (select 1 from ${schema}answers a
    where a.confidential = 1 and a.site = ${noun}.site and a.form = ${noun}.form and a.section = ${noun}.section)`;
  if (noun === 'entries') return 'confidential = 0';
  if (noun === 'answers') return `confidential = 0 and section not in ${closed}`;
  if (noun === 'comments' || noun === 'claims') return aboutOpenText;
  // a file that was attached to a record may tell what the record does not; so may a letter, or the review of ten years ago
  if (noun === 'attachments') return '1 = 0';
  if (noun === 'documents') return `kind not in ('review', 'other') and id not in (select document from ${schema}attachments)`;
  return null;
}
