/** Records as they are typed, pasted and imported: kinds with their fields, records with their values, what an import would do. */
import { z } from 'zod';
import { localText } from './sites.ts';

export const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export const values = z.record(z.string(), value);

const choice = z.object({ id: z.string(), label: localText });

export const recordField = z.object({
  id: z.string(),
  type: z.enum([
    'text',
    'long-text',
    'integer',
    'number',
    'year',
    'date',
    'period',
    'yes-no',
    'choice',
    'choices',
    'themes',
    'organisation',
    'organisations',
    'zone',
    'currency',
    'link',
  ]),
  required: z.boolean(),
  /** Records that agree in all key fields are the same. */
  key: z.boolean(),
  label: localText,
  help: localText,
  /** What may be chosen; none where anything may be written. */
  choices: z.array(choice).optional(),
});

export const recordKindShown = z.object({
  id: z.string(),
  title: localText,
  about: localText,
  confidential: z.boolean(),
  fields: z.array(recordField),
});

/** A kind in the list of a site. */
export const recordKindCount = z.object({
  id: z.string(),
  title: localText,
  about: localText,
  confidential: z.boolean(),
  records: z.int(),
});

export const record = z.object({
  id: z.string(),
  values,
  /** The same as people read them, in the language of the caller. */
  shown: z.record(z.string(), z.string()),
  /** The file and row that it came from, or who typed it when. */
  from: z.string().nullable(),
  attachments: z.int(),
});

export const recordList = z.object({
  kind: recordKindShown,
  records: z.array(record),
  /** Files that records of this kind came from. */
  datasets: z.array(z.object({ id: z.string(), title: z.string(), rows: z.int() })),
  /** Names of organisations that the dossier knows, to choose from. */
  organisations: z.array(z.string()),
});

export const recordBody = z.object({ values: z.record(z.string().max(60), value.nullable()) });

export const recordReply = z.object({ id: z.string(), values });

/** A file that was sent, or a table that was pasted, and how it is to be read. */
export const importBody = z.object({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  name: z.string().min(1).max(300),
  as: z.string().optional(),
  sheet: z.string().optional(),
  /** Columns and their fields by hand. */
  columns: z.string().max(4000).optional(),
  /** Values for fields that have no column. */
  set: z.record(z.string(), z.string()).default({}),
});

const told = z.object({
  row: z.string(),
  /** Why, in a sentence. */
  text: z.string(),
});

const importedTable = z.object({
  kind: z.string(),
  title: localText,
  columns: z.array(
    z.object({ sheet: z.string(), letter: z.string(), title: z.string(), field: z.string().nullable(), how: z.string() }),
  ),
  /** What was assumed and what stands beside the records, in sentences. */
  notes: z.array(z.string()),
  /** The first records as they would be kept. */
  records: z.array(
    z.object({ row: z.string(), state: z.enum(['new', 'changed', 'same']), shown: z.record(z.string(), z.string()) }),
  ),
  fields: z.array(z.object({ id: z.string(), label: z.string() })),
  refused: z.array(told),
  changes: z.object({ added: z.int(), changed: z.int(), same: z.int(), organisations: z.array(z.string()) }),
});

export const importReply = z.object({
  notes: z.array(z.string()),
  tables: z.array(importedTable),
  /** Set once it is stored: what takes it back. */
  datasets: z.array(z.string()),
});

export const attachment = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  digest: z.string(),
});

export type RecordField = z.infer<typeof recordField>;
export type RecordKindShown = z.infer<typeof recordKindShown>;
export type RecordKindCount = z.infer<typeof recordKindCount>;
export type RecordList = z.infer<typeof recordList>;
export type RecordShown = z.infer<typeof record>;
export type ImportReply = z.infer<typeof importReply>;
export type Attachment = z.infer<typeof attachment>;
export type FieldValue = z.infer<typeof value>;
