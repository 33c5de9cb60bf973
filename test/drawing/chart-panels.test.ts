/** Panels on one axis of years: what is drawn, what is not, and that it is plain SVG. */
import { expect, test } from 'vitest';
import { type PanelChart, panelChart } from '../../src/drawing/chart-panels.ts';

const chart: PanelChart = {
  title: 'A <lake> & its sea',
  lang: 'en',
  description: 'Levels.',
  from: 1960,
  to: 1970,
  legend: [
    { name: 'North', style: 0 },
    { name: 'South', style: 1 },
  ],
  panels: [
    {
      title: 'Level, m',
      series: [
        {
          style: 0,
          points: [1960, 1961, 1962, 1966, 1967].map((at) => ({
            at: at + 0.5,
            value: at === 1962 ? 53 : 52,
            ...(at > 1961 ? { sign: 'C1' } : {}),
          })),
        },
      ],
    },
    { title: 'Catch, t', series: [{ style: 1, points: [] }], empty: 'no figure' },
  ],
  notes: ['A note.'],
  figure: (value, digits) => value.toFixed(digits),
};

test('a line is broken where years are missing, a sign stands once, an empty panel says so', () => {
  const svg = panelChart(chart);
  expect(svg.match(/fill="none" stroke="[^"]+" stroke-width="2"\/>/g)).toHaveLength(2 + 1); // two runs, and the sample of the legend
  expect(svg.match(/>C1</g)).toHaveLength(1);
  expect(svg).toContain('no figure');
  expect(svg).toContain('A &lt;lake&gt; &amp; its sea');
  expect(svg).not.toMatch(/<script|style=|NaN|undefined|Infinity/);
  expect(panelChart(chart)).toBe(svg);
});

test('fewer than three values have no line, an interval is a band from three on', () => {
  const points = [0, 1, 2].map((i) => ({ at: 1960 + i, value: 5, low: 4, high: 6 }));
  const drawn = (some: typeof points): string =>
    panelChart({ ...chart, legend: [], panels: [{ title: 'x', series: [{ style: 0, points: some, smooth: true }] }] });
  expect(drawn(points.slice(0, 2))).not.toContain('stroke-width="2"');
  expect(drawn(points)).toContain('fill-opacity=".17"');
});

test('an axis of heights begins near the least one, one of amounts at zero where that is not far', () => {
  const values = [20, 50].map((value, i) => ({ at: 1961 + i, value }));
  const ticks = (free: boolean): string =>
    panelChart({ ...chart, legend: [], panels: [{ title: 'x', free, series: [{ style: 0, points: values }] }] });
  expect(ticks(false)).toContain('>0</text>');
  expect(ticks(true)).not.toContain('>0</text>');
});

test('it fits a phone: nothing is drawn beyond its width', () => {
  const svg = panelChart({ ...chart, width: 320 });
  const places = [...svg.matchAll(/ x="(-?[\d.]+)"/g)].map(([, x]) => Number(x));
  expect(Math.max(...places)).toBeLessThanOrEqual(320);
});
