/**
 * What is sent with the report: documents, and photographs, film and texts for promotion with the agreements on their use.
 */
import { t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry, Id } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { entriesWhere } from './lines.ts';
import { choiceText, leftOut, registerTable } from './registers.ts';
import { countsText, missing, namesIn, numberOf, ofSorts, onlyOf, sentence, tableId, textOf } from './sentences.ts';
import { olderLeftOut, onlyLeftOut, sinceLast } from './window.ts';

/** What Annex II asks of photographs. */
const DPI_ASKED = 300;

/** The materials that others may only use with the consent of their authors. */
const WORKS = ['photo', 'video', 'text-material'];

const DOCUMENTS_ASKED: { [section: Id]: readonly Id[] } = { 'II.7.3': ['social-impact', 'consent', 'benefit-sharing'] };

const MATERIALS_ASKED: { [section: Id]: readonly Id[] } = {
  'III.annex-2.photographs': ['photo'],
  'III.annex-2.video': ['video', 'text-material'],
  'III.annex-2.rights': ['rights-agreement'],
};

/** Documents by type, and types that the section asks for and of which there is none. */
export const documents: Filler = (content) => {
  const types = onlyOf(content, DOCUMENTS_ASKED[content.section.id] ?? null);
  const all = entriesWhere(content, 'documents', ofSorts('type', types));
  const { shown, older } = sinceLast(content, all.shown, ({ fields }) => fields.date);
  if (shown.length === 0) return onlyLeftOut(content, older, all.left);
  const absent = (types ?? []).filter((type) => !shown.some(({ fields }) => fields.type === type));
  return [
    lead(content, 'documents', shown, 'review.attachments.documents'),
    registerTable(content, 'documents', shown, ['title', 'type', 'date', 'number', 'section', 'link'], {
      id: tableId(content, 'documents'),
    }),
    ...missing(
      content,
      'review.attachments.no-document',
      absent.map((type) => choiceText('documents', type, content.lang)),
    ),
    ...olderLeftOut(content, older),
    ...leftOut(content, all.left),
  ];
};

/** Promotion materials, and what each still needs before it can be sent. */
export const materials: Filler = (content) => {
  const types = onlyOf(content, MATERIALS_ASKED[content.section.id] ?? null);
  const all = entriesWhere(content, 'materials', ofSorts('type', types));
  const { shown, older } = sinceLast(content, all.shown, ({ fields }) => fields.date);
  if (shown.length === 0) return onlyLeftOut(content, older, all.left);
  return [
    lead(content, 'materials', shown, 'review.attachments.materials'),
    registerTable(content, 'materials', shown, ['title', 'type', 'file', 'author', 'date', 'dpi', 'caption', 'agreement'], {
      id: tableId(content, 'materials'),
      landscape: true,
    }),
    ...unready(content, shown),
    ...olderLeftOut(content, older),
    ...leftOut(content, all.left),
  ];
};

function lead(content: Content, register: Id, shown: Entry[], key: string): Block {
  const { lang } = content;
  const types = countsText(
    shown,
    (one) => textOf(one, 'type'),
    (type) => choiceText(register, type, lang),
    lang,
  );
  const text = t(lang, key, { count: shown.length, types });
  return sentence(content, text, { from: shown.map(({ from }) => from), see: tableId(content, register) });
}

/** Photographs that are too coarse, and works without agreement, author or caption. */
function unready(content: Content, shown: Entry[]): Block[] {
  const photos = shown.filter(({ fields }) => fields.type === 'photo');
  const works = shown.filter((one) => WORKS.includes(textOf(one, 'type') ?? ''));
  const named = (of: Entry[], lacks: (one: Entry) => boolean): string[] => namesIn(of.filter(lacks), 'title');
  const dpi = (one: Entry): number | null => numberOf(one, 'dpi');
  return [
    ...missing(
      content,
      'review.attachments.coarse',
      photos
        .filter((one) => (dpi(one) ?? DPI_ASKED) < DPI_ASKED)
        .map((one) => `${textOf(one, 'title') ?? one.id}: ${dpi(one)} dpi`),
    ),
    ...missing(
      content,
      'review.attachments.no-dpi',
      named(photos, (one) => dpi(one) === null),
    ),
    ...missing(
      content,
      'review.attachments.no-agreement',
      named(works, ({ fields }) => fields.agreement !== true),
    ),
    ...missing(
      content,
      'review.attachments.no-author',
      named(works, ({ fields }) => fields.author === undefined),
    ),
    ...missing(
      content,
      'review.attachments.no-caption',
      named(photos, ({ fields }) => fields.caption === undefined),
    ),
  ];
}
