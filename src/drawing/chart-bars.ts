/**
 * Bars by year or other class: stacked for what adds up (a budget by source), side by side for what does not.
 *
 *     const svg = await barsChart({
 *       categories: ['2022', '2023'], arrangement: 'stacked', unit: 'million tenge', title: 'Budget', lang: 'en',
 *       series: [{ name: 'State', values: [120, 131] }, { name: 'Grants', values: [14, null] }],
 *     });
 *
 * Bars are told apart by tint and pattern. A blank is never a zero: it is marked by a dash or named below the chart, and no
 * total stands over a bar that lacks a part. Bars stand upright; where the names of the classes do not fit under them, they lie.
 */
import { t } from '../i18n/index.ts';
import { drawBarNames, drawBarValues } from './chart-bar-labels.ts';
import { type BarData, barPlaces, barsInClass } from './chart-bar-places.ts';
import { type Margins, plotted } from './chart-plot.ts';
import {
  type ChartOptions,
  drawHead,
  drawNotes,
  LEAST_ROOM,
  MARGIN,
  notesHeight,
  PAPER_WIDTH,
  requireRoom,
  TEXT_SIZE,
  widest,
} from './chart-sheet.ts';
import { barPattern, barStylesOf } from './chart-style.ts';
import { someOf, tickText, valueAxis, valueText } from './chart-ticks.ts';
import { fingerprint } from './fingerprint.ts';
import { drawLegend } from './map-foot.ts';
import { svgSheet } from './svg-sheet.ts';
import { wrapped } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

export interface BarsChartOptions extends ChartOptions, BarData {
  /** In words of the language. */
  unit: string;
}

/** Lines that the name of a class may take under upright bars; more, and the bars lie. */
const MOST_LINES = 3;
const ROW = 13;
/** A lying bar is about so thick, a class so high at least [px]. */
const LYING = { bar: 15, least: 26 };

/**
 * The chart as SVG, like the maps: no script, no style sheet, no outside address. `height` is that of upright bars; lying
 * bars make the drawing as high as they need.
 * Returns `null` where no series has a value: there is nothing to draw, and the text has to say so.
 * @throws RangeError when a series has not one value for each class, or one that is not finite or beyond 1e100.
 */
