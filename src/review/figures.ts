/**
 * Observations in a review: which are taken, how they are written with their interval, and what their footnotes say.
 *
 *     const figures = figuresFor(content, [site.id], { indicator: 'population', roles: ['declared'] });
 *     { text: figureText(lang, inDisplayUnit(o)), notes: [citeFigure(content, o)] }    // 12.3 (11.0–13.9; 95 %)¹
 */

import { date, number, pick, t } from '../i18n/index.ts';
import { noteText } from '../indicators/figure-note.ts';
import { type Cited, plain } from '../print/blocks.ts';
import type { Estimate } from '../science/change.ts';
import type { Id, Lang, Observation, Origin, Period, ZoneKind } from '../types.ts';
import { convert } from '../units.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { currentZones, type SiteFacts } from '../zonation/site-facts.ts';
import { classText } from './class-text.ts';
import type { Content } from './content.ts';

/** What stands where nothing is known. */
export const NOTHING = '–';

/** Figures are written in hectares where they are kept in square metres. */
const SHOWN_IN: Record<string, string> = { m2: 'har' };

/** Decimals of figures without an interval; smaller than one they get three digits. */
const DECIMALS = 2;

/** Digits of the half-width of an interval, which decide the decimals of all that is written with it. */
const DIGITS_OF_HALF_WIDTH = 2;

/** An observation that holds a value, with that value and its limits in one unit. */
export interface Figure extends Estimate {
  unit: string;
  observation: Observation;
}

/** The observations of `indicator` for any of `features` that can be shown, as they were recorded: the principal source first. */
export function figuresFor(
  facts: SiteFacts,
  features: readonly Id[],
  indicator: Id,
  { roles = ['observed', 'declared', 'computed'], doubtful = false }: { roles?: Observation['role'][]; doubtful?: boolean } = {},
): Observation[] {
  return facts.observations.filter(
    (o) =>
      features.includes(o.feature) &&
      o.indicator === indicator &&
      o.value !== null &&
      roles.includes(o.role) &&
      (o.quality === 'doubtful') === doubtful,
  );
}

/** Features that figures of a kind of zone may be of: the kind as a whole, and its zones that are valid now. */
export function featuresOfKind(facts: SiteFacts, kind: ZoneKind): Id[] {
  return [...new Set([`${facts.site.id}/${kind}`, ...currentZones(facts, kind).map(({ id }) => id)])];
}

/**
 * The value and limits of an observation in `unit`, as it is shown where none is named; in its own unit where it cannot be
 * converted. `null` without a value.
 */
export function figureOf(o: Observation, unit = shownUnit(o.unit)): Figure | null {
  if (o.value === null) return null;
  const to = isConvertible(o.unit, unit) ? unit : o.unit;
  const inUnit = (value: number | null): number | null => (value === null ? null : convert(value, o.unit, to));
  return {
    value: convert(o.value, o.unit, to),
    low: inUnit(o.low),
    high: inUnit(o.high),
    level: o.level,
    unit: to,
    observation: o,
  };
}

