/**
 * Legal acts on the zones of a reserve: what protects each zone and each part of the core, and what changed in the ten years.
 *
 * An act stands until it is repealed, so that its age does not matter; only what was repealed before the report before is left out.
 */
import { pick, t } from '../i18n/index.ts';
import type { Block, Cited } from '../print/blocks.ts';
import type { Entry, Zone } from '../types.ts';
import { currentZones } from '../zonation/site-facts.ts';
import type { Content, Filler } from './content.ts';
import { choiceText, citeOrigin, entriesOf, fieldText, leftOut, registerTable } from './registers.ts';
import { countsText, isAnnex, missing, namesIn, sentence, tableId, textOf } from './sentences.ts';
import { isOlder, olderLeftOut, onlyLeftOut, sinceLast } from './window.ts';

const ZONES = ['whole', 'core', 'buffer', 'transition'];

const COLUMNS = ['title', 'zone', 'part', 'number', 'date', 'authority', 'effect'];

/** Table T11: acts by zone and part of the core with their effect; before it the changes of the ten years. */
export const legalActs: Filler = (content) => {
  const all = entriesOf(content, 'legal-acts');
  const { shown, older } = sinceLast(content, all.shown, ({ fields }) => (fields.effect === 'repealed' ? fields.date : null));
  if (shown.length === 0) return onlyLeftOut(content, older, all.left);
  const acts = shown.toSorted(
    (a, b) => rank(a) - rank(b) || String(a.fields.date ?? '').localeCompare(String(b.fields.date ?? '')),
  );
  const columns = isAnnex(content) ? [...COLUMNS, 'language', 'link', 'summary'] : COLUMNS;
  return [
    ...changes(content, acts),
    registerTable(content, 'legal-acts', acts, columns, { id: tableId(content, 'legal-acts'), landscape: true }),
    ...gaps(content, acts),
    ...olderLeftOut(content, older),
    ...leftOut(content, all.left),
  ];
};

/** What the ten years brought, act by act; a sentence says so where nothing changed. */
function changes(content: Content, acts: Entry[]): Block[] {
  const { lang, dates } = content;
  const see = tableId(content, 'legal-acts');
  const since = acts.filter(
    ({ fields }) => fields.date !== undefined && !isOlder(content, fields.date) && fields.effect !== 'unchanged',
  );
  const text = t(lang, dates.previous === null ? 'review.legal.lead-all' : 'review.legal.lead', {
    count: acts.length,
    changes: since.length,
    effects: since.length === 0 ? '–' : effectsText(since, content),
  });
  const lead = sentence(content, text, { from: acts.map(({ from }) => from), see });
  if (isAnnex(content) || since.length === 0) return [lead];
  const items = since.map((act): Cited => {
    const field = (name: string): string => fieldText('legal-acts', name, act.fields[name], lang);
    const part = textOf(act, 'part');
    const place = part === null ? field('zone') : `${field('zone')} (${part})`;
    const summary = textOf(act, 'summary');
    return {
      text: [`${field('date')}, ${place}: ${field('effect')}`, field('title'), ...(summary === null ? [] : [summary])]
        .map((said) => said.replace(/\.?$/, '.'))
        .join(' '),
      notes: [citeOrigin(content, act.from)],
    };
  });
  return [lead, { kind: 'list', items }];
}

function effectsText(acts: Entry[], { lang }: Content): string {
  return countsText(
    acts,
    (act) => textOf(act, 'effect'),
    (effect) => choiceText('legal-acts', effect, lang),
    lang,
  );
}

/** Parts of the core and zones that no act protects, and acts without what the form asks of each. */
function gaps(content: Content, acts: Entry[]): Block[] {
  const { lang } = content;
  const standing = acts.filter(({ fields }) => fields.effect !== 'repealed');
  const of = (kind: string): Entry[] => standing.filter(({ fields }) => fields.zone === kind || fields.zone === 'whole');
  const bare = (['core', 'buffer'] as const).filter((kind) => of(kind).length === 0).map((kind) => t(lang, `zone.${kind}`));
  const parts = bare.includes(t(lang, 'zone.core')) ? [] : uncovered(content, of('core'));
  const without = (field: string): string[] =>
    namesIn(
      acts.filter(({ fields }) => fields[field] === undefined),
      'title',
    );
  return [
    ...missing(content, 'review.legal.no-act', bare),
    ...missing(content, 'review.legal.part-without', parts),
    ...missing(content, 'review.legal.no-number', without('number')),
    ...(isAnnex(content) ? missing(content, 'review.legal.no-summary', without('summary')) : []),
  ];
}

/** Names of the parts of the core that no act names; an act that names no part is for all of them. */
function uncovered(content: Content, acts: Entry[]): string[] {
  if (acts.some((act) => textOf(act, 'part') === null)) return [];
  const named = acts.map((act) => plainWords(textOf(act, 'part') ?? ''));
  const parts = currentZones(content.facts, 'core').filter((zone) => namesOf(zone).length > 0);
  return parts
    .filter((zone) => !namesOf(zone).some((name) => named.some((part) => part.includes(name) || name.includes(part))))
    .map((zone) => pick(zone.name, content.lang));
}

function namesOf({ name }: Zone): string[] {
  return Object.values(name)
    .map(plainWords)
    .filter((text) => text !== '');
}

/** Letters and digits only, so that quotes and spaces do not tell names apart. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function rank(act: Entry): number {
  return ZONES.indexOf(textOf(act, 'zone') ?? '');
}
