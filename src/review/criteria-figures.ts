/**
 * Computed figures that stand under the criteria of Article 4: mosaic and gradation of ecosystems (1), species and habitat (2), size
 * and connectivity (4); and which of them can still be computed, with the command that does it.
 *
 *     mosaicTable(content)                         // core area | 6¹ | 2.71² | 2.34³ | 84,735⁴
 *     missingFigures(content, 'criterion-1')       // [] where all are there
 */
import { pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Id, Observation } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { intactness, type KindIntactness } from '../zonation/intactness-figures.ts';
import { currentZones } from '../zonation/site-facts.ts';
import { groundOf, SAME_SHARE } from '../zonation/z21-intactness.ts';
import { legendText } from './class-text.ts';
import type { Content } from './content.ts';
import {
  citeFigure,
  estimateText,
  featuresOfKind,
  featureText,
  figureCell,
  figureOf,
  indicatorText,
  NOTHING,
  percentText,
  periodText,
  placeText,
  shownUnit,
  tableId,
  unitText,
} from './figures.ts';

/** Figures that a criterion asks for, and what computes them. */
const ASKED: Record<string, readonly { indicator: Id; command: string }[]> = {
  'criterion-1': [
    { indicator: 'ecosystem-mosaic', command: 'saryarka compute --indicator ecosystem-mosaic' },
    { indicator: 'ecosystem-intactness', command: 'saryarka compute --indicator ecosystem-intactness' },
    { indicator: 'pressure-gradient', command: 'saryarka compute --indicator pressure' },
  ],
  'criterion-2': [
    { indicator: 'threatened-species', command: 'saryarka life indicators' },
    { indicator: 'ecosystem-intactness', command: 'saryarka compute --indicator ecosystem-intactness' },
    { indicator: 'connectivity', command: 'saryarka life connect reserve --keep' },
  ],
  'criterion-4': [
    { indicator: 'ecosystem-mesh-size', command: 'saryarka compute --indicator ecosystem-mosaic' },
    { indicator: 'connectivity', command: 'saryarka life connect reserve --keep' },
  ],
};

/** Figures of life that are told place by place, whatever group they are of. */
const SPECIES: readonly Id[] = ['species-recorded', 'species-richness', 'threatened-species', 'invasive-species'];
/** Orders of the Hill numbers. */
const ORDERS = [0, 1, 2] as const;
const CONNECTED: readonly Id[] = ['connectivity', 'protected-connectivity'];

/** Effective numbers of classes and mesh size, the reserve and zone by zone; nothing where they were not computed. */
export function mosaicTable(content: Content): Block[] {
  const { lang } = content;
  const known = placesOf(content).map((feature) => ({ feature, numbers: latest(content, 'ecosystem-mosaic', feature) }));
  const told = known.filter(({ numbers }) => numbers.length > 0);
  const [first] = told.flatMap(({ numbers }) => numbers);
  if (first === undefined) return [];
  const rows = told.map(({ feature, numbers }): Cited[] => [
    plain(featureText(content, feature)),
    ...ORDERS.map((order) =>
      cellOf(
        content,
        numbers.find(({ by }) => by.class?.endsWith(`:order-${order}`)),
      ),
    ),
    cellOf(content, latest(content, 'ecosystem-mesh-size', feature)[0], { most: 0 }), // pixels are no finer than a hectare
  ]);
  return [
    {
      kind: 'table',
      id: tableId('ecosystem-mosaic', content),
      caption: t(lang, 'review.criteria.mosaic.caption', {
        legend: legendText(lang, first.by.class?.split(':')[0] ?? ''),
        period: periodText(lang, first.period),
      }),
      head: ['place', 'order-0', 'order-1', 'order-2', 'mesh'].map((key) => t(lang, `review.criteria.mosaic.${key}`)),
      rows,
      align: ['start', 'end', 'end', 'end', 'end'],
    },
  ];
}

function cellOf(content: Content, o: Observation | undefined, { most }: { most?: number } = {}): Cited {
  const figure = o === undefined ? null : figureOf(o);
  if (o === undefined || figure === null) return plain(NOTHING);
  const text = estimateText(content.lang, figure, most === undefined ? {} : { most });
  return { text, notes: [citeFigure(content, o)] };
}

/** Intact ground from the inside out at the latest time, and whether it falls; of one kind of zone its share alone. */
export function gradation(content: Content): Cited[] {
  const { lang } = content;
  const known = intactness(content.facts);
  const last = known?.dates.at(-1);
  if (known === null || last === undefined) return [];
  const { kinds, period } = last;
  const list = kinds.map(({ kind, value }) =>
    t(lang, 'review.criteria.share-of', { zone: placeText(lang, kind), value: percentText(lang, value) }),
  );
  const words = { what: pick(groundOf(known.name), lang), list: list.join('; '), period: periodText(lang, period) };
  const verdict = kinds.length < 2 ? '' : ` ${t(lang, `review.criteria.gradation-${verdictOf(kinds)}`)}`;
  return [{ text: `${t(lang, 'review.criteria.gradation', words)}${verdict}`, notes: cited(content, kinds) }];
}

function verdictOf(kinds: readonly KindIntactness[]): 'falls' | 'not' | 'level' {
  const values = kinds.map(({ value }) => value);
  if (values.some((value, i) => i > 0 && value > (values[i - 1] as number) + SAME_SHARE)) return 'not';
  return (values[0] as number) - (values.at(-1) as number) > SAME_SHARE ? 'falls' : 'level';
}

