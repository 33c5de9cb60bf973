/**
 * Addresses of the reserve and of those who administer its zones: the form keeps them confidential.
 */

import { type Block, plain, type Table } from '../print/blocks.ts';
import type { Entry, Id } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { entriesWhere, entryCell } from './lines.ts';
import { choiceText, fieldLabel, fieldText, leftOut } from './registers.ts';
import { missing, ofSorts, onlyOf, tableId, textOf } from './sentences.ts';

/** Whose addresses each section of chapter 10 asks for. */
const PURPOSES: { [section: Id]: readonly Id[] } = {
  'II.10.1': ['reserve', 'coordinator', 'mab-committee'],
  'II.10.2': ['core'],
  'II.10.3': ['buffer'],
  'II.10.4': ['transition'],
};

const FIELDS = ['name', 'position', 'address', 'phone', 'email', 'website'];

/** Without these nobody can be reached. */
const NEEDED = ['address', 'phone', 'email'];

/** A card for each address of the section. */
export const contacts: Filler = (content) => {
  const purposes = onlyOf(content, PURPOSES[content.section.id] ?? null);
  const { shown, left } = entriesWhere(content, 'contacts', ofSorts('purpose', purposes));
  if (shown.length === 0) return left === 0 ? null : leftOut(content, left);
  return [
    ...shown.map((contact, i) => card(content, contact, i)),
    ...shown.flatMap((contact) => gaps(content, contact)),
    ...leftOut(content, left),
  ];
};

function card(content: Content, contact: Entry, place: number): Table {
  const { lang } = content;
  const purpose = textOf(contact, 'purpose');
  const lines = FIELDS.filter((field) => contact.fields[field] !== undefined);
  return {
    kind: 'table',
    id: tableId(content, `contact-${place + 1}`),
    caption: purpose === null ? '' : choiceText('contacts', purpose, lang),
    head: [],
    rows: [
      [plain(fieldLabel('contacts', 'organisation', lang)), entryCell(content, contact, textOf(contact, 'organisation') ?? '–')],
      ...lines.map((field) => [
        plain(fieldLabel('contacts', field, lang)),
        plain(fieldText('contacts', field, contact.fields[field], lang)),
      ]),
    ],
    align: ['start', 'start'],
  };
}

function gaps(content: Content, contact: Entry): Block[] {
  const { lang } = content;
  const open = NEEDED.filter((field) => contact.fields[field] === undefined).map((field) => fieldLabel('contacts', field, lang));
  const organisation = textOf(contact, 'organisation') ?? contact.id;
  return missing(content, 'review.contacts.incomplete', open.length === 0 ? [] : [`${organisation}: ${open.join(', ')}`]);
}
