/** What `saryarka records import` prints: columns, records, rows that were refused or skipped, totals. */
import { number, pick, t, type Value } from '../i18n/index.ts';
import type { FieldValue, Id, Lang } from '../types.ts';
import type { RecordKind } from './catalogue.ts';
import type { RecordContext } from './context.ts';
import type { ImportedRecord, ImportedRows, RecordChanges } from './import-rows.ts';
import type { RefusedRow, SheetReading, SkippedRow } from './reading.ts';
import { shownValue } from './values.ts';

/** Records that a preview prints, and rows of one sort that are named one by one. */
const SHOWN_RECORDS = 8;
const NAMED_ROWS = 6;

/** Reasons for skipping that are counted only: nothing stands in such a row. */
const COUNTED = new Set<SkippedRow['why']>(['empty', 'blank', 'numbering', 'header']);

/** The columns of one sheet, what was assumed, and what its rows came to. */
export function toldReading(reading: SheetReading, kind: RecordKind, { lang, all }: { lang: Lang; all: boolean }): string[] {
  const label = (field: Id): string => labelOf(kind, field, lang);
  const say = (key: string, values: Record<string, Value> = {}): string => `  ${t(lang, `cli.records.${key}`, values)}`;
  const columns = reading.understood.map(({ letter, title, field, how, fixed, factor, currency }) => {
    const more = [
      ...Object.entries(fixed).map(([id, value]) => `${label(id)} = ${shown(value, id, kind, lang)}`),
      ...(factor === 1 ? [] : [`× ${number(lang, factor)}`]),
      ...(currency === null ? [] : [currency]),
      ...(how === 'same' || how === 'measure' ? [] : [t(lang, `records.how.${how}`)]),
    ];
    return say('column', {
      letter,
      title: title || '–',
      field: label(field) + (more.length === 0 ? '' : ` (${more.join('; ')})`),
    });
  });
  const ignored = reading.ignored.map(({ letter, title, why, fields }) =>
    say(`ignored.${why}`, { letter, title, fields: fields.map(label).join(', ') }),
  );
  const given = reading.given.map(({ field, value, from, rows }) =>
    say(`given.${from}`, { field: label(field), value: shown(value, field, kind, lang), rows }),
  );
  const loosely = reading.loosely.map(({ field, found, value, rows }) =>
    say('loosely', { field: label(field), found, value: shown(value, field, kind, lang), rows }),
  );
  const unit =
    reading.unit === null
      ? []
      : [say('unit', { text: reading.unit.text, factor: reading.unit.factor, currency: reading.unit.currency ?? '–' })];
  const hidden = reading.hidden === 0 ? [] : [say('hidden', { rows: reading.hidden })];
  return [
    ...(all ? [t(lang, 'cli.records.sheet', { sheet: reading.sheet })] : []),
    ...columns,
    ...ignored,
    ...given,
    ...unit,
    ...hidden,
    ...loosely,
    ...toldSkipped(reading.skipped, lang),
    ...reading.totals.map(({ row, title, stated, sum, agrees }) =>
      say(agrees ? 'total-agrees' : 'total-differs', { row, title, stated, sum }),
    ),
  ];
}

function toldSkipped(skipped: readonly SkippedRow[], lang: Lang): string[] {
  return [...Map.groupBy(skipped, ({ why }) => why)].flatMap(([why, rows]) => {
    const named = COUNTED.has(why) ? [] : rows.slice(0, NAMED_ROWS);
    const list = named.map(({ row, text }) => (text === '' ? row : `${row} «${text.slice(0, 60)}»`)).join(', ');
    const more = named.length > 0 && rows.length > named.length ? ', …' : '';
    return [`  ${t(lang, `records.skipped.${why}`, { count: rows.length })}${list === '' ? '' : `: ${list}${more}`}`];
  });
}

