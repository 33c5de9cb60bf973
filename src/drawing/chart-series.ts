/**
 * A chart of values over time, a line for each zone or whatever else the series are, with its intervals.
 *
 *     const svg = await seriesChart({
 *       series: [{ name: 'Core area', zone: 'core', points: [{ date: '2014', value: 31, low: 28, high: 34 }, { date: '2015', value: null }] }],
 *       unit: 'bird species', title: 'Breeding birds', lang: 'en',
 *     });
 *
 * Lines are told apart by colour, dash, mark and a name at their end. Nothing is drawn where there are no data: a line is
 * broken at a `null` and where a value is missing from a regular series; fewer than three values are dots without a line.
 */
import { number, t } from '../i18n/index.ts';
import type { ZoneKind } from '../types.ts';
import { type Markish, type Plotting, plotted } from './chart-plot.ts';
import {
  type ChartOptions,
  drawHead,
  drawNotes,
  MARGIN,
  notesHeight,
  PAPER_WIDTH,
  requireRoom,
  TEXT_SIZE,
  textAt,
  widest,
} from './chart-sheet.ts';
import { drawMark, drawSample, type LineStyle, lineStyles } from './chart-style.ts';
import { drawable, someOf, tickText, timeAxis, timeOf, valueAxis, valueText } from './chart-ticks.ts';
import { fingerprint } from './fingerprint.ts';
import { drawLegend } from './map-foot.ts';
import { svgSheet } from './svg-sheet.ts';
import { textWidth, wrapped } from './wrapped-text.ts';

interface SeriesPoint {
  /** ISO 8601 year (`2014`), month or day. */
  date: string;
  /** `null` where nothing is known: the line is broken there. */
  value: number | null;
  /** Ends of the interval. */
  low?: number | null;
  high?: number | null;
}

export interface Series {
  name: string;
  zone?: ZoneKind | null;
  points: SeriesPoint[];
}

export interface SeriesChartOptions extends ChartOptions {
  series: Series[];
  /** In words of the language; stands above the axis. */
  unit: string;
  /** Of the intervals: 0.95 is 95 %. */
  level?: number;
}

interface Point {
  at: number;
  value: number;
  low: number | null;
  high: number | null;
}

/** A series made ready: points by date, cut into runs without a gap. */
interface Ready {
  name: string;
  style: LineStyle;
  points: Point[];
  runs: Point[][];
  /** Aside from its place, where error bars of several series would cover one another [px]. */
  dx: number;
}

/** Fewer points than this are shown as they are, without a line. */
const LEAST_FOR_A_LINE = 3;
/** A step this much longer than the usual one is a gap. */
const GAP = 1.6;
/** A run of so many intervals is a band; fewer are bars. */
const LEAST_FOR_A_BAND = 3;
/** More points than this in a series stand without marks. */
const MOST_MARKS = 40;
/** Names at the ends of lines, up to so many; else below the chart. */
const MOST_NAMES = 8;
const NAME_ROW = 13;
const SAMPLE = 34;

/**
 * The chart as SVG, like the maps: no script, no style sheet, no outside address.
 * Returns `null` where no series has a value: there is nothing to draw, and the text has to say so.
 * @throws RangeError when a date cannot be read or a number is not finite or beyond 1e100; it names the series.
 */
