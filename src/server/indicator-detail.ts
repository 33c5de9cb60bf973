/** Indicators of a site as lists and tables: the latest figures in words, and where each comes from. */
import type { FigureRow, IndicatorDetail, IndicatorList, ShownIndicator, ShownRun } from '../api/indicators.ts';
import { pick, t } from '../i18n/index.ts';
import { noteText } from '../indicators/figure-note.ts';
import { aralConflicts } from '../plans/aral-conflicts.ts';
import { Problem } from '../problems.ts';
import { classText } from '../review/class-text.ts';
import { featureText, figureOf, figureText, methodOf, originWords, periodText, shownUnit, unitText } from '../review/figures.ts';
import { pictureTitle } from '../review/pictures.ts';
import { shippedIndicators } from '../store/keep-computed.ts';
import type { Id, Indicator, Lang, Observation, Run } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { type IndicatorFacts, madeOnce, processOf } from './indicator-facts.ts';
import { cardOf } from './method-cards.ts';
import { needsMap, processNamed } from './process-list.ts';

/** Rows of a table on the page, lines to choose from, runs that are told. */
const MOST_ROWS = 400;
const MOST_SERIES = 60;
const MOST_RUNS = 20;

/** Those that have figures, or could have them. */
export function indicatorsOf(facts: IndicatorFacts, lang: Lang): IndicatorList {
  const all = [...facts.known.indicators.values(), ...shippedIndicators()];
  const shown = [
    ...new Map(all.map((indicator) => [indicator.id, facts.known.indicators.get(indicator.id) ?? indicator])).values(),
  ]
    .map((indicator) => shownIndicator(facts, indicator, lang))
    .filter(({ process, figures, outdated }) => process !== null || figures + outdated > 0);
  return { indicators: shown, mapped: ownDrawnZones(facts.known.facts).length > 0 };
}

function shownIndicator({ figures, outdated }: IndicatorFacts, indicator: Indicator, lang: Lang): ShownIndicator {
  const { id, title, definition, standing, better, codes } = indicator;
  const process = processOf(indicator);
  const found = process === null ? null : processNamed(process);
  return {
    id,
    title: pick(title, lang) || id,
    definition: pick(definition, lang),
    function: indicator.function,
    standing,
    better,
    sdg: codes.sdg ?? [],
    gbf: codes.gbf ?? [],
    process,
    needsMap: found !== null && needsMap(found),
    figures: figures.count(id),
    outdated: outdated.get(id) ?? 0,
  };
}

/** @throws Problem `not-found`. */
export function indicatorDetail(facts: IndicatorFacts, id: Id, { lang, today }: { lang: Lang; today: string }): IndicatorDetail {
  const { known } = facts;
  const indicator = indicatorOf(facts, id);
  const latest = latestFigures(facts, id, today);
  const runs = [...new Set(latest.flatMap(({ from }) => ('run' in from ? [from.run] : [])))].flatMap(
    (run) => known.runs.get(run) ?? [],
  );
  return {
    indicator: shownIndicator(facts, indicator, lang),
    unit: unitText(lang, shownUnit(indicator.unit)),
    references: indicator.references,
    rows: latest.slice(0, MOST_ROWS).map((o) => rowOf(facts, o, lang)),
    left: Math.max(0, latest.length - MOST_ROWS),
    series: seriesKeys(facts, id, lang).map(({ key, title }) => ({ key, title })),
    pictures: known.pictures
      .filter((picture) => picture.indicator === id || processOf({ id, method: indicator.method }) === picture.indicator)
      .map((picture) => ({ id: picture.id, title: pictureTitle(known, picture, lang) })),
    runs: runs.slice(0, MOST_RUNS).map(shownRun),
    conflicts: conflictsOf(facts, id, lang),
    card: cardOf(indicator),
  };
}

/** Only where there are figures to contradict one another. */
function conflictsOf({ known, figures }: IndicatorFacts, id: Id, lang: Lang): IndicatorDetail['conflicts'] {
  if (figures.count(id) === 0) return [];
  return aralConflicts(known.facts.site.id, id).map((one) => ({ id: one.id, text: pick(one.text, lang) }));
}

