/** Records as people see and change them one at a time. */

import type { z } from 'zod';
import type { recordKindCount, recordKindShown, recordList } from '../api/records.ts';
import { number, pick } from '../i18n/index.ts';
import { Problem, Problems } from '../problems.ts';
import { type RecordField, type RecordKind, recordKind, recordKinds } from '../records/catalogue.ts';
import { choicesOf } from '../records/choices.ts';
import type { RecordContext } from '../records/context.ts';
import { recordsOf } from '../records/import-rows.ts';
import type { KeptRecord } from '../records/nouns.ts';
import type { RefusedRow, Values } from '../records/reading.ts';
import { toldRefused } from '../records/told.ts';
import { readingOf, typedValues } from '../records/typed.ts';
import { shownValue } from '../records/values.ts';
import { openFields } from '../review/species.ts';
import { countAttachments } from '../store/attachments.ts';
import { listOrganisations } from '../store/cooperation.ts';
import { type Db, get, transaction } from '../store/db.ts';
import { countRecords, importRecords, listRecordDatasets, loadRecordContext, removeRecord } from '../store/import-records.ts';
import type { Noun } from '../store/write.ts';
import type { Dataset, FieldValue, Id, Lang, Origin } from '../types.ts';
import { siteState } from './changes.ts';
import type { Visitor } from './visitor.ts';

/** Prose has a screen of its own: the review. */
const ELSEWHERE: readonly Id[] = ['answers'];

/** The kinds that `visitor` may see at `site`. */
function kindsFor(visitor: Visitor, site: Id): RecordKind[] {
  return recordKinds().filter(
    ({ id, confidential }) => !ELSEWHERE.includes(id) && (!confidential || visitor.may('editor', site)),
  );
}

/** @throws Problem `not-found` for a kind that there is not, or that the caller may not see. */
export function kindFor(visitor: Visitor, site: Id, id: Id): RecordKind {
  const kind = recordKind(id);
  if (kind === null || !kindsFor(visitor, site).includes(kind)) throw new Problem('not-found');
  return kind;
}

export function countKinds(db: Db, visitor: Visitor, site: Id): z.infer<typeof recordKindCount>[] {
  const kinds = kindsFor(visitor, site);
  const counts = countRecords(db, site, kinds);
  return kinds.map((kind, i) => ({
    id: kind.id,
    title: kind.title,
    about: kind.about,
    confidential: kind.confidential,
    records: counts[i] ?? 0,
  }));
}

/** Tables that a list of records is made of besides those of its kind. */
const BESIDES: readonly Noun[] = ['sites', 'zones', 'attachments', 'documents', 'datasets', 'organisations'];

/** The same as long as the list of records of a kind is. */
export function recordState(db: Db, site: Id, { keeps }: RecordKind): string {
  const own: readonly Noun[] =
    keeps === 'activities' ? ['activities', 'participations', 'headcounts', 'money', 'entries'] : [keeps];
  const known = get<{ last: number | null }>(db, 'select max(fid) as last from organisations')?.last ?? 0; // each may be chosen
  return `${siteState(db, site, [...own, ...BESIDES])} ${known}`;
}

/** @param secrets whether the caller may know where sensitive species were seen */
export function listRecords(
  db: Db,
  site: Id,
  kind: RecordKind,
  { lang, secrets }: { lang: Lang; secrets: boolean },
): z.infer<typeof recordList> {
  const { context, kept: all } = loadRecordContext(db, site, kind, '');
  const kept = shownTo(all, secrets).map((one) => ({ ...one, values: openValues(kind, one.values, secrets) }));
  const attached = countAttachments(db, site, kind.id);
  return {
    kind: shownKind(kind, context),
    records: kept.map((one) => ({
      id: one.id,
      values: namedValues(one.values, kind, context, lang),
      shown: shownValues(one.values, kind, context, lang),
      from: originText(one),
      attachments: attached.get(one.id) ?? 0,
    })),
    datasets: listRecordDatasets(db, site, kind.id).map(({ id, nouns }) => ({
      id,
      title: id.split('/').at(-1) ?? id,
      rows: nouns,
    })),
    organisations: listOrganisations(db).map(({ name }) => pick(name, lang)),
  };
}

/** One record as it goes to and fro, or `null`; its version is that of this. */
export function recordFor(
  db: Db,
  site: Id,
  kind: RecordKind,
  { id, lang, secrets }: { id: Id; lang: Lang; secrets: boolean },
): { id: Id; values: Values } | null {
  const { context, kept } = loadRecordContext(db, site, kind, '');
  const found = shownTo(kept, secrets).find((one) => one.id === id);
  return found === undefined ? null : { id, values: namedValues(openValues(kind, found.values, secrets), kind, context, lang) };
}

/** Without the confidential lines of a register that is open as a whole. */
export function shownTo(kept: readonly KeptRecord[], secrets: boolean): KeptRecord[] {
  return kept.filter(({ nouns }) => secrets || nouns.entries.every(({ confidential }) => !confidential));
}

/** Of a sensitive species, what everybody may know; what a caller does not see, their change leaves as it is. */
function openValues(kind: RecordKind, values: Values, secrets: boolean): Values {
  return secrets ? values : openFields({ register: kind.id, fields: values });
}

