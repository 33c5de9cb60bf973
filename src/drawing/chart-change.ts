/**
 * Changes of indicators in per cent, each as a dot with its interval about a line of no change.
 *
 *     const svg = await changeChart({
 *       rows: [{ indicator: 'Forest cover', zone: 'core', effect: 3.1, low: -0.4, high: 6.8 }, { indicator: 'Forest cover', zone: 'buffer', effect: null }],
 *       title: '', lang: 'en',
 *     });
 *
 * A row without an effect stays in its place and says "no data".
 */
import { number, t } from '../i18n/index.ts';
import type { Lang, ZoneKind } from '../types.ts';
import { plotted } from './chart-plot.ts';
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
  textAt,
  widest,
} from './chart-sheet.ts';
import { drawMark, type LineStyle, otherLines, zoneLines } from './chart-style.ts';
import { drawable, tickText, valueAxis, withMinus } from './chart-ticks.ts';
import { fingerprint } from './fingerprint.ts';
import { svgSheet } from './svg-sheet.ts';
import { wrapped } from './wrapped-text.ts';

export interface ChangeRow {
  indicator: string;
  /** Names the row below its indicator. */
  zone?: ZoneKind | null;
  /** Names the row where it is no zone. */
  name?: string;
  /** [%]; `null` where nothing is known. */
  effect: number | null;
  low?: number | null;
  high?: number | null;
}

interface ChangeChartOptions extends Omit<ChartOptions, 'height'> {
  rows: ChangeRow[];
  /** Of the intervals: 0.95 is 95 %. */
  level?: number;
}

/** A line of the chart: the name of an indicator, or a row below it. */
interface Line {
  label: string[];
  row: ChangeRow | null;
  height: number;
}

const ROW = 20;
const LINE = 13;
const VALUE_SIZE = 10;

/**
 * The chart as SVG, like the maps: no script, no style sheet, no outside address; as high as its rows need.
 * Returns `null` where no row has an effect: there is nothing to draw, and the text has to say so.
 * @throws RangeError when a number is not finite or beyond 1e100; it names the row.
 */
export async function changeChart(options: ChangeChartOptions): Promise<string | null> {
  const { title, lang, width = PAPER_WIDTH, level } = options;
  const rows = options.rows.map(ready);
  const known = rows.filter(({ effect }) => effect !== null);
  if (known.length === 0) return null;

  const head = drawHead(title, t(lang, 'chart.change'), width);
  const note =
    level === undefined
      ? t(lang, 'chart.change-interval')
      : t(lang, 'chart.change-interval-level', { level: number(lang, level * 100) });
  const lines = linesOf(rows, width * 0.34, lang);
  const texts = rows.map((row) => effectText(row, lang));
  const axis = valueAxis(
    known.flatMap(({ effect, low, high }) => [effect as number, low ?? (effect as number), high ?? (effect as number)]),
    { ticks: 6, zero: true },
  );
  const label = (tick: number): string => tickText(lang, axis, tick);
  const high = lines.reduce((sum, { height }) => sum + height, 0);
  const below = notesHeight([note], width);
  const margins = {
    left: MARGIN + 10 + widest(lines.flatMap(({ label }) => label)),
    right: MARGIN + 10 + widest(texts, VALUE_SIZE),
    top: head.bottom + 4,
    bottom: below + 24,
  };
  const height = Math.ceil(margins.top + high + margins.bottom);
  requireRoom({ ...margins, top: 0, bottom: 0 }, width, Math.max(height, LEAST_ROOM));
  let top = 0;
  const placed = lines.map((line) => {
    top += line.height;
    return { ...line, middle: top - line.height / 2 };
  });
  const middles = new Map(placed.flatMap(({ row, middle }) => (row === null ? [] : [[row, middle] as const])));

  const drawn = await plotted({ width, height, margins }, (plot) => ({
    x: { domain: axis.domain, axis: null },
    y: { domain: [high, 0], axis: null },
    marks: [
      plot.gridX(axis.ticks, { strokeOpacity: 0.16 }),
      plot.axisX(axis.ticks, { label: null, tickSize: 4, fontSize: TEXT_SIZE, tickFormat: label }),
      plot.ruleX([0], { strokeWidth: 2, strokeOpacity: 0.45 }),
      ...known.map((row) =>
        plot.ruleY(row.low == null || row.high == null ? [] : [row], {
          x1: 'low',
          x2: 'high',
          y: () => middles.get(row),
          stroke: styleOf(row).stroke,
          strokeWidth: 2,
        }),
      ),
    ],
  }));
  const dots = known.map((row) => drawMark(styleOf(row), drawn.x(row.effect), drawn.y(middles.get(row))));
  const names = placed.flatMap(({ label, row, middle }) =>
    label.map((line, i) => {
      const y = drawn.y(middle) + 4 + (i - (label.length - 1) / 2) * LINE;
      return textAt(row !== null && ownLabel(row, lang) !== '' ? MARGIN + 10 : MARGIN, y, line, { bold: row === null });
    }),
  );
  const values = rows.map((row, i) =>
    textAt(width - MARGIN, drawn.y(middles.get(row)) + 3.6, texts[i] as string, { size: VALUE_SIZE, anchor: 'end' }),
  );
  return svgSheet({
    id: `chart-${fingerprint(JSON.stringify(options))}`,
    title,
    lang,
    width,
    height,
    description: t(lang, 'chart.change-description', {
      list: rows.map((row, i) => `${rowName(row, lang)} ${texts[i]}`).join('; '),
    }),
    body: [head.svg, drawn.svg, ...dots, ...names, ...values, drawNotes([note], height - below, width)].join(''),
  });
}

