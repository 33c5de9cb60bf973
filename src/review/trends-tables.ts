/**
 * Trends of living things as tables: a row for each species or group, a column for the reserve and each zone.
 *
 *     Otis tarda (great bustard) | 2016–2025 | +6.8 (+1.5 … +12.4), moderate increase¹ | +12.9 (…), strong increase² | …
 */
import { t } from '../i18n/index.ts';
import { noteText } from '../indicators/figure-note.ts';
import { verdictKey, verdictOf } from '../indicators/trend-verdict.ts';
import { type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id, Lang, Observation } from '../types.ts';
import type { Content } from './content.ts';
import {
  estimateText,
  featureText,
  indicatorText,
  NOTHING,
  originWords,
  periodText,
  placeText,
  tableId,
  together,
} from './figures.ts';
import { textOf } from './sentences.ts';
import { PLACES, type Place, type Trend } from './trends-known.ts';

const FUNCTIONS = ['conservation', 'development', 'logistic'];
const PERCENT = 100;

/** Number of the footnote of a trend: indicator, years, method, run, and what was left out; the same for all species of one run. */
export function citeTrend(content: Content, o: Observation): number {
  const { lang } = content;
  const words = [indicatorText(content, o.indicator), periodText(lang, o.period)].join(', ');
  const note = o.note === null ? '' : `. ${noteText(o.note, lang)}`;
  return content.cite(`${t(lang, 'role.computed')}: ${words}; ${originWords(content, o.from)}${note}`);
}

/** A species with its name in the language of the review, where the register has one; a function or group in words. */
export function subjectText(content: Content, name: string | null): string {
  const { lang, records } = content;
  if (name === null) return t(lang, 'review.trends.all-species');
  if (FUNCTIONS.includes(name)) return t(lang, 'review.trends.of-function', { name: t(lang, `review.indicators.of.${name}`) });
  const bare = (text: string): string => text.toLowerCase().split(/\s+/).slice(0, 2).join(' ');
  const known = records.entries.find(
    (one) => one.register === 'species' && bare(textOf(one, 'scientific_name') ?? '') === bare(name),
  );
  const called = known === undefined ? null : textOf(known, `name_${lang}`);
  return called === null || called === '' ? name : `${name} (${called})`;
}

/** The change in per cent a year with its interval, and its class; why there is none stands in the footnote. */
export function trendCell(content: Content, o: Observation, several: boolean): Cited {
  const { lang } = content;
  const verdict = verdictOf(o);
  const notes = [citeTrend(content, o)];
  if (o.value === null || verdict === null) return { text: NOTHING, notes };
  const percent = (factor: number | null): number | null => (factor === null ? null : PERCENT * (factor - 1));
  const change = { value: PERCENT * (o.value - 1), low: percent(o.low), high: percent(o.high), level: null };
  const text = `${estimateText(lang, change, { signed: true, most: 1 })}, ${t(lang, verdictKey(verdict))}`;
  return { text: several ? `${featureText(content, o.feature)}: ${text}` : text, notes };
}

/** Trends of `indicator`; the columns are the places of which something is known. */
export function trendTable(content: Content, indicator: Id, trends: readonly Trend[]): Table {
  const { lang } = content;
  const places = PLACES.filter((place) => trends.some((trend) => trend.places.has(place)));
  const key = indicator.replace('-trend', '');
  return {
    kind: 'table',
    id: tableId(indicator, content),
    caption: t(lang, `review.trends.table-${key}`),
    head: [
      t(lang, indicator === 'species-trend' ? 'review.trends.group' : 'review.trends.species'),
      t(lang, 'review.trends.years'),
      ...places.map((place) => placeText(lang, place)),
    ],
    rows: trends.map((trend) => [
      plain(subjectText(content, trend.name)),
      years(content, trend),
      ...cells(content, trend, places),
    ]),
    align: ['start', 'start', ...places.map(() => 'start' as const)],
    ...(places.length > 3 ? { landscape: true } : {}),
  };
}

function years({ lang }: Content, { places }: Trend): Cited {
  const texts = [...new Set([...places.values()].flat().map(({ period }) => periodText(lang, period)))];
  return plain(texts.join(', '));
}

function cells(content: Content, { places }: Trend, columns: readonly Place[]): Cited[] {
  return columns.map((place) => {
    const own = places.get(place) ?? [];
    return own.length === 0 ? plain(NOTHING) : together(own.map((o) => trendCell(content, o, own.length > 1)));
  });
}

/** What measures did: by what factor more than at the control, with interval and verdict. */
export function effectTable(content: Content, effects: readonly Trend[]): Table {
  const { lang } = content;
  const rows = effects.flatMap(({ name, places }) =>
    PLACES.flatMap((place) =>
      (places.get(place) ?? []).map((o): Cited[] => [
        plain(subjectText(content, name)),
        plain(
          place === 'whole' || (places.get(place)?.length ?? 0) < 2 ? placeText(lang, place) : featureText(content, o.feature),
        ),
        plain(noted(o, 'effect-since') ?? periodText(lang, o.period)),
        plain(noted(o, 'effect-control') ?? t(lang, 'review.trends.no-control')),
        effectCell(content, o),
      ]),
    ),
  );
  return {
    kind: 'table',
    id: tableId('before-after-effect', content),
    caption: t(lang, 'review.trends.table-effect'),
    head: ['of', 'place', 'before-after', 'control', 'factor'].map((key) => t(lang, `review.trends.${key}`)),
    rows,
    align: ['start', 'start', 'start', 'end', 'start'],
  };
}

function effectCell(content: Content, o: Observation): Cited {
  const { lang } = content;
  const verdict = verdictOf(o);
  const notes = [citeTrend(content, o)];
  if (o.value === null || verdict === null) return { text: NOTHING, notes };
  return { text: `${factorText(lang, o)}, ${t(lang, verdictKey(verdict))}`, notes };
}

/** A factor with its interval, to the hundredth: whether 1 lies within must be seen. */
export function factorText(lang: Lang, { value, low, high }: Pick<Observation, 'value' | 'low' | 'high'>): string {
  const write = (x: number): string =>
    new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(x);
  if (value === null) return NOTHING;
  return low === null || high === null ? write(value) : `${write(value)} (${write(low)}–${write(high)})`;
}

/** The value of a code in a note. */
function noted({ note }: Pick<Observation, 'note'>, code: string): string | null {
  const part = note?.split('; ').find((one) => one.startsWith(`${code}=`));
  return part === undefined ? null : part.slice(code.length + 1);
}
