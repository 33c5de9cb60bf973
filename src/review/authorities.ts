/**
 * Who is responsible for each zone, and whether those who came since the last review have endorsed it.
 */
import { number, t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { choiceText, entriesOf, fieldText, leftOut, registerTable } from './registers.ts';
import { countsText, missing, sentence, tableId, textOf } from './sentences.ts';
import { isOlder } from './window.ts';

const ZONES = ['whole', 'core', 'buffer', 'transition'];

const COLUMNS = ['organisation', 'zone', 'role', 'share', 'person', 'position', 'legal_basis'];

/** What 7.6 asks beside the framework that 7.2 asks for. */
const LETTERS = ['changed', 'endorsement', 'endorsement_date', 'letter'];

/** Table T13: authorities by zone with role, share and endorsement. */
export const authorities: Filler = (content) => {
  const { shown, left } = entriesOf(content, 'authorities');
  if (shown.length === 0) return left === 0 ? null : leftOut(content, left);
  const sorted = shown.toSorted((a, b) => rank(a) - rank(b));
  const table = registerTable(content, 'authorities', sorted, asksLetters(content) ? [...COLUMNS, ...LETTERS] : COLUMNS, {
    id: tableId(content, 'authorities'),
    landscape: true,
  });
  return [lead(content, sorted), table, ...gaps(content, sorted), ...leftOut(content, left)];
};

function lead(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  const text = t(lang, 'review.authorities.lead', {
    count: number(lang, new Set(shown.map((one) => textOf(one, 'organisation'))).size),
    roles: countsText(
      shown,
      (one) => textOf(one, 'role'),
      (role) => choiceText('authorities', role, lang),
      lang,
    ),
    changed: shown.filter(({ fields }) => fields.changed === true).length,
    given: shown.filter(({ fields }) => fields.endorsement === 'given').length,
  });
  return sentence(content, text, { from: shown.map(({ from }) => from), see: tableId(content, 'authorities') });
}

/** Zones without an authority, and authorities that changed without a letter of their own. */
function gaps(content: Content, shown: Entry[]): Block[] {
  const { lang } = content;
  const bare = ZONES.filter(
    (zone) => zone !== 'whole' && !shown.some(({ fields }) => fields.zone === zone || fields.zone === 'whole'),
  );
  const unzoned = missing(
    content,
    'review.authorities.no-authority',
    bare.map((zone) => t(lang, `zone.${zone}`)),
  );
  if (!asksLetters(content)) return unzoned;
  const changed = shown.filter(({ fields }) => fields.changed === true);
  const silent = changed.filter(({ fields }) => fields.endorsement !== 'given');
  const stale = changed.filter(({ fields }) => fields.endorsement === 'given' && isOlder(content, fields.endorsement_date));
  const undated = shown.filter(({ fields }) => fields.endorsement === 'given' && fields.endorsement_date === undefined);
  const unsaid = shown.filter(({ fields }) => fields.changed === undefined);
  const name = (one: Entry): string => `${textOf(one, 'organisation') ?? one.id} (${zoneText(one, content)})`;
  return [
    ...unzoned,
    ...missing(
      content,
      'review.authorities.no-letter',
      silent.map((one) =>
        one.fields.endorsement === undefined
          ? name(one)
          : `${name(one)}: ${fieldText('authorities', 'endorsement', one.fields.endorsement, lang)}`,
      ),
    ),
    ...missing(content, 'review.authorities.old-letter', stale.map(name)),
    ...missing(content, 'review.authorities.undated-letter', undated.map(name)),
    ...missing(content, 'review.authorities.change-unknown', unsaid.map(name)),
  ];
}

function asksLetters({ section }: Content): boolean {
  return section.id !== 'II.7.2';
}

function zoneText({ fields }: Entry, { lang }: Content): string {
  return fieldText('authorities', 'zone', fields.zone, lang);
}

function rank(one: Entry): number {
  return ZONES.indexOf(textOf(one, 'zone') ?? '');
}