export async function barsChart(options: BarsChartOptions): Promise<string | null> {
  const { categories, series, unit, title, lang, width = PAPER_WIDTH } = options;
  const bars = barPlaces(options);
  const known = bars.filter(({ value }) => value !== null);
  if (known.length === 0) return null;

  const id = `chart-${fingerprint(JSON.stringify(options))}`;
  const styles = barStylesOf(series);
  const head = drawHead(title, unit, width);
  const notes = notesOf(options);
  const legend = (top: number) => drawnLegend(options, { top, width, id });
  const below = legend(0).bottom + notesHeight(notes, width);
  const room = (width - 2 * MARGIN - 50) / categories.length - 6;
  const standing = categories.map((name) => wrapped(name, Math.max(room, 1), TEXT_SIZE));
  const upright = standing.every((lines, i) => lines.length <= MOST_LINES && lines.join(' ') === categories[i]);
  const names = upright ? standing : categories.map((name) => wrapped(name, width * 0.36, TEXT_SIZE));
  const highest = Math.max(...names.map((lines) => lines.length * ROW + 6), LYING.bar * barsInClass(options) + 8);
  const across = Math.max(LYING.least, LEAST_ROOM / categories.length, highest);
  const namesHigh = upright ? Math.max(...names.map(({ length }) => length)) * ROW + 8 : 22;
  const height = upright ? (options.height ?? 320) : Math.ceil(head.bottom + 4 + across * categories.length + namesHigh + below);
  const values = known.flatMap(({ from, to }) => [from, to]);
  const axis = valueAxis(values, {
    ticks: upright ? Math.max(2, (height - head.bottom - below - namesHigh) / 45) : 5,
    zero: true,
  });
  const label = (tick: number): string => tickText(lang, axis, tick);
  const margins: Margins = {
    left: MARGIN + 8 + widest(upright ? axis.ticks.map(label) : names.flat()),
    right: upright ? MARGIN : MARGIN + 44,
    top: head.bottom + (upright ? 14 : 4),
    bottom: below + namesHigh,
  };
  requireRoom(margins, width, height);

  const drawn = await plotted({ width, height, margins }, (plot) => {
    const along = { domain: upright ? [0, categories.length] : [categories.length, 0], axis: null };
    const values = { domain: axis.domain, axis: null };
    const ticks = { label: null, tickSize: 0, fontSize: TEXT_SIZE, tickFormat: label };
    const sides = upright ? { x1: 'start', x2: 'end', y1: 'from', y2: 'to' } : { x1: 'from', x2: 'to', y1: 'start', y2: 'end' };
    return {
      x: upright ? along : values,
      y: upright ? values : along,
      marks: [
        upright ? plot.gridY(axis.ticks, { strokeOpacity: 0.16 }) : plot.gridX(axis.ticks, { strokeOpacity: 0.16 }),
        upright ? plot.axisY(axis.ticks, ticks) : plot.axisX(axis.ticks, ticks),
        ...series.map((_, i) =>
          plot.rect(
            known.filter((bar) => bar.series === i),
            { ...sides, fill: `url(#${id}-${i})`, stroke: INK, strokeWidth: 0.7 },
          ),
        ),
        upright ? plot.ruleY([0]) : plot.ruleX([0]),
      ],
    };
  });
  const foot = legend(height - below);
  return svgSheet({
    id,
    title,
    lang,
    width,
    height,
    defs: styles.map((style, i) => barPattern(style, `${id}-${i}`)).join(''),
    description: describe(options),
    body: [
      head.svg,
      drawn.svg,
      drawBarNames(names, drawn, { upright, at: upright ? height - margins.bottom + ROW : margins.left - 8 }),
      drawBarValues(bars, drawn, { ...options, upright, styles }),
      foot.svg,
      drawNotes(notes, foot.bottom, width),
    ].join(''),
  });
}

/** Names of the series with their fills; nothing for a single one. */
function drawnLegend(
  { series }: BarsChartOptions,
  { top, width, id }: { top: number; width: number; id: string },
): { svg: string; bottom: number } {
  if (series.length < 2) return { svg: '', bottom: top };
  const items = series.map(({ name }, i) => ({
    text: name,
    picture: (x: number, y: number) =>
      `<rect x="${x - 13}" y="${y - 7}" width="26" height="14" fill="url(#${id}-${i})" stroke="${INK}" stroke-width=".7"/>`,
  }));
  const { svg, bottom } = drawLegend(items, { left: MARGIN, top: top + 2, width: width - 2 * MARGIN });
  return { svg, bottom: bottom + 2 };
}

function notesOf({ categories, series, lang }: BarsChartOptions): string[] {
  const blanks = series.flatMap(({ name, values }) => {
    const missing = categories.filter((_, i) => values[i] == null);
    if (missing.length === 0) return [];
    const which = missing.length === categories.length ? '' : ` (${someOf(lang, missing, { most: 6 })})`;
    return [series.length === 1 ? someOf(lang, missing) : `${name}${which}`];
  });
  return blanks.length === 0 ? [] : [t(lang, 'chart.no-data-for', { names: someOf(lang, blanks, { most: 8, separator: '; ' }) })];
}

function describe({ categories, series, unit, lang }: BarsChartOptions): string {
  const list = categories.slice(0, 20).map((category, c) => {
    const values = series.map(({ name, values }) => {
      const value = values[c] ?? null;
      const text = value === null ? t(lang, 'chart.no-data') : valueText(lang, value);
      return series.length === 1 ? text : `${name} ${text}`;
    });
    return `${category}: ${values.join(', ')}`;
  });
  return t(lang, 'chart.bars-description', { unit, list: list.join('; ') });
}
