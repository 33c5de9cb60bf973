/**
 * Panels above one another on one axis of years: what belongs together and has different units. Makes the same picture in a report, on
 * a server and in a browser, so it knows no catalogue: words and the writing of numbers come from outside.
 *
 *     panelChart({ title: 'The sea', lang: 'en', description: '…', from: 1960, to: 2026, figure, legend: [{ name: 'North', style: 0 }],
 *       panels: [{ title: 'Level, m', series: [{ style: 0, points: [{ at: 1960.5, value: 53.4, sign: 'C1' }] }] }], notes: [] })
 *
 * Lines are told apart by colour, dash and mark; a line is broken where more than `GAP` years have no value, so that nothing is drawn
 * where nothing was seen. A point with a sign is filled and the sign stands beside the first point that has it.
 */
import type { Lang } from '../types.ts';
import { drawMark, drawSample, type LineStyle, otherLines } from './chart-style.ts';
import { escaped } from './escaped.ts';
import { fingerprint } from './fingerprint.ts';
import { drawTitle, svgSheet } from './svg-sheet.ts';
import { textWidth, wrapped } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

export interface PanelPoint {
  /** Year and part of a year: 2022.8. */
  at: number;
  value: number;
  low?: number;
  high?: number;
  /** Stands beside it, such as the number of a contradiction; the mark is filled. */
  sign?: string;
}

export interface PanelSeries {
  /** Place in the list of line styles; the same water has the same in all panels. */
  style: number;
  points: PanelPoint[];
  /** Without marks, as values of every year of a model. */
  smooth?: boolean;
}

export interface Panel {
  title: string;
  series: PanelSeries[];
  /** Said where there is no point. */
  empty?: string;
  /** The axis begins near the least value, however far from zero; heights above a zero of their own have no other beginning. */
  free?: boolean;
  /** A line across, such as a limit. */
  marks?: { value: number; text: string }[];
}

export interface PanelChart {
  title: string;
  lang: Lang;
  description: string;
  from: number;
  to: number;
  panels: Panel[];
  legend: { name: string; style: number }[];
  notes: string[];
  /** Writes a number with at most so many decimals. */
  figure(value: number, digits: number): string;
  width?: number;
  panelHeight?: number;
}

const EDGE = 12;
const SIZE = 11;
const NOTE = 9.5;
const GREY = '#46544e';
/** Words of lines across stand beside one another, so that near ones can be read. */
const MARK_STEP = 34;
/** Years without a value that a line still crosses. */
const GAP = 1.6;
/** Fewer points than this have no line. */
const LEAST_FOR_A_LINE = 3;
const YEAR_STEPS = [1, 2, 5, 10, 20, 50];

/** The drawing as SVG without script, style sheet or outside address. */
export function panelChart(chart: PanelChart): string {
  const { title, lang, description, from, to, panels, notes, figure, width = 720, panelHeight = 130 } = chart;
  const axes = panels.map(({ series, marks = [], free = false }) =>
    roundAxis([...series.flatMap(valuesOf), ...marks.map(({ value }) => value)], free),
  );
  const labels = axes.map((axis) => axis?.ticks.map((tick) => figure(tick, axis.digits)) ?? []);
  const left = EDGE + 8 + Math.max(0, ...labels.flat().map((label) => textWidth(label, SIZE)));
  const right = width - EDGE - 14;
  const x = (at: number): number => left + 8 + ((at - from) / (to - from)) * (right - left - 8);
  const years = yearTicks(from, to, right - left);
  const head = drawTitle(title, width, { size: 14, margin: EDGE });
  const legend = drawLegend(chart.legend, 6 + head.height, width);
  let top = legend.bottom + 4;
  const body: string[] = [head.svg, legend.svg];
  for (const [i, panel] of panels.entries()) {
    const lines = wrapped(panel.title, width - 2 * EDGE, SIZE, 'bold');
    body.push(...lines.map((line, n) => text(EDGE, top + 12 + n * 14, line, { bold: true })));
    top += lines.length * 14 + 8;
    const bottom = top + (axes[i] === null ? 26 : panelHeight);
    body.push(
      drawPanel(panel, {
        axis: axes[i] ?? null,
        labels: labels[i] ?? [],
        x,
        years,
        left,
        right,
        top,
        bottom,
        last: i === panels.length - 1,
      }),
    );
    top = bottom + (i === panels.length - 1 ? 22 : 12);
  }
  const rows = notes.flatMap((note) => wrapped(note, width - 2 * EDGE, NOTE));
  body.push(...rows.map((row, i) => text(EDGE, top + 10 + i * 12.5, row, { size: NOTE, fill: GREY })));
  const height = Math.ceil(top + rows.length * 12.5 + 8);
  const { figure: _, ...told } = chart;
  return svgSheet({
    id: `panels-${fingerprint(JSON.stringify(told))}`,
    title,
    lang,
    width,
    height,
    description,
    body: body.join(''),
  });
}

const valuesOf = ({ points }: PanelSeries): number[] =>
  points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);

interface Axis {
  low: number;
  high: number;
  ticks: number[];
  digits: number;
}

/** About four round ticks round the values, from zero where they come near it; `null` without values. */
function roundAxis(values: readonly number[], free: boolean): Axis | null {
  if (values.length === 0) return null;
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (!free && low >= 0 && low < high / 2) low = 0;
  if (high === low) [low, high] = [low - 1, high + 1];
  const power = 10 ** Math.floor(Math.log10((high - low) / 4));
  const step = power * ([1, 2, 5, 10].find((n) => n * power * 4 >= (high - low) * (1 - 1e-9)) ?? 10);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step + 0);
  return { low: first * step, high: last * step, ticks, digits: Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) };
}

