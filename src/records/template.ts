/**
 * Tables to be filled in: a column for each field in the reader's language, a sheet that explains them, the records already
 * kept. What is written here is read again as it stands.
 */
import type { WrittenColumn, WrittenSheet } from '../formats/spreadsheet-writer.ts';
import { languages, pick, t } from '../i18n/index.ts';
import type { FieldValue, Lang } from '../types.ts';
import type { RecordField, RecordKind } from './catalogue.ts';
import { choicesOf } from './choices.ts';
import type { RecordContext } from './context.ts';
import type { KeptRecord } from './nouns.ts';
import { shownValue } from './values.ts';
import { plain } from './words.ts';

/** Currencies offered for choice; others may be typed. */
const CURRENCIES = ['KZT', 'USD', 'EUR'];

/** Widths of columns [characters]. */
const WIDTHS: { [type in RecordField['type']]?: number } = {
  'long-text': 50,
  text: 28,
  organisation: 30,
  organisations: 34,
  link: 30,
  choice: 26,
  choices: 30,
  themes: 34,
  period: 24,
  integer: 12,
  number: 16,
  year: 9,
  date: 14,
  currency: 10,
};

type Table = Pick<WrittenSheet, 'columns' | 'rows'>;

export interface TemplateOptions {
  lang: Lang;
  /** The records to correct, and what they are shown with. */
  kept?: readonly KeptRecord[];
  context: RecordContext;
}

/** The sheets of a template: records first, then what the columns mean. */
export function templateSheets(kind: RecordKind, options: TemplateOptions): WrittenSheet[] {
  const { lang } = options;
  const { columns, rows } = recordsTable(kind, options);
  return [
    { name: sheetName(pick(kind.title, lang)), columns, rows },
    { name: t(lang, 'records.template.explained'), ...explained(kind, options) },
  ];
}

/** The name of the sheet on which the choices of drop-down lists stand. */
export function listsName(lang: Lang): string {
  return t(lang, 'records.template.lists');
}

/** Whether a sheet of a workbook is one of ours that holds no records. */
export function isExplanation(name: string): boolean {
  return languages.some((lang) => [t(lang, 'records.template.explained'), listsName(lang)].includes(name));
}

/** Headers of columns that templates carry for the reader and that are not read, in plain words. */
export function templateExtras(kind: RecordKind): ReadonlySet<string> {
  if (kind.keeps !== 'answers') return new Set();
  return new Set(languages.flatMap((lang) => ['number', 'title'].map((name) => plain(t(lang, `records.template.${name}`)))));
}

/** A column for each field and a row for each record that is kept. */
function recordsTable(kind: RecordKind, options: TemplateOptions): Table {
  const columns = kind.fields.map((field) => columnOf(field, options.lang));
  const rows = (options.kept ?? []).map(({ values }) => kind.fields.map((field) => cellOf(values[field.id], field, options)));
  return kind.keeps === 'answers' ? sectionsTable(kind, { columns, rows }, options) : { columns, rows };
}

/** Answers section by section, with number and title beside them, and a blank row for each that has none in the language. */
function sectionsTable(kind: RecordKind, { columns, rows }: Table, options: TemplateOptions): Table {
  const { lang, context, kept = [] } = options;
  const at = kind.fields.findIndex(({ id }) => id === 'section') + 1;
  const extras = (['number', 'title'] as const).map(
    (name): WrittenColumn => ({
      title: t(lang, `records.template.${name}`),
      width: name === 'title' ? 40 : 10,
      tone: 'extra',
      wrap: true,
    }),
  );
  const language = kind.fields.find(({ id }) => id === 'language');
  const all = context.sections.flatMap((section) => {
    const own = kept.flatMap(({ values }, i) =>
      values.section === section.id ? [{ row: rows[i] ?? [], language: values.language }] : [],
    );
    const blank = kind.fields.map(({ id }) =>
      id === 'section' ? section.id : id === 'language' && language !== undefined ? cellOf(lang, language, options) : null,
    );
    const open = section.written && !own.some((answer) => answer.language === lang);
    const beside = [section.number, pick(section.title, lang)];
    return [...own.map(({ row }) => row), ...(open ? [blank] : [])].map((row) => [
      ...row.slice(0, at),
      ...beside,
      ...row.slice(at),
    ]);
  });
  return { columns: [...columns.slice(0, at), ...extras, ...columns.slice(at)], rows: all };
}

function columnOf(field: RecordField, lang: Lang): WrittenColumn {
  const choices =
    field.type === 'currency'
      ? CURRENCIES
      : ['choice', 'zone', 'yes-no'].includes(field.type)
        ? choicesOf(field).map(({ label }) => pick(label, lang))
        : null;
  const title = pick(field.label, lang);
  return {
    title,
    width: Math.max(WIDTHS[field.type] ?? 16, Math.min(24, title.length + 2)),
    tone: field.required ? 'required' : 'optional',
    wrap: true,
    ...(choices === null ? {} : { choices }),
  };
}

/** A value as a person would type it in `lang`; numbers stay numbers. */
function cellOf(value: FieldValue | undefined, field: RecordField, { lang, context }: TemplateOptions): string | number | null {
  if (value === undefined) return null;
  if (field.type === 'organisation' || field.type === 'organisations') {
    const names = [value].flat().map((id) => {
      const known = context.organisations.get(String(id));
      return known === undefined ? String(id) : pick(known.name, lang);
    });
    // a comma in a single name is no separator
    return names.length === 1 && names[0]?.includes(',') ? `${names[0]};` : names.join('; ');
  }
  const shown = shownValue(value, field, context.themes);
  return typeof shown === 'object' ? pick(shown, lang) : shown;
}

function explained(kind: RecordKind, { lang }: TemplateOptions): Table {
  const heads = ['column', 'meaning', 'type', 'needed', 'choices', 'example'] as const;
  const widths = { column: 28, meaning: 60, type: 26, needed: 12, choices: 60, example: 36 };
  const examples = kind.examples.find((example) => example.lang === lang) ?? kind.examples[0];
  const rows = kind.fields.map((field) => [
    pick(field.label, lang),
    pick(field.help, lang),
    t(lang, `records.type.${field.type}`),
    t(lang, field.required ? 'records.template.yes' : 'records.template.no'),
    choicesOf(field)
      .map(({ label }) => pick(label, lang))
      .join('; '),
    examples?.rows.map((row) => row[field.id]).find((text) => text !== undefined && text !== '') ?? '',
  ]);
  return {
    columns: heads.map((head) => ({ title: t(lang, `records.template.${head}`), width: widths[head], wrap: true })),
    rows: [[pick(kind.title, lang), pick(kind.about, lang), '', '', '', ''], ...rows],
  };
}

/** A name that a sheet may have: 31 characters, none of `[]:*?/\`. ECMA-376 part 1, 18.2.19. */
export function sheetName(title: string): string {
  return title
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 31)
    .trim();
}