const styleOf = ({ zone }: ChangeRow): LineStyle => (zone ? zoneLines[zone] : (otherLines[0] as LineStyle));

function ready(row: ChangeRow): ChangeRow {
  const where = row.name === undefined ? row.indicator : `${row.indicator}, ${row.name}`;
  const number = (value: number | null | undefined): number | null => (value == null ? null : drawable(value, where));
  return { ...row, effect: number(row.effect), low: number(row.low), high: number(row.high) };
}

/** The name of a row below its indicator; empty where it has none. */
function ownLabel({ zone, name }: ChangeRow, lang: Lang): string {
  const text = name ?? (zone ? t(lang, `zone.${zone}`) : '');
  return text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
}

function rowName(row: ChangeRow, lang: Lang): string {
  const own = ownLabel(row, lang);
  return own === '' ? row.indicator : `${row.indicator}, ${own}`;
}

/** Rows that follow one another under one indicator, with its name above them; a row without a name of its own has that. */
function linesOf(rows: ChangeRow[], width: number, lang: Lang): Line[] {
  const line = (text: string, row: ChangeRow | null): Line => {
    const label = wrapped(text, width, TEXT_SIZE, row === null ? 'bold' : 'plain');
    return { label, row, height: Math.max(ROW, label.length * LINE + 7) };
  };
  return rows.flatMap((row, i) => {
    const own = ownLabel(row, lang);
    if (own === '') return [line(row.indicator, row)];
    const before = rows[i - 1];
    const follows = before?.indicator === row.indicator && ownLabel(before, lang) !== '';
    return follows ? [line(own, row)] : [line(row.indicator, null), line(own, row)];
  });
}

/** `+3.1 % (-0.4 to 6.8)` as readers of `lang` write it. */
function effectText({ effect, low, high }: ChangeRow, lang: Lang): string {
  if (effect == null) return t(lang, 'chart.no-data');
  const signed = (value: number): string => {
    const size = Math.abs(value);
    const notation = size >= 1e6 ? 'scientific' : 'standard';
    return withMinus(
      new Intl.NumberFormat(lang, {
        maximumFractionDigits: size >= 10 && size < 1e6 ? 0 : 1,
        signDisplay: 'exceptZero',
        notation,
      }).format(value),
    );
  };
  const value = t(lang, 'chart.per-cent', { value: signed(effect) });
  return low == null || high == null ? value : t(lang, 'chart.with-interval', { value, low: signed(low), high: signed(high) });
}
