/**
 * Species in the review, zone by zone: how many were recorded, how many there are at least, how much of that was found, how many of
 * them are threatened and invasive. Each with its interval and the run it came from; a short list is not taken for a poor zone.
 *
 *     speciesFigures(content)    // core area | 142¹ | 171 (158–201; 95 %)² | 83 (71–90; 95 %)³ | 12⁴ | –
 */
import { t } from '../i18n/index.ts';
import { noteText } from '../indicators/figure-note.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Id, Observation } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import type { Content } from './content.ts';
import { citeFigure, featuresOfKind, featureText, figureOf, figureText, NOTHING } from './figures.ts';
import { namesText, tableId } from './sentences.ts';

const COLUMNS = [
  'species-recorded',
  'species-richness',
  'inventory-completeness',
  'threatened-species',
  'invasive-species',
] as const;
/** Below this [%] more of the inventory is missing than a review should be silent of. */
const INCOMPLETE = 80;

/** The table, and which zones are known too little; nothing where no such figure was computed. */
export function speciesFigures(content: Content): Block[] {
  const { lang, facts } = content;
  const features = [...zoneKinds.flatMap((kind) => featuresOfKind(facts, kind)), facts.site.id];
  const latest = (indicator: Id, feature: Id): Observation | null =>
    facts.observations
      .filter((o) => o.indicator === indicator && o.feature === feature && o.role === 'computed' && o.by.class === undefined)
      .filter(({ period }) => (period?.start ?? '') <= content.dates.current)
      .filter((o) => isOfIucn(content, o))
      .toSorted((a, b) => (a.period?.end ?? '').localeCompare(b.period?.end ?? '') || a.id.localeCompare(b.id))
      .at(-1) ?? null;
  const shown = features.filter((feature) => latest('species-recorded', feature) !== null);
  if (shown.length === 0) return [];
  const rows = shown.map((feature): Cited[] => [
    plain(featureText(content, feature)),
    ...COLUMNS.map((indicator) => cell(content, latest(indicator, feature))),
  ]);
  const named = (is: (feature: Id) => boolean): string[] => shown.filter(is).map((feature) => featureText(content, feature));
  const share = (feature: Id): number | null => latest('inventory-completeness', feature)?.value ?? null;
  const unknown = named((feature) => share(feature) === null);
  const incomplete = named((feature) => (share(feature) ?? INCOMPLETE) < INCOMPLETE);
  const gap = (key: string, names: string[]): Block[] =>
    names.length === 0 ? [] : [{ kind: 'gap', text: t(lang, `life.diversity.review.${key}`, { names: namesText(names, lang) }) }];
  const invasive = latest('invasive-species', facts.site.id);
  return [
    {
      kind: 'table',
      id: tableId(content, 'species-figures'),
      caption: t(lang, 'life.diversity.review.caption'),
      head: ['place', ...COLUMNS].map((key) => t(lang, `life.diversity.review.${key}`)),
      rows,
    },
    ...gap('unknown', unknown),
    ...gap('incomplete', incomplete),
    ...(invasive !== null && invasive.value === null && invasive.note !== null
      ? [{ kind: 'gap' as const, text: noteText(invasive.note, lang) }]
      : []),
  ];
}

/** Threatened species are counted by one list at a time: the column shows those of the IUCN's. */
function isOfIucn({ runs }: Content, { from }: Observation): boolean {
  const list = 'run' in from ? runs.get(from.run)?.params.list : undefined;
  return list === undefined || list === 'iucn';
}

function cell(content: Content, o: Observation | null): Cited {
  const figure = o === null ? null : figureOf(o);
  return o === null || figure === null
    ? plain(NOTHING)
    : { text: figureText(content.lang, figure), notes: [citeFigure(content, o)] };
}