/** Species of the reserve and of each zone, intact ground then and now, connectivity of the cores. */
export function significance(content: Content): Cited[] {
  return [
    ...placesOf(content).flatMap((feature) => speciesAt(content, feature)),
    ...habitatChange(content),
    ...ofSite(content, CONNECTED.slice(0, 1)),
  ];
}

function speciesAt(content: Content, feature: Id): Cited[] {
  const { lang } = content;
  const known = SPECIES.flatMap((indicator) =>
    latest(content, indicator, feature)
      .filter(({ by }) => by.class === undefined)
      .slice(-1),
  );
  if (known.length === 0) return [];
  const items = known.map((o) => ({ o, ...figureCell(content, o) }));
  const list = items.map(({ o, text }) =>
    t(lang, 'review.criteria.count-of', { what: indicatorText(content, o.indicator), value: text }),
  );
  const words = {
    place: featureText(content, feature),
    list: list.join('; '),
    period: periodText(lang, known[0]?.period ?? null),
  };
  return [{ text: t(lang, 'review.criteria.species-at', words), notes: items.flatMap(({ notes }) => notes) }];
}

/** Intact ground of each kind of zone at the first and the last date of one computation. */
function habitatChange(content: Content): Cited[] {
  const { lang } = content;
  const known = intactness(content.facts);
  const [first, last] = [known?.dates[0], known?.dates.at(-1)];
  if (known === null || first === undefined || last === undefined || first === last) return [];
  return last.kinds.flatMap((now): Cited[] => {
    const before = first.kinds.find(({ kind }) => kind === now.kind);
    if (before === undefined) return [];
    const words = {
      what: pick(groundOf(known.name), lang),
      zone: placeText(lang, now.kind),
      before: percentText(lang, before.value),
      from: periodText(lang, first.period),
      now: percentText(lang, now.value),
      to: periodText(lang, last.period),
    };
    return [{ text: t(lang, 'review.criteria.habitat-change', words), notes: cited(content, [before, now]) }];
  });
}

/** How large the pieces of natural ground are that the reserve and its cores lie in, and how well the cores are connected. */
export function size(content: Content): Cited[] {
  const { facts } = content;
  const cores = featuresOfKind(facts, 'core');
  const places = placesOf(content).filter((feature) => feature === facts.site.id || cores.includes(feature));
  return [...places.flatMap((feature) => meshAt(content, feature)), ...ofSite(content, CONNECTED)];
}

function meshAt(content: Content, feature: Id): Cited[] {
  const { lang } = content;
  return latest(content, 'ecosystem-mesh-size', feature).map((o) => {
    const { text, notes } = cellOf(content, o, { most: 0 });
    const words = { place: featureText(content, feature), area: text, period: periodText(lang, o.period) };
    return { text: t(lang, 'review.criteria.mesh', words), notes };
  });
}

function ofSite(content: Content, indicators: readonly Id[]): Cited[] {
  const { lang, facts } = content;
  return indicators.flatMap((indicator) =>
    latest(content, indicator, facts.site.id).map((o) => {
      const { text, notes } = figureCell(content, o);
      const unit = unitText(lang, shownUnit(o.unit));
      const words = {
        what: indicatorText(content, indicator, o.by),
        value: unit === '' ? text : `${text} ${unit}`,
        period: periodText(lang, o.period),
      };
      return { text: t(lang, 'review.criteria.figure', words), notes };
    }),
  );
}

/** What can still be computed for a criterion, once there is a map of zones: one marked gap. */
export function missingFigures({ facts, indicators, lang }: Content, criterion: string): Block[] {
  const isDrawn = zoneKinds.some((kind) => currentZones(facts, kind).some(({ geometry }) => geometry !== null));
  if (!isDrawn) return [];
  const missing = (ASKED[criterion] ?? []).filter(
    ({ indicator }) => !facts.observations.some((o) => o.indicator === indicator && o.role === 'computed'),
  );
  if (missing.length === 0) return [];
  const items = missing.map(({ indicator, command }) =>
    t(lang, 'review.criteria.by-command', { what: pick(indicators.get(indicator)?.title ?? {}, lang) || indicator, command }),
  );
  return [{ kind: 'gap', text: t(lang, 'review.criteria.missing', { list: items.join('; ') }) }];
}

/** The reserve, then its zones from the inside out; of a reserve that is one zone everything is told once. */
function placesOf({ facts }: Content): Id[] {
  const isOneZone = zoneKinds.flatMap((kind) => currentZones(facts, kind)).length === 1;
  return [facts.site.id, ...(isOneZone ? [] : zoneKinds.flatMap((kind) => featuresOfKind(facts, kind)))];
}

/** What was computed last for the latest time that had begun by the day of the review: the figures of one run. */
function latest({ facts, dates }: Content, indicator: Id, feature: Id): Observation[] {
  const start = ({ period }: Observation): string => period?.start ?? '';
  const own = facts.observations.filter(
    (o) =>
      o.indicator === indicator &&
      o.feature === feature &&
      o.role === 'computed' &&
      o.value !== null &&
      o.quality !== 'doubtful' &&
      start(o) <= dates.current,
  );
  const last = own.reduce<Observation | null>((late, o) => (late === null || start(o) >= start(late) ? o : late), null);
  if (last === null) return [];
  return own.filter((o) => start(o) === start(last) && JSON.stringify(o.from) === JSON.stringify(last.from));
}

function cited(content: Content, kinds: readonly KindIntactness[]): number[] {
  return kinds.flatMap(({ observations }) => observations.map((o) => citeFigure(content, o)));
}