/**
 * Keeps what was typed: a new record, or another version of the record `before`.
 * @throws Problems `record-refused`, one for each field that cannot be kept.
 */
export function keepRecord(
  db: Db,
  by: { id: Id; name: string; day: string },
  typed: Readonly<Record<Id, FieldValue | null>>,
  { site, kind, before, lang, secrets }: { site: Id; kind: RecordKind; before: Id | null; lang: Lang; secrets: boolean },
): Id {
  return transaction(db, () => {
    const { context, kept } = loadRecordContext(db, site, kind, by.day);
    const old = kept.find(({ id }) => id === before);
    const { values: seen, refused } = typedValues(typed, kind, context);
    const hidden = Object.entries(old?.values ?? {}).filter(
      ([field]) => !(field in openValues(kind, old?.values ?? {}, secrets)),
    );
    // who may not see all of a sensitive species may not say that it is not sensitive
    const marked: Values = hidden.length > 0 && old?.values.sensitive === true ? { sensitive: true } : {};
    const values = { ...Object.fromEntries(hidden), ...seen, ...marked };
    const dataset = typedDataset(site, kind.id);
    const row = `${by.name || by.id}, ${by.day}`;
    const rows = recordsOf([readingOf(values, kind, row)], kind, { context, kept, dataset: dataset.id });
    const faults = refused.length > 0 ? refused : rows.refused;
    const [made] = rows.records;
    if (faults.length > 0 || made === undefined) throw refusal(faults, kind, lang);
    if (made.id !== before && made.before !== null) throw new Problem('record-there');
    if (old !== undefined && made.id !== before) removeRecord(db, by.id, old);
    importRecords(db, by.id, rows.records, { dataset });
    return made.id;
  });
}

/** @returns whether there was one */
export function dropRecord(db: Db, by: Id, { site, kind, id }: { site: Id; kind: RecordKind; id: Id }): boolean {
  const found = loadRecordContext(db, site, kind, '').kept.find((one) => one.id === id);
  if (found === undefined) return false;
  removeRecord(db, by, found);
  return true;
}

function refusal(refused: readonly RefusedRow[], kind: RecordKind, lang: Lang): Problems {
  return new Problems(
    refused.map(
      (fault) => new Problem('record-refused', { field: fault.field, why: toldRefused(fault, kind, lang).replace(/^, /, '') }),
    ),
  );
}

/** What is typed here comes from here. */
function typedDataset(site: Id, kind: Id): Dataset {
  return {
    id: `records/${site}/${kind}/typed`,
    title: { en: 'typed' },
    kind: 'table',
    href: 'typed',
    mediaType: 'text/csv',
    digest: null,
    crs: null,
    period: null,
    licence: 'not stated',
    attribution: 'not stated',
  };
}

function shownKind(
  { id, title, about, confidential, fields }: RecordKind,
  context: RecordContext,
): z.infer<typeof recordKindShown> {
  return {
    id,
    title,
    about,
    confidential,
    fields: fields.map((field) => {
      const choices = field.type === 'themes' ? context.themes : choicesOf(field);
      const { words: _, choices: __, ...plain } = field;
      return choices.length === 0 ? plain : { ...plain, choices: choices.map((one) => ({ id: one.id, label: one.label })) };
    }),
  };
}

/** Organisations by name, as people type them. */
function namedValues(values: Values, kind: RecordKind, context: RecordContext, lang: Lang): Values {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      named(
        value,
        kind.fields.find((field) => field.id === id),
        context,
        lang,
      ),
    ]),
  );
}

function named(value: FieldValue, field: RecordField | undefined, context: RecordContext, lang: Lang): FieldValue {
  if (field?.type !== 'organisation' && field?.type !== 'organisations') return value;
  const nameOf = (text: string): string => {
    const known = context.organisations.get(text);
    return known === undefined ? text : pick(known.name, lang);
  };
  return Array.isArray(value) ? value.map(nameOf) : nameOf(String(value));
}

/** Values as people read them. */
export function shownValues(values: Values, kind: RecordKind, context: RecordContext, lang: Lang): Record<string, string> {
  return Object.fromEntries(
    kind.fields.flatMap((field): [string, string][] => {
      const value = values[field.id];
      if (value === undefined) return [];
      const text = shownValue(named(value, field, context, lang), field, context.themes);
      if (typeof text === 'number') return [[field.id, field.type === 'year' ? String(text) : number(lang, text)]];
      return [[field.id, typeof text === 'string' ? text : pick(text, lang)]];
    }),
  );
}

/** `staff.xlsx, Лист1!7` */
function originText({ nouns }: KeptRecord): string | null {
  const [first] = [...nouns.entries, ...nouns.activities, ...nouns.headcounts, ...nouns.money, ...nouns.observations];
  const from: Origin | undefined = first?.from;
  if (from === undefined || !('dataset' in from)) return null;
  const name =
    from.dataset
      .split('/')
      .at(-1)
      ?.replace(/@[0-9a-f]{8}$/, '') ?? '';
  return name === 'typed' ? from.row : `${name}, ${from.row}`;
}
