/**
 * Indicators in a section: the latest value of each, zone by zone, and the indicator book that says what each is.
 *
 *     Bare soil, % | core area | 5.0 (4.0–6.0; 95 %)¹ | 2024 | a, version 1 | fallen
 *
 * A section names the functions or indicators it takes (`only`); what only says where a place is stays out.
 */
import { pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Indicator, Observation } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { type Change, changeDigest, isTaken } from './change-digest.ts';
import { seriesFigures } from './charts.ts';
import type { Content } from './content.ts';
import {
  featuresOfKind,
  featureText,
  figureCell,
  indicatorText,
  methodOf,
  NOTHING,
  periodText,
  shownUnit,
  tableId,
  together,
  unitText,
} from './figures.ts';

/** The filler `indicators`; `null` where no indicator that the section takes has a value. */
export async function indicatorTables(content: Content): Promise<Block[] | null> {
  const latest = latestOf(content);
  if (latest.length === 0) return null;
  const isBook = content.form.tables.some(
    ({ fills, sections }) => fills === 'indicators' && sections.includes(content.section.id),
  );
  const charts = await seriesFigures(
    content,
    latest.flatMap((values) => values.slice(0, 1)),
  );
  return [valuesTable(content, latest), ...charts, ...(isBook ? [bookTable(content, latest)] : [])];
}

/** Of each indicator, place, class, role, unit and method the values of the latest time, in the order of the catalogue. */
function latestOf(content: Content): Observation[][] {
  const { facts, dates, indicators } = content;
  const features = [facts.site.id, ...zoneKinds.flatMap((kind) => featuresOfKind(facts, kind))];
  const usable = facts.observations.filter(
    (o) =>
      o.value !== null &&
      o.quality !== 'doubtful' &&
      isMeasured(o) &&
      features.includes(o.feature) &&
      isTaken(content, o.indicator),
  );
  const order = [...indicators.keys()];
  const rank = ([o]: Observation[]): number =>
    o === undefined ? 0 : order.indexOf(o.indicator) * features.length + features.indexOf(o.feature);
  const groups = Map.groupBy(usable, (o) => {
    const method = methodOf(content, o);
    return JSON.stringify([o.indicator, o.feature, o.by, o.role, shownUnit(o.unit), method?.method, method?.version]);
  });
  return [...groups.values()].map((same) => lastOf(same, dates.current)).toSorted((a, b) => rank(a) - rank(b));
}

/** Targets and baselines say nothing of how things are. */
function isMeasured({ role }: Observation): boolean {
  return role === 'observed' || role === 'declared' || role === 'computed';
}

/** Those of the latest period that had begun by the day of the review; without any date where none has one. */
function lastOf(same: Observation[], today: string): Observation[] {
  const start = ({ period }: Observation): string => period?.start ?? '';
  const begun = same.filter((o) => start(o) <= today);
  const list = begun.length > 0 ? begun : same;
  const last = list.map(start).sort().at(-1);
  return list.filter((o) => start(o) === last);
}

function valuesTable(content: Content, latest: Observation[][]): Table {
  const { lang } = content;
  const { changes } = changeDigest(content);
  return {
    kind: 'table',
    id: tableId('indicators', content),
    caption: t(lang, 'review.indicators.values'),
    head: ['indicator', 'zone', 'value', 'year', 'method', 'trend'].map((name) => t(lang, `review.indicators.${name}`)),
    rows: latest.flatMap((values) => {
      const [o] = values;
      return o === undefined
        ? []
        : [
            valuesRow(
              content,
              o,
              values,
              changes.find(({ now }) => values.includes(now.observation)),
            ),
          ];
    }),
    align: ['start', 'start', 'end', 'start', 'start', 'start'],
  };
}

/** Values of one time, source by source; `o` is the first of them. */
function valuesRow(content: Content, o: Observation, values: Observation[], change: Change | undefined): Cited[] {
  const { lang } = content;
  const unit = unitText(lang, shownUnit(o.unit));
  return [
    plain(`${indicatorText(content, o.indicator, o.by)}${unit === '' ? '' : `, ${unit}`}`),
    plain(featureText(content, o.feature, o.role)),
    together(values.map((value) => figureCell(content, value))),
    plain(periodText(lang, o.period)),
    plain(howKnown(content, o)),
    plain(trendText(content, change)),
  ];
}

/** Method and version of a computed value; of others, whether it was observed or declared. */
function howKnown(content: Content, o: Observation): string {
  const { lang } = content;
  const method = methodOf(content, o);
  return method === null
    ? t(lang, `role.${o.role}`)
    : [method.method, t(lang, 'review.figure.version', { version: method.version })].join(', ');
}

/** Risen or fallen where the digest's interval leaves out that nothing changed; otherwise that this is not known. */
function trendText({ lang }: Content, change: Change | undefined): string {
  if (change === undefined) return NOTHING;
  if (change.certain === null) return t(lang, 'review.indicators.untested');
  if (!change.certain) return t(lang, 'review.indicators.uncertain');
  return t(lang, change.difference.value > 0 ? 'review.indicators.risen' : 'review.indicators.fallen');
}

/** What each indicator is: definition, unit, standing, function and method. */
function bookTable(content: Content, latest: Observation[][]): Table {
  const { lang, indicators } = content;
  const ids = [...new Set(latest.flatMap((values) => values.map(({ indicator }) => indicator)))];
  const known = ids.flatMap((id) => indicators.get(id) ?? []);
  return {
    kind: 'table',
    id: tableId('indicator-book', content),
    caption: t(lang, 'review.indicators.book'),
    head: ['indicator', 'definition', 'unit', 'function', 'standing', 'method'].map((name) =>
      t(lang, `review.indicators.${name}`),
    ),
    rows: known.map((indicator) =>
      [
        pick(indicator.title, lang) || indicator.id,
        pick(indicator.definition, lang) || NOTHING,
        unitText(lang, shownUnit(indicator.unit)) || '1',
        t(lang, `review.indicators.of.${indicator.function}`),
        t(lang, `review.indicators.stands.${indicator.standing}`),
        methodText(content, indicator),
      ].map(plain),
    ),
    align: ['start', 'start', 'start', 'start', 'start', 'start'],
    landscape: true,
  };
}

function methodText({ lang }: Content, { method, version, references }: Indicator): string {
  const named = method === null ? [] : [method, t(lang, 'review.figure.version', { version })];
  const text = [...named, ...references].join(', ');
  return text === '' ? t(lang, 'review.indicators.as-source') : text;
}