/** The first records as they will be kept. */
export function toldRecords(
  records: readonly ImportedRecord[],
  kind: RecordKind,
  { lang, context }: { lang: Lang; context: RecordContext },
): string[] {
  const lines = records.slice(0, SHOWN_RECORDS).map(({ row, values, before }) => {
    const fields = kind.fields.flatMap(({ id }) =>
      values[id] === undefined
        ? []
        : [`${labelOf(kind, id, lang)}: ${shown(named(values[id], id, kind, { lang, context }), id, kind, lang)}`],
    );
    return `  ${row}${before === null ? ' +' : ''}  ${fields.join(' · ')}`;
  });
  const more = records.length > SHOWN_RECORDS ? [`  … ${number(lang, records.length - SHOWN_RECORDS)}`] : [];
  return [t(lang, 'cli.records.preview'), ...lines, ...more];
}

/** Organisations by name: a record that was kept before names them by id. */
function named(
  value: FieldValue,
  field: Id,
  kind: RecordKind,
  { lang, context }: { lang: Lang; context: RecordContext },
): FieldValue {
  if (!['organisation', 'organisations'].includes(kind.fields.find(({ id }) => id === field)?.type ?? '')) return value;
  const nameOf = (text: string): string => {
    const organisation = context.organisations.get(text);
    return organisation === undefined ? text : pick(organisation.name, lang);
  };
  return Array.isArray(value) ? value.map(nameOf) : nameOf(String(value));
}

/** Refused rows one by one, and what the import did or would do. */
export function toldChanges(
  changes: RecordChanges | null,
  {
    file,
    kind,
    rows,
    readings,
    dataset,
    lang,
    preview,
  }: { file: string; kind: RecordKind; rows: ImportedRows; readings: SheetReading[]; dataset: Id; lang: Lang; preview: boolean },
): string[] {
  const refused = [...readings.flatMap((reading) => reading.refused), ...rows.refused];
  const usual = rows.given.map(
    ({ field, value, rows: count }) =>
      `  ${t(lang, 'cli.records.given.usual', { field: labelOf(kind, field, lang), value: shown(value, field, kind, lang), rows: count })}`,
  );
  const faults = [...new Set(refused.map((fault) => `  ${toldRefused(fault, kind, lang)}`))];
  const heading =
    refused.length === 0 ? [] : [t(lang, 'cli.records.refused', { rows: new Set(refused.map(({ row }) => row)).size })];
  const organisations =
    changes === null || changes.organisations.length === 0
      ? []
      : [
          `  ${t(lang, 'cli.records.organisations', { count: changes.organisations.length, names: changes.organisations.join(', ') })}`,
        ];
  const end =
    changes === null
      ? []
      : [
          t(lang, preview ? 'cli.records.would' : 'cli.records.imported', {
            file,
            kind: kind.title,
            added: changes.added,
            changed: changes.changed,
            same: changes.same,
          }),
          ...(preview || changes.added + changes.changed === 0 ? [] : [`  ${t(lang, 'cli.records.undo', { dataset })}`]),
        ];
  return [...usual, ...toldSkipped(rows.skipped, lang), ...organisations, ...heading, ...faults, ...end];
}

/** `Лист1!9, Категория: found "Хор"; …` */
export function toldRefused({ row, field, reason, found, details }: RefusedRow, kind: RecordKind, lang: Lang): string {
  return `${row}, ${labelOf(kind, field, lang)}: ${t(lang, `records.refused.${reason}`, { found, field, ...details })}`;
}

function labelOf(kind: RecordKind, field: Id, lang: Lang): string {
  const found = kind.fields.find(({ id }) => id === field);
  return found === undefined ? field : pick(found.label, lang);
}

function shown(value: FieldValue, field: Id, kind: RecordKind, lang: Lang): string {
  const found = kind.fields.find(({ id }) => id === field);
  const text = found === undefined ? String(value) : shownValue(value, found);
  if (typeof text === 'number') return found?.type === 'year' ? String(text) : number(lang, text);
  const whole = typeof text === 'string' ? text : pick(text, lang);
  return whole.length > 80 ? `${whole.slice(0, 79)}…` : whole;
}