function yearTicks(from: number, to: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / 44));
  const step = YEAR_STEPS.find((years) => (to - from) / years <= most) ?? 100;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, i) => first + i * step);
}

interface Place {
  axis: Axis | null;
  labels: string[];
  x(at: number): number;
  years: number[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  last: boolean;
}

function drawPanel(
  { series, empty = '', marks = [] }: Panel,
  { axis, labels, x, years, left, right, top, bottom, last }: Place,
): string {
  const out: string[] = [];
  for (const year of years) {
    out.push(rule(x(year), top, x(year), bottom, 0.1));
    if (last) out.push(text(x(year), bottom + 15, String(year), { anchor: 'middle' }));
  }
  if (axis === null) return [...out, text(left, top + 16, empty, { fill: GREY })].join('');
  const y = (value: number): number => bottom - ((value - axis.low) / (axis.high - axis.low)) * (bottom - top);
  for (const [i, tick] of axis.ticks.entries()) {
    out.push(rule(left, y(tick), right, y(tick), 0.16), text(left - 6, y(tick) + 4, labels[i] ?? '', { anchor: 'end' }));
  }
  for (const [i, mark] of marks.entries()) {
    out.push(
      `<path d="M${n(left)} ${n(y(mark.value))}H${n(right)}" stroke="${INK}" stroke-width="1" stroke-dasharray="2 4"/>`,
      text(right - i * MARK_STEP, y(mark.value) - 3, mark.text, { anchor: 'end', size: NOTE, fill: GREY }),
    );
  }
  const told = new Set<string>();
  for (const one of series) out.push(drawSeries(one, x, y));
  for (const { points } of series)
    for (const { at, value, sign } of points) {
      if (sign === undefined || told.has(sign)) continue;
      told.add(sign);
      out.push(text(x(at) + 6, Math.max(top + 8, y(value) - 5), sign, { size: NOTE, bold: true, halo: true }));
    }
  return out.join('');
}

/** The band, the line of each run without a gap, then the marks. */
function drawSeries(
  { style: number, points, smooth = false }: PanelSeries,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  const style = otherLines[number % otherLines.length] as LineStyle;
  const sorted = points.toSorted((a, b) => a.at - b.at);
  const runs: PanelPoint[][] = [];
  for (const point of sorted) {
    const run = runs.at(-1);
    if (run === undefined || point.at - (run.at(-1) as PanelPoint).at > GAP) runs.push([point]);
    else run.push(point);
  }
  const path = (some: readonly (readonly [number, number])[]): string => some.map(([a, b]) => `${n(x(a))} ${n(y(b))}`).join('L');
  const out: string[] = [];
  for (const run of runs) {
    const banded = run.filter(({ low, high }) => low !== undefined && high !== undefined);
    if (banded.length > 2) {
      const upper = banded.map(({ at, high }) => [at, high as number] as const);
      const lower = banded.map(({ at, low }) => [at, low as number] as const).toReversed();
      out.push(`<path d="M${path([...upper, ...lower])}Z" fill="${style.stroke}" fill-opacity=".17"/>`);
    }
    if (banded.length <= 2)
      for (const { at, low, high } of banded)
        out.push(
          `<path d="M${n(x(at))} ${n(y(low as number))}V${n(y(high as number))}" stroke="${style.stroke}" stroke-width="1.4"/>`,
        );
    if (sorted.length >= LEAST_FOR_A_LINE && run.length > 1) {
      const dashes = style.dashes === null ? '' : ` stroke-dasharray="${style.dashes}"`;
      out.push(
        `<path d="M${path(run.map(({ at, value }) => [at, value]))}" fill="none" stroke="${style.stroke}" stroke-width="2"${dashes}/>`,
      );
    }
  }
  if (!smooth)
    for (const { at, value, sign } of sorted)
      out.push(drawMark(sign === undefined ? style : { ...style, fill: style.stroke }, x(at), y(value)));
  return out.join('');
}

function drawLegend(items: PanelChart['legend'], top: number, width: number): { svg: string; bottom: number } {
  if (items.length < 2) return { svg: '', bottom: top };
  let [left, row] = [EDGE, 0];
  const svg = items.map(({ name, style }) => {
    const wide = 36 + textWidth(name, SIZE) + 12;
    if (left > EDGE && left + wide > width - EDGE) [left, row] = [EDGE, row + 1];
    const at = [left, top + 10 + row * 18] as const;
    left += wide;
    return drawSample(otherLines[style % otherLines.length] as LineStyle, at[0] + 14, at[1]) + text(at[0] + 34, at[1] + 4, name);
  });
  return { svg: svg.join(''), bottom: top + (row + 1) * 18 + 4 };
}

const n = (value: number): string => String(Math.round(value * 10) / 10 + 0);

const rule = (x1: number, y1: number, x2: number, y2: number, opacity: number): string =>
  `<path d="M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}" stroke="${INK}" stroke-opacity="${opacity}"/>`;

function text(
  x: number,
  y: number,
  words: string,
  { size = SIZE, anchor = 'start', fill = INK, bold = false, halo = false } = {},
): string {
  const stroke = halo ? ' stroke="#fff" stroke-width="3" paint-order="stroke"' : '';
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" text-anchor="${anchor}" fill="${fill}"${bold ? ' font-weight="700"' : ''}${stroke}>${escaped(words)}</text>`;
}