export async function seriesChart(options: SeriesChartOptions): Promise<string | null> {
  const { unit, title, lang, width = PAPER_WIDTH, height = 320 } = options;
  const styles = lineStyles(options.series);
  const all = options.series.map((series, i) => ready(series, styles[i] as LineStyle));
  const shown = spread(all.filter(({ points }) => points.length > 0));
  if (shown.length === 0) return null;

  const notes = notesOf(options, all);
  const head = drawHead(title, unit, width);
  const atEnd = shown.length > 1 && shown.length <= MOST_NAMES ? endNames(shown, width) : null;
  const legend = shown.length > 1 && atEnd === null;
  const items = shown.map(({ name, style }) => ({ text: name, picture: (x: number, y: number) => drawSample(style, x, y) }));
  const legendHeight = legend ? drawLegend(items, { left: MARGIN, top: 0, width: width - 2 * MARGIN }).bottom + 4 : 0;
  const bottom = notesHeight(notes, width) + legendHeight;
  const axis = valueAxis(
    shown.flatMap(({ points }) => points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])),
    { ticks: Math.max(2, Math.floor((height - head.bottom - bottom - 30) / 45)) },
  );
  const labels = axis.ticks.map((tick) => tickText(lang, axis, tick));
  const margins = {
    left: MARGIN + widest(labels) + 8,
    top: head.bottom + 6,
    right: (atEnd?.room ?? 0) + 20,
    bottom: bottom + 26,
  };
  const wide = width - margins.left - margins.right - 20;
  requireRoom(margins, width, height);
  const time = timeAxis(
    shown.flatMap(({ points }) => points.map(({ at }) => at)),
    { width: wide, size: TEXT_SIZE, lang },
  );

  const drawn = await plotted({ width, height, margins }, (plot) => ({
    x: { type: 'utc', domain: time.domain, insetLeft: 10, insetRight: 10, axis: null },
    y: { domain: axis.domain, axis: null },
    marks: [
      plot.gridY(axis.ticks, { strokeOpacity: 0.16 }),
      plot.axisY(axis.ticks, {
        label: null,
        tickSize: 0,
        fontSize: TEXT_SIZE,
        tickFormat: (tick: number) => tickText(lang, axis, tick),
      }),
      plot.axisX(
        time.ticks.map(({ at }) => new Date(at)),
        {
          label: null,
          fontSize: TEXT_SIZE,
          tickSize: 4,
          tickFormat: (tick: Date) => time.ticks.find(({ at }) => at === Number(tick))?.text ?? '',
        },
      ),
      plot.ruleY(axis.domain[0] <= 0 && axis.domain[1] >= 0 ? [0] : [], {}),
      ...shown.flatMap((series) => marksOf(series, plot)),
    ],
  }));
  const marks = shown.flatMap(({ points, style, dx }) =>
    points.length > MOST_MARKS ? [] : points.map(({ at, value }) => drawMark(style, drawn.x(new Date(at)) + dx, drawn.y(value))),
  );
  const names =
    atEnd === null
      ? ''
      : drawNames(shown, atEnd.lines, {
          left: width - margins.right + 4,
          top: margins.top,
          bottom: height - margins.bottom,
          ...drawn,
        });
  const foot = height - bottom;
  const id = `chart-${fingerprint(JSON.stringify(options))}`;
  return svgSheet({
    id,
    title,
    lang,
    width,
    height,
    description: describe(options, shown),
    body: [
      head.svg,
      drawn.svg,
      ...marks,
      names,
      legend ? drawLegend(items, { left: MARGIN, top: foot, width: width - 2 * MARGIN }).svg : '',
      drawNotes(notes, foot + legendHeight, width),
    ].join(''),
  });
}

function ready({ name, points }: Series, style: LineStyle): Ready {
  const known = points
    .map(({ date, value, low, high }) => ({
      at: timeOf(date, name),
      value: value === null ? null : drawable(value, name),
      low: low === null || low === undefined ? null : drawable(low, name),
      high: high === null || high === undefined ? null : drawable(high, name),
    }))
    .sort((a, b) => a.at - b.at);
  const present = known.filter((point): point is Point => point.value !== null);
  const steps = present.slice(1).map(({ at }, i) => at - (present[i] as Point).at);
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const point of known) {
    const { value, at } = point;
    const before = run[run.length - 1];
    const gap = value === null || (before !== undefined && steps.length > 1 && at - before.at > GAP * usual);
    if (gap && run.length > 0) {
      runs.push(run);
      run = [];
    }
    if (value !== null) run.push({ ...point, value });
  }
  if (run.length > 0) runs.push(run);
  return { name, style, points: present, runs, dx: 0 };
}

/** Series with error bars side by side. */
function spread(series: Ready[]): Ready[] {
  const bars = series.filter(({ runs }) => runs.some((run) => !isBand(run) && run.some(hasInterval)));
  return series.map((one) => (bars.includes(one) ? { ...one, dx: (bars.indexOf(one) - (bars.length - 1) / 2) * 5 } : one));
}

const hasInterval = ({ low, high }: Point): boolean => low !== null && high !== null;
const isBand = (run: Point[]): boolean => run.length >= LEAST_FOR_A_BAND && run.every(hasInterval);

