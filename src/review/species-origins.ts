/**
 * The datasets that records of species come from, as a reader of the review cites and finds them: their title, how their makers want to be
 * cited, DOI, licence, and when they were taken into the dossier.
 *
 *     originList(content, known)    // [D1] GBIF.org (2026). … https://doi.org/10.15468/… Licence: CC-BY-NC-4.0. Records here: 1,204. …
 */
import { doiOf } from '../formats/darwin-core-metadata.ts';
import { date, number, pick, t } from '../i18n/index.ts';
import { type Block, plain } from '../print/blocks.ts';
import type { Content } from './content.ts';
import { namesText, tableId } from './sentences.ts';
import { originCode } from './species-columns.ts';
import type { RecordOrigin, SiteSpecies } from './species-recorded.ts';

/** The key to the marks in a list of species. */
export function originKey(content: Content, { origins }: SiteSpecies): Block {
  const { lang } = content;
  return {
    kind: 'table',
    id: tableId(content, 'origins'),
    caption: t(lang, 'review.species.origins-table'),
    head: ['origin', 'dataset', 'licence', 'records'].map((column) => t(lang, `review.species.${column}`)),
    rows: origins.map((origin, i) => [
      plain(originCode(i + 1, lang)),
      plain(titleOf(content, origin)),
      plain(licenceText(content, origin)),
      plain(number(lang, origin.records)),
    ]),
    align: ['start', 'start', 'start', 'end'],
  };
}

/** The datasets among the references, with what may not be done with them. */
export function originList(content: Content, { origins }: SiteSpecies): Block[] {
  const { lang } = content;
  const records = origins.reduce((sum, one) => sum + one.records, 0);
  const closed = origins.filter(({ nonCommercial }) => nonCommercial > 0);
  const names = (of: RecordOrigin[]): string =>
    namesText(
      of.map((one) => titleOf(content, one)),
      lang,
    );
  const gap = (key: string, of: RecordOrigin[]): Block[] =>
    of.length === 0 ? [] : [{ kind: 'gap', text: t(lang, `review.species.${key}`, { names: names(of) }) }];
  const barred = {
    count: closed.length,
    records: closed.reduce((sum, { nonCommercial }) => sum + nonCommercial, 0),
    names: names(closed),
  };
  return [
    { kind: 'text', text: plain(t(lang, 'review.species.origins', { count: origins.length, records })) },
    { kind: 'list', items: origins.map((origin, i) => plain(originText(content, origin, i + 1))) },
    ...(closed.length === 0 ? [] : [{ kind: 'hint' as const, text: t(lang, 'review.species.not-commercial', barred) }]),
    ...gap(
      'no-licence',
      origins.filter(({ licence }) => licence === null),
    ),
    ...gap(
      'no-citation',
      origins.filter(({ citation, href }) => citation === null && href !== null),
    ),
  ];
}

function originText(content: Content, origin: RecordOrigin, place: number): string {
  const { lang } = content;
  const { citation, href, since, records } = origin;
  const title = titleOf(content, origin);
  const cited = citation === null ? title : citation.includes(title) ? citation : `${title}. ${citation}`;
  const doi = doiOf(cited);
  const address = doi !== null && !cited.toLowerCase().includes(`doi.org/${doi.toLowerCase()}`) ? ` https://doi.org/${doi}` : '';
  const file = citation === null && href !== null && href !== title ? ` ${href}.` : '';
  return [
    `[${originCode(place, lang)}] ${stopped(cited)}${address}${file}`,
    t(lang, 'review.species.origin-licence', { licence: licenceText(content, origin) }),
    t(lang, 'review.species.origin-records', { count: records }),
    ...(since === null ? [] : [t(lang, 'review.species.origin-since', { date: date(lang, since) })]),
  ].join(' ');
}

/** The title of a dataset; its file where it has none. */
export function titleOf({ lang }: Pick<Content, 'lang'>, { title, href, id }: RecordOrigin): string {
  return pick(title, lang) || href || id;
}

function licenceText({ lang }: Content, { licence, nonCommercial, records }: RecordOrigin): string {
  const named = licence ?? t(lang, 'review.provenance.not-stated');
  if (nonCommercial === 0) return named;
  return nonCommercial === records
    ? t(lang, 'review.species.licence-closed', { licence: named })
    : t(lang, 'review.species.licence-partly', { licence: named, count: nonCommercial });
}

/** With a full stop, unless it ends with one or with an address. */
function stopped(text: string): string {
  return /[.!?…]$|https?:\S+$/.test(text) ? text : `${text}.`;
}
