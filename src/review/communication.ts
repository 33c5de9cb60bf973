/**
 * How a reserve speaks to the public (6.6): its channels, since when, in which languages, to how many.
 *
 * The audiences of several channels are never added: one person reads many of them.
 */
import { t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { entriesWhere, told } from './lines.ts';
import { choiceText, leftOut, registerTable } from './registers.ts';
import { countsText, missing, numberOf, onlyOf, tableId, textOf } from './sentences.ts';
import { onlyLeftOut } from './window.ts';

const SOCIAL = ['facebook', 'instagram', 'telegram', 'youtube', 'vk', 'x', 'tiktok'];

/** What the form asks for one by one, and the channels that answer it. */
const ASKED: readonly [name: string, channels: readonly string[]][] = [
  ['website', ['website']],
  ['newsletter', ['newsletter']],
  ['social', SOCIAL],
];

const FIELDS = ['channel', 'title', 'link', 'since', 'languages', 'frequency', 'audience'];

/** Channels of communication with languages and audience; what the form asks for and is not recorded is named. */
export const communication: Filler = (content) => {
  const { lang } = content;
  const only = onlyOf(content);
  const { shown, left } = entriesWhere(
    content,
    'communication',
    (entry) => only === null || only.includes(textOf(entry, 'channel') ?? ''),
  );
  if (shown.length === 0) return onlyLeftOut(content, 0, left);
  const see = tableId(content, 'channels');
  return [
    lead(content, shown, see),
    registerTable(content, 'communication', shown, FIELDS, { id: see, caption: t(lang, 'review.communication.table') }),
    ...(shown.filter((entry) => numberOf(entry, 'audience') !== null).length > 1
      ? [{ kind: 'hint' as const, text: t(lang, 'review.communication.not-added') }]
      : []),
    ...gaps(content, shown, only === null),
    ...leftOut(content, left),
  ];
};

function lead(content: Content, shown: Entry[], see: string): Block {
  const { lang } = content;
  const channels = countsText(
    shown,
    (entry) => textOf(entry, 'channel'),
    (channel) => choiceText('communication', channel, lang),
    lang,
  );
  const largest = shown
    .filter((entry) => numberOf(entry, 'audience') !== null)
    .toSorted((a, b) => (numberOf(b, 'audience') ?? 0) - (numberOf(a, 'audience') ?? 0))[0];
  const text = t(lang, 'review.communication.lead', { count: shown.length, channels });
  const reach =
    largest === undefined
      ? ''
      : t(lang, 'review.communication.largest', { name: nameOf(content, largest), audience: numberOf(largest, 'audience') });
  return told(content, reach === '' ? text : `${text} ${reach}`, shown, see);
}

function gaps(content: Content, shown: Entry[], whole: boolean): Block[] {
  const { lang } = content;
  const kept = new Set(shown.map((entry) => textOf(entry, 'channel') ?? ''));
  const absent = whole ? ASKED.filter(([, channels]) => !channels.some((channel) => kept.has(channel))) : [];
  const names = (field: string): string[] =>
    shown.filter((entry) => entry.fields[field] === undefined).map((entry) => nameOf(content, entry));
  return [
    ...missing(
      content,
      'review.communication.absent',
      absent.map(([name]) => t(lang, `review.communication.${name}`)),
    ),
    ...missing(content, 'review.communication.no-languages', names('languages')),
    ...missing(content, 'review.communication.no-audience', names('audience')),
  ];
}

function nameOf({ lang }: Content, entry: Entry): string {
  const channel = textOf(entry, 'channel');
  const title = textOf(entry, 'title');
  const kind = channel === null ? null : choiceText('communication', channel, lang);
  if (kind === null || title?.toLocaleLowerCase(lang).startsWith(kind.toLocaleLowerCase(lang)) === true) return title ?? '–';
  return title === null ? kind : `${kind}: ${title}`;
}