/** @throws Problem `not-found`. */
export function indicatorOf({ known }: IndicatorFacts, id: Id): Indicator {
  const found = known.indicators.get(id) ?? shippedIndicators().find((one) => one.id === id);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

/** Of each place, class, role, unit and method the figures of the latest time that had begun by `today`. */
export function latestFigures(facts: IndicatorFacts, id: Id, today: string): Observation[] {
  return madeOnce(facts, `latest ${id} ${today}`, () => latestOf(facts, id, today));
}

function latestOf({ known, figures }: IndicatorFacts, id: Id, today: string): Observation[] {
  const order = (o: Observation): number => (zoneKinds as readonly (string | null)[]).indexOf(zoneOf(known, o.feature));
  const groups = Map.groupBy(figures.get(id) ?? [], (o) => {
    const method = methodOf(known, o);
    return JSON.stringify([o.feature, o.by, o.role, shownUnit(o.unit), method?.method, method?.version]);
  });
  const latest = [...groups.values()].flatMap((same) => {
    const begun = same.filter(({ period }) => (period?.start ?? '') <= today);
    const list = begun.length > 0 ? begun : same;
    const last = list
      .map(({ period }) => period?.start ?? '')
      .sort()
      .at(-1);
    return list.filter(({ period }) => (period?.start ?? '') === last);
  });
  const rank = (o: Observation): string => `${o.by.class ?? ''}\n${order(o) + 1}\n${o.feature}\n${o.role === 'computed' ? 1 : 0}`;
  return latest
    .map((o) => ({ o, at: rank(o) }))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ o }) => o);
}

function rowOf({ known }: IndicatorFacts, o: Observation, lang: Lang): FigureRow {
  const figure = figureOf(o);
  const own = figure === null ? '' : unitText(lang, figure.unit);
  return {
    feature: o.feature,
    place: featureText({ facts: known.facts, lang }, o.feature, o.role),
    zone: zoneOf(known, o.feature),
    class: narrowed(o, lang),
    code: o.by.class ?? null,
    period: periodText(lang, o.period),
    text: figure === null ? '–' : figureText(lang, figure),
    value: figure?.value ?? null,
    unit: own,
    role: o.role,
    quality: o.quality,
    note: o.note === null || o.note === '' ? null : noteText(o.note, lang),
    origin: originWords({ ...known, lang }, o.from),
    run: 'run' in o.from ? o.from.run : null,
  };
}

/** Class, sex and age in words; `null` for a figure of all. */
function narrowed({ by }: Observation, lang: Lang): string | null {
  const words = [
    by.class === undefined ? undefined : classText(lang, by.class),
    by.sex === undefined ? undefined : t(lang, `review.figure.sex.${by.sex}`),
    by.age,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? null : words.join(', ');
}

/** The kind of zone that a feature is. */
export function zoneOf({ facts }: IndicatorFacts['known'], feature: Id): FigureRow['zone'] {
  const kind = facts.zones.find(({ id }) => id === feature)?.kind;
  return kind ?? zoneKinds.find((name) => feature === `${facts.site.id}/${name}`) ?? null;
}

/** What can be drawn over time, the longest first, each with a figure that stands for it. */
export function seriesKeys(facts: IndicatorFacts, id: Id, lang: Lang): { key: string; title: string; like: Observation }[] {
  const { known } = facts;
  return madeOnce(facts, `series ${id}`, () => followed(facts, id)).map((like) => {
    const { role, by, unit } = like;
    const method = methodOf(known, like);
    const key = [role, by.class, by.sex, by.age, shownUnit(unit), method?.method, method?.version]
      .map((part) => part ?? '')
      .join('|');
    const title = [narrowed(like, lang), t(lang, `role.${role}`)].filter((word) => word !== null).join(', ');
    return { key, title, like };
  });
}

/** A figure of each class, role, unit and method that has several times; those with most times first. */
function followed({ known, figures }: IndicatorFacts, id: Id): Observation[] {
  const dated = (figures.get(id) ?? []).filter(
    ({ period, quality, role }) => period !== null && quality !== 'doubtful' && role !== 'target',
  );
  const groups = Map.groupBy(dated, (o) => {
    const method = methodOf(known, o);
    return JSON.stringify([o.by, o.role, shownUnit(o.unit), method?.method, method?.version]);
  });
  return [...groups.values()]
    .map((list) => ({ list, times: new Set(list.map(({ period }) => period?.start)).size }))
    .filter(({ times }) => times > 1)
    .toSorted((a, b) => b.times - a.times)
    .slice(0, MOST_SERIES)
    .flatMap(({ list }) => list.slice(0, 1));
}

export function shownRun({ id, indicator, method, version, software, started, ended, skipped, inputs, params }: Run): ShownRun {
  const process = processOf({ id: indicator, method });
  return {
    id,
    process,
    method,
    version,
    software: `${software.name} ${software.version}`,
    started,
    ended,
    skipped,
    inputs,
    params,
  };
}