/** Whether both units measure the same. */
export function isConvertible(from: string, to: string): boolean {
  try {
    convert(1, from, to);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** `12.3`, `12.3 (11.0–13.9; 95 %)`, with "about" where the source says so. */
export function figureText(lang: Lang, { observation, ...estimate }: Estimate & { observation?: Observation }): string {
  const written = estimateText(lang, estimate);
  return observation?.approximate === true ? t(lang, 'review.about', { value: written }) : written;
}

/** An estimate with its interval; with `signed` a rise carries a plus, at most `most` decimals stand where there is no interval. */
export function estimateText(
  lang: Lang,
  { value, low, high, level }: Estimate,
  { signed = false, most }: { signed?: boolean; most?: number } = {},
): string {
  const half = low === null || high === null ? null : Math.max(high - value, value - low);
  const decimals = half === null ? null : decimalsFor(half);
  const write = (x: number): string => {
    const size = decimals === null ? plainNumber(lang, Math.abs(x), most) : fixed(lang, Math.abs(x), decimals);
    const zero = Number(Math.abs(x).toFixed(decimals ?? most ?? 12)) === 0;
    return `${zero ? '' : x < 0 ? '−' : signed ? '+' : ''}${size}`;
  };
  const main = write(value);
  if (low === null && high === null) return main;
  const limits =
    low === null
      ? `≤ ${write(high as number)}`
      : high === null
        ? `≥ ${write(low)}`
        : between(write(low), write(high), low < 0 || signed);
  return `${main} (${limits}${level === null ? '' : `; ${percentText(lang, level * 100)}`})`;
}

/** `95 %`. */
export function percentText(lang: Lang, percent: number): string {
  return t(lang, 'review.figure.percent', { value: number(lang, percent, 1) });
}

/** Units that have a name of their own in each language. */
const NAMED_UNITS = new Set(
  'har km2 m km mm m3 km3 m3/s km3/a deg a mo d kg t Mt g/L W MW W.h GW.h Cel m/s km/km2 {person}/km2 W/{person} person [USD]/m3 cm mm/d hm3 hm3/a m3/a m3/d L/s'.split(
    ' ',
  ),
);

/** A unit as people write it; what is counted is said by the indicator's name, but for people and money. */
export function unitText(lang: Lang, unit: string): string {
  const name = unit.replace(/^[{[](.*)[}\]]$/, '$1');
  if (NAMED_UNITS.has(name)) return t(lang, `review.figure.unit.${name.replaceAll(/[{}[\]]/g, '').replaceAll(/[./]/g, '-')}`);
  if (unit === '1' || /^\{\w+\}$/.test(unit)) return '';
  return unit === '10*-6' ? '10⁻⁶' : name;
}

/** `2014`, `2014–2016`, or the days where a period is made of no whole years. */
export function periodText(lang: Lang, period: Period | null): string {
  if (period === null) return t(lang, 'review.figure.no-date');
  const { start, end } = period;
  const last = new Date(Math.max(Date.parse(start), Date.parse(end) - 86_400_000)).toISOString().slice(0, 10); // a moment is of its day
  const [from, to] =
    /^\d+(-01-01)?$/.test(start) && /^\d+(-01-01)?$/.test(end)
      ? [start.slice(0, 4), last.slice(0, 4)]
      : [date(lang, start.slice(0, 10)), date(lang, last)];
  return from === to ? from : `${from}–${to}`;
}

/** The name of an indicator, with its class where figures of several stand side by side. */
export function indicatorText({ indicators, lang }: Content, id: Id, by: Observation['by'] = {}): string {
  const title = pick(indicators.get(id)?.title ?? {}, lang) || id;
  const narrowed = [
    by.class === undefined ? undefined : classText(lang, by.class),
    by.sex === undefined ? undefined : t(lang, `review.figure.sex.${by.sex}`),
    by.age,
  ].filter((w) => w !== undefined);
  return narrowed.length === 0 ? title : `${title} (${narrowed.join(', ')})`;
}

/** The place of a figure: a kind of zone, or the whole reserve. */
export function placeText(lang: Lang, place: ZoneKind | 'whole'): string {
  return t(lang, place === 'whole' ? 'review.figure.whole' : `zone.${place}`);
}

/**
 * The place of a feature in words: the whole reserve, or the kind of zone, with its name where there are several of the kind.
 * What is declared for a kind stands with the first of its zones (`site/core`), and speaks for all of them.
 */
export function featureText(
  { facts, lang }: Pick<Content, 'facts' | 'lang'>,
  feature: Id,
  role: Observation['role'] = 'computed',
): string {
  const zone = facts.zones.find(({ id }) => id === feature);
  const ofKind = zoneKinds.find((name) => feature === `${facts.site.id}/${name}`);
  const kind = zone?.kind ?? ofKind;
  const station = facts.stations?.find(({ id }) => id === feature);
  if (station !== undefined) return pick(station.name, lang) || feature;
  if (kind === undefined) return placeText(lang, 'whole');
  const several = currentZones(facts, kind);
  if (zone === undefined || several.length < 2 || (ofKind !== undefined && role !== 'computed')) return placeText(lang, kind);
  const name = pick(zone.name, lang) || String(several.indexOf(zone) + 1);
  return `${placeText(lang, kind)}: ${name}`;
}

/** Method and version of a computed figure; `null` where the dossier has no record of its run. */
export function methodOf({ runs }: Pick<Content, 'runs'>, o: Observation): { method: string; version: number } | null {
  return ('run' in o.from ? runs.get(o.from.run) : undefined) ?? null;
}

/** Number of the footnote of a figure: role, indicator and period; where it comes from; its quality. */
export function citeFigure(content: Content, o: Observation): number {
  const { lang } = content;
  const words = [indicatorText(content, o.indicator, o.by), ...(o.period === null ? [] : [periodText(lang, o.period)])];
  const quality = o.quality === 'ok' ? '' : ` (${t(lang, `quality.${o.quality}`)})`;
  const note = o.role === 'computed' && o.note !== null ? `. ${noteText(o.note, lang)}` : '';
  return content.cite(`${t(lang, `role.${o.role}`)}: ${words.join(', ')}; ${originWords(content, o.from)}${quality}${note}`);
}

/** Where a figure comes from: method, version and run; or title, page and address of the source; or file and row. */
export function originWords(content: Pick<Content, 'facts' | 'runs' | 'datasets' | 'lang'>, from: Origin): string {
  const { facts, runs, datasets, lang } = content;
  if ('run' in from) {
    const run = runs.get(from.run);
    const method = run === undefined ? [] : [run.method, t(lang, 'review.figure.version', { version: run.version })];
    return [...method, t(lang, 'review.figure.run', { run: from.run })].join(', ');
  }
  const source = from.source === undefined ? undefined : facts.sources.get(from.source);
  const page = from.page === undefined ? [] : [t(lang, 'review.page', { page: from.page })];
  const named = from.source === undefined ? [] : [source?.title ?? from.source, ...page, ...(source?.href ? [source.href] : [])];
  if (!('dataset' in from)) return [...new Set(named)].join(', ');
  const file = pick(datasets.get(from.dataset)?.title ?? {}, lang) || datasets.get(from.dataset)?.href || from.dataset;
  const row = t(lang, 'review.figure.row', { file, row: from.row });
  return named.length === 0 ? row : `${[...new Set(named)].join(', ')} – ${row}`;
}

/** Files and sources that records come from, each once, without pages and rows. */
export function sourcesText(content: Content, origins: Origin[]): string {
  const words = origins.map((from) => {
    if (!('dataset' in from)) return originWords(content, from);
    const dataset = content.datasets.get(from.dataset);
    return pick(dataset?.title ?? {}, content.lang) || dataset?.href || from.dataset;
  });
  return [...new Set(words)].join('; ');
}

/** A figure as a cell, with its footnote; one that cannot be written in `unit` names its own. */
export function figureCell(content: Content, o: Observation, unit = shownUnit(o.unit)): Cited {
  const figure = figureOf(o, unit);
  if (figure === null) return plain(NOTHING);
  const named = unitText(content.lang, figure.unit) || figure.unit.replace(/[{}]/g, '');
  const own = figure.unit === unit ? '' : ` ${named}`;
  return { text: `${figureText(content.lang, figure)}${own}`, notes: [citeFigure(content, o)] };
}

/** Several figures of one thing, source by source: equal ones are written once with all their footnotes. */
export function together(cells: Cited[]): Cited {
  if (cells.length === 0) return plain(NOTHING);
  const different = merged(cells);
  return { text: different.map(({ text }) => text).join(' / '), notes: [...new Set(different.flatMap(({ notes }) => notes))] };
}

/** Sentences or items that say the same become one, with the footnotes of all. */
export function merged(items: Cited[]): Cited[] {
  return [...Map.groupBy(items, ({ text }) => text)].map(([text, same]) => ({
    text,
    notes: [...new Set(same.flatMap(({ notes }) => notes))],
  }));
}

/** The unit that figures kept in `unit` are shown in. */
export function shownUnit(unit: string): string {
  return SHOWN_IN[unit] ?? unit;
}

/** `base.I.i`: the same table may stand in several sections. */
export function tableId(base: Id, { section }: Content): Id {
  return `${base}.${section.id}`;
}

function plainNumber(lang: Lang, size: number, most?: number): string {
  return number(lang, size, most ?? (size === 0 || size >= 1 ? DECIMALS : DECIMALS - Math.floor(Math.log10(size))));
}

function decimalsFor(halfWidth: number): number {
  if (!(halfWidth > 0)) return DECIMALS;
  return Math.min(12, Math.max(0, DIGITS_OF_HALF_WIDTH - 1 - Math.floor(Math.log10(halfWidth))));
}

function fixed(lang: Lang, value: number, decimals: number): string {
  return new Intl.NumberFormat(lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** A dash between numbers, with room where one of them carries a sign. */
function between(low: string, high: string, spaced: boolean): string {
  return spaced ? `${low} … ${high}` : `${low}–${high}`;
}