/** Bands first, lines over them; a band or line for each run. */
function marksOf({ runs, points, style, dx }: Ready, { areaY, lineY, ruleX }: Plotting): Markish[] {
  const at = ({ at }: Point): Date => new Date(at);
  const bands = runs
    .filter(isBand)
    .map((run) => areaY(run, { x: at, y1: 'low', y2: 'high', fill: style.stroke, fillOpacity: 0.17, dx }));
  const bars = runs
    .filter((run) => !isBand(run))
    .map((run) => ruleX(run.filter(hasInterval), { x: at, y1: 'low', y2: 'high', stroke: style.stroke, strokeWidth: 1.4, dx }));
  if (points.length < LEAST_FOR_A_LINE) return bars;
  const dashed = style.dashes === null ? {} : { strokeDasharray: style.dashes };
  const lines = runs
    .filter((run) => run.length > 1)
    .map((run) => lineY(run, { x: at, y: 'value', stroke: style.stroke, strokeWidth: 2, dx, ...dashed }));
  return [...bands, ...bars, ...lines];
}

/** Names in lines for the right margin and the room they take; `null` where they would take more than a third of the width. */
function endNames(shown: Ready[], width: number): { lines: string[][]; room: number } | null {
  const most = Math.min(190, width / 3) - SAMPLE;
  if (most < 60) return null;
  const lines = shown.map(({ name }) => wrapped(name, most, TEXT_SIZE));
  return { lines, room: SAMPLE + 6 + Math.min(most, Math.max(...lines.flat().map((line) => textWidth(line, TEXT_SIZE)))) };
}

/** Names right of the chart at the height of each last value, moved apart, with a thin line to it. */
function drawNames(
  shown: Ready[],
  lines: string[][],
  at: { left: number; top: number; bottom: number; x(value: unknown): number; y(value: unknown): number },
): string {
  const names = shown.map(({ points, style, dx }, i) => {
    const last = points[points.length - 1] as Point;
    const end: [number, number] = [at.x(new Date(last.at)) + dx, at.y(last.value)];
    return { style, end, lines: lines[i] as string[], height: (lines[i] as string[]).length * NAME_ROW + 3, y: end[1] };
  });
  const inOrder = names.toSorted((a, b) => a.end[1] - b.end[1]);
  let free = Math.min(at.top - 6, at.top);
  for (const name of inOrder) {
    name.y = Math.max(name.end[1] - name.height / 2, free);
    free = name.y + name.height;
  }
  let floor = Math.max(at.bottom + 20, at.top + names.reduce((sum, { height }) => sum + height, 0));
  for (const name of inOrder.toReversed()) {
    name.y = Math.min(name.y, floor - name.height);
    floor = name.y;
  }
  return inOrder
    .map(({ style, end: [x, y], lines: words, height, y: top }) => {
      const middle = top + height / 2;
      const far = Math.hypot(at.left - x, middle - y) > 16;
      const leader = far
        ? `<path d="M${(x + 6).toFixed(1)} ${y.toFixed(1)}L${at.left} ${middle.toFixed(1)}" fill="none" stroke="${style.stroke}" stroke-width=".6" stroke-opacity=".7"/>`
        : '';
      const rows = words.map((line, i) => textAt(at.left + SAMPLE, top + 12 + i * NAME_ROW, line)).join('');
      return leader + drawSample(style, at.left + 15, Math.round(middle)) + rows;
    })
    .join('');
}

function notesOf({ lang, level }: SeriesChartOptions, all: Ready[]): string[] {
  const intervals = all.some(({ points }) => points.some(hasInterval));
  const empty = all.filter(({ points }) => points.length === 0).map(({ name }) => name);
  const broken = all.some(({ runs }) => runs.length > 1);
  return [
    ...(intervals
      ? [level === undefined ? t(lang, 'chart.interval') : t(lang, 'chart.interval-level', { level: number(lang, level * 100) })]
      : []),
    ...(broken ? [t(lang, 'chart.gaps')] : []),
    ...(empty.length > 0 ? [t(lang, 'chart.no-data-for', { names: someOf(lang, empty) })] : []),
  ];
}

function describe({ lang, unit }: SeriesChartOptions, shown: Ready[]): string {
  const list = shown.slice(0, 12).map(({ name, points }) => {
    const [first, last] = [points[0] as Point, points[points.length - 1] as Point];
    const year = ({ at }: Point): string => String(new Date(at).getUTCFullYear());
    const values = {
      name,
      first: valueText(lang, first.value),
      firstYear: year(first),
      last: valueText(lang, last.value),
      lastYear: year(last),
    };
    return points.length === 1 ? t(lang, 'chart.described-one', values) : t(lang, 'chart.described', values);
  });
  return t(lang, 'chart.series-description', { unit, list: list.join('; ') });
}
