/**
 * Threatened species by zone and category, counted from the records of the dossier by the rule of the indicator `threatened-species`: the
 * numbers are the same, and where a figure of it was kept the cell cites its run.
 *
 *     threatenedByZone(content, known)    // core area | 1 | 2 | 4 | 7¹ | 3 | 1 | 4
 */

import { pick, t } from '../i18n/index.ts';
import { isThreatened, THREATENED, threatCode } from '../indicators/threat-category.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Id, Observation, ZoneKind } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import type { Content } from './content.ts';
import { citeFigure, featureText, NOTHING } from './figures.ts';
import { missing, namesText, tableId } from './sentences.ts';
import { countryOf } from './species-columns.ts';
import { nationalLists, shortName } from './species-merge.ts';
import type { RecordedSpecies, SiteSpecies } from './species-recorded.ts';

const INDICATOR = 'threatened-species';

/** A row of the table: one zone, all zones of a kind, or the site. */
interface Place {
  text: string;
  /** What the indicator calls it; `null` where it has no figure of it. */
  feature: Id | null;
  species: readonly RecordedSpecies[];
}

/**
 * The table, what the lists do not say, and where kept figures say otherwise; a gap where no list has a category.
 * @param told taxa that may be named
 */
export function threatenedByZone(
  content: Content,
  known: SiteSpecies,
  told: ReadonlySet<Id> = new Set(known.species.map(({ taxon }) => taxon)),
): Block[] {
  const { lang } = content;
  const dated = known.species.filter(({ records, undated }) => records > undated);
  const places = placesOf(content, known, dated);
  const lists = ['iucn', ...nationalLists(dated)].filter((list) =>
    dated.some(({ categories }) => categories[list] !== undefined),
  );
  if (lists.length === 0) return [{ kind: 'gap', text: t(lang, 'review.species.no-list') }];
  const columns = lists.flatMap((list) => [...codesOf(dated, list).map((code) => ({ list, code })), { list, code: null }]);
  const differing: string[] = [];
  const rows = places.map((place): Cited[] => [
    plain(place.text),
    ...columns.map(({ list, code }): Cited => {
      const count = countOf(place.species, list, code);
      if (count === null) return plain(NOTHING);
      if (code !== null || place.feature === null) return plain(String(count));
      const kept = keptFigure(content, place.feature, list);
      if (kept === null) return plain(String(count));
      if (kept.value !== count) differing.push(`${place.text}: ${count} / ${kept.value ?? NOTHING}`);
      return { text: String(count), notes: [citeFigure(content, kept)] };
    }),
  ]);
  const silent = lists.map((list) => ({ list, count: dated.filter(({ categories }) => categories[list] === undefined).length }));
  return [
    {
      kind: 'table',
      id: tableId(content, 'threatened'),
      caption: t(lang, 'review.species.threatened-table'),
      head: [t(lang, 'life.diversity.review.place'), ...columns.map(({ list, code }) => columnTitle(content, list, code))],
      rows,
    },
    { kind: 'hint', text: t(lang, 'review.species.threatened-how') },
    ...silent
      .filter(({ count }) => count > 0)
      .map(({ list, count }): Block => {
        const of = dated.length;
        return { kind: 'hint', text: t(lang, 'review.species.unlisted', { list: listTitle(content, list), count, of }) };
      }),
    ...missing(content, 'review.species.undated', undatedNames(known, lists, told)),
    ...(differing.length === 0
      ? []
      : [{ kind: 'gap' as const, text: t(lang, 'review.species.figures-differ', { names: namesText(differing, lang) }) }]),
  ];
}

/** Threatened species that no dated record is of. */
function undatedNames({ species }: SiteSpecies, lists: readonly string[], told: ReadonlySet<Id>): string[] {
  return species
    .filter(({ taxon }) => told.has(taxon))
    .filter(({ records, undated, categories }) => records === undated && lists.some((list) => isThreatened(categories[list])))
    .map(({ name }) => shortName(name));
}

/** Each zone, all of a kind where there are several, and the site, with the species that dated records are of. */
function placesOf(content: Content, { zones }: SiteSpecies, dated: readonly RecordedSpecies[]): Place[] {
  const inAny = (ids: readonly Id[]): RecordedSpecies[] =>
    dated.filter(({ openZones }) => openZones.some((id) => ids.includes(id)));
  const ofKinds = zoneKinds.flatMap((kind): Place[] => {
    const own = zones.filter((zone) => zone.kind === kind).map(({ id }) => id);
    const single = own.map((id): Place => ({ text: zoneText(content, id, kind), feature: id, species: inAny([id]) }));
    const together = t(content.lang, 'review.species.zones-together', { zone: t(content.lang, `zone.${kind}`) });
    return own.length < 2 ? single : [...single, { text: together, feature: null, species: inAny(own) }];
  });
  const site = content.facts.site.id;
  return [...ofKinds, { text: featureText(content, site), feature: site, species: dated }];
}

/** A zone of a part of a transboundary whole by the name of the part. */
function zoneText(content: Content, id: Id, kind: ZoneKind): string {
  const { facts, lang } = content;
  const part = facts.parts.find(({ zones }) => zones.some((zone) => zone.id === id));
  return part === undefined ? featureText(content, id) : `${t(lang, `zone.${kind}`)} (${pick(part.site.name, lang)})`;
}

/** Categories of a list that are met here; those of the IUCN in any case. */
function codesOf(species: readonly RecordedSpecies[], list: string): string[] {
  if (list === 'iucn') return [...THREATENED];
  const met = species.flatMap(({ categories }) => categories[list] ?? []).filter(isThreatened);
  return [...new Set(met)].sort();
}

/** Species of a category, or all threatened ones; `null` where nothing was recorded, or the list says nothing of it: that is no zero. */
function countOf(species: readonly RecordedSpecies[], list: string, code: string | null): number | null {
  const categories = species.flatMap(({ categories: of }) => of[list] ?? []);
  if (categories.length === 0) return null;
  return categories.filter((one) => isThreatened(one) && (code === null || threatCode(one) === code)).length;
}

/** The latest figure of the indicator for a place, of the same list and of all years; `null` where none was kept. */
function keptFigure({ facts, runs, dates }: Content, feature: Id, list: string): Observation | null {
  const kept = facts.observations.filter((o) => {
    if (o.indicator !== INDICATOR || o.feature !== feature || o.role !== 'computed' || o.by.class !== undefined) return false;
    const params = 'run' in o.from ? runs.get(o.from.run)?.params : undefined;
    const all = [params?.from, params?.to].every((year) => year === undefined || year === '');
    return (
      all && (params?.list ?? 'iucn') === list && params?.effort !== 'individuals' && (o.period?.start ?? '') <= dates.current
    );
  });
  return (
    kept.toSorted((a, b) => (a.period?.end ?? '').localeCompare(b.period?.end ?? '') || a.id.localeCompare(b.id)).at(-1) ?? null
  );
}

function listTitle({ lang }: Content, list: string): string {
  return list === 'iucn'
    ? t(lang, 'review.species.list-iucn')
    : t(lang, 'review.species.list-national', { country: countryOf(list) });
}

function columnTitle({ lang }: Content, list: string, code: string | null): string {
  const own = list === 'iucn' ? t(lang, 'review.species.list-iucn-short') : countryOf(list);
  if (code === null) return t(lang, 'review.species.list-sum', { list: own });
  return list === 'iucn' ? code : `${own} ${code}`;
}
