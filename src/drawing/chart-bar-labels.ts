/**
 * What is written at the bars of a chart: names of the classes, values where there is room.
 */
import type { Lang } from '../types.ts';
import type { Bar } from './chart-bar-places.ts';
import type { Plotted } from './chart-plot.ts';
import { textAt } from './chart-sheet.ts';
import type { BarStyle } from './chart-style.ts';
import { valueText } from './chart-ticks.ts';
import { textWidth } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

type Places = Pick<Plotted, 'x' | 'y'>;

const ROW = 13;
const VALUE_SIZE = 9.5;
const BLANK = '–';

/** The names of the classes: under upright bars from `at` down, left of lying ones up to `at` [px]. */
export function drawBarNames(names: string[][], { x, y }: Places, { upright, at }: { upright: boolean; at: number }): string {
  const drawn = names.flatMap((lines, category) =>
    lines.map((line, i) => {
      if (upright) return textAt(x(category + 0.5), at + i * ROW, line, { anchor: 'middle' });
      return textAt(at, y(category + 0.5) + 4 + (i - (lines.length - 1) / 2) * ROW, line, { anchor: 'end' });
    }),
  );
  return drawn.join('');
}

/** What labels are written on. */
interface Labelled extends Places {
  upright: boolean;
  lang: Lang;
  styles: BarStyle[];
}

/** Values in stacked bars with their totals, or at the ends of bars side by side; dashes for blanks. */
export function drawBarValues(
  bars: Bar[],
  { x, y }: Places,
  { arrangement, ...more }: { arrangement: 'stacked' | 'grouped'; upright: boolean; lang: Lang; styles: BarStyle[] },
): string {
  const on: Labelled = { x, y, upright: more.upright, lang: more.lang, styles: more.styles };
  if (arrangement === 'grouped' || on.styles.length === 1) return bars.map((bar) => atEnd(bar, bar.value, on)).join('');
  const stacks = Map.groupBy(bars, ({ category }) => category);
  return [...stacks.values()].flatMap((stack) => [...stack.map((bar) => inside(bar, on)), total(stack, on)]).join('');
}

/** The value in its part of a stack, where it fits. */
function inside({ value, series, start, end, from, to }: Bar, { x, y, upright, lang, styles }: Labelled): string {
  if (value === null || value === 0) return '';
  const text = valueText(lang, value);
  const [thick, long] = upright ? [x(end) - x(start), Math.abs(y(to) - y(from))] : [y(end) - y(start), Math.abs(x(to) - x(from))];
  const [wide, high] = upright ? [thick, long] : [long, thick];
  if (wide < textWidth(text, VALUE_SIZE) + 2 || high < VALUE_SIZE + 4) return '';
  const [along, across] = [(start + end) / 2, (from + to) / 2];
  const at: [number, number] = upright ? [x(along), y(across)] : [x(across), y(along)];
  const { fill, dark } = styles[series] as BarStyle;
  return textAt(at[0], at[1] + 3.4, text, { size: VALUE_SIZE, anchor: 'middle', halo: fill, fill: dark ? '#fff' : INK });
}

/** The sum of a stack beyond its end, where every part is known and none is negative; a dash where none is known. */
function total(stack: Bar[], on: Labelled): string {
  const last = stack[stack.length - 1] as Bar;
  if (stack.every(({ value }) => value === null)) return atEnd(last, null, on);
  if (stack.some(({ value }) => value === null || value < 0)) return '';
  return atEnd(last, last.to, on, { bold: true });
}

/** `value` beyond the end of a bar, where it is hardly wider than the bar. */
function atEnd({ start, end, to }: Bar, value: number | null, { x, y, upright, lang }: Labelled, { bold = false } = {}): string {
  const text = value === null ? BLANK : valueText(lang, value);
  const along = (start + end) / 2;
  const style = { size: VALUE_SIZE, halo: '#fff', bold };
  const down = (value ?? 0) < 0;
  if (!upright) {
    if (Math.abs(y(end) - y(start)) < VALUE_SIZE) return '';
    return textAt(x(to) + (down ? -4 : 4), y(along) + 3.4, text, { ...style, anchor: down ? 'end' : 'start' });
  }
  const room = (x(end) - x(start)) * (bold ? 1.3 : 1.15) + 4;
  if (value !== null && textWidth(text, VALUE_SIZE, bold ? 'bold' : 'plain') > room) return '';
  return textAt(x(along), y(to) + (down ? 12 : -4), text, { ...style, anchor: 'middle' });
}
