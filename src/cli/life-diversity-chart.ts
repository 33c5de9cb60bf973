/**
 * Curves of diversity by size of sample, a panel for each order: drawn out up to what was sampled (the mark), dashed beyond.
 *
 *     const svg = await diversityChart({ panels: [{ order: 0, lines: [{ name: 'core', points }] }], title, unit, across, lang });
 */
import { plotted } from '../drawing/chart-plot.ts';
import { drawHead, MARGIN, PAPER_WIDTH, TEXT_SIZE, textAt, widest } from '../drawing/chart-sheet.ts';
import { drawMark, drawSample, lineStyles } from '../drawing/chart-style.ts';
import { tickText, valueAxis } from '../drawing/chart-ticks.ts';
import { fingerprint } from '../drawing/fingerprint.ts';
import { drawLegend } from '../drawing/map-foot.ts';
import { svgSheet } from '../drawing/svg-sheet.ts';
import type { CurvePoint } from '../science/diversity-curve.ts';
import type { Lang } from '../types.ts';

export interface DiversityChart {
  title: string;
  /** What all panels show; each says its order besides. */
  panels: { unit: string; lines: { name: string; points: readonly CurvePoint[] }[] }[];
  /** What the sizes are. */
  across: string;
  lang: Lang;
}

/** Of a panel with its axes [px]. */
const PANEL = 290;

/** The chart as SVG: no script, no style sheet, no outside address. */
export async function diversityChart({ title, panels, across, lang }: DiversityChart): Promise<string> {
  const width = PAPER_WIDTH;
  const names = panels[0]?.lines.map(({ name }) => name) ?? [];
  const styles = lineStyles(names.map(() => ({})));
  const head = drawHead(title, '', width);
  const drawn: string[] = [];
  for (const [i, panel] of panels.entries()) {
    const top = head.bottom + i * PANEL;
    drawn.push(`<g transform="translate(0 ${Math.round(top)})">${await drawPanel(panel, { styles, across, lang, width })}</g>`);
  }
  const foot = head.bottom + panels.length * PANEL + 8;
  const items = names.map((text, i) => ({
    text,
    picture: (x: number, y: number) => drawSample({ ...(styles[i] as (typeof styles)[number]), dashes: null }, x, y),
  }));
  const legend = drawLegend(items, { left: MARGIN, top: foot, width: width - 2 * MARGIN });
  return svgSheet({
    id: `chart-${fingerprint(JSON.stringify(panels))}`,
    ...{ title, lang, width, height: Math.ceil(legend.bottom + 10) },
    description: [title, ...panels.map(({ unit }) => unit), ...names].join('; '),
    body: [head.svg, ...drawn, legend.svg].join(''),
  });
}

async function drawPanel(
  { unit, lines }: DiversityChart['panels'][number],
  { styles, across, lang, width }: { styles: ReturnType<typeof lineStyles>; across: string; lang: Lang; width: number },
): Promise<string> {
  const known = (values: number[]): number[] => values.filter(Number.isFinite);
  const points = lines.flatMap((line) => line.points);
  const [x, y] = [
    valueAxis([0, ...points.map(({ size }) => size)], { ticks: 8, zero: true }),
    valueAxis([0, ...points.flatMap(({ diversity: { value, high } }) => known([value, high]))], { ticks: 5, zero: true }),
  ];
  const margins = { left: MARGIN + widest(y.ticks.map((tick) => tickText(lang, y, tick))) + 8, top: 24, right: 24, bottom: 40 };
  const { svg, ...place } = await plotted({ width, height: PANEL, margins }, ({ gridY, axisX, axisY, areaY, lineY }) => ({
    x: { domain: x.domain, axis: null },
    y: { domain: y.domain, axis: null },
    marks: [
      gridY(y.ticks, { strokeOpacity: 0.16 }),
      axisY(y.ticks, { label: null, tickSize: 0, fontSize: TEXT_SIZE, tickFormat: (tick: number) => tickText(lang, y, tick) }),
      axisX(x.ticks, { label: null, tickSize: 4, fontSize: TEXT_SIZE, tickFormat: (tick: number) => tickText(lang, x, tick) }),
      ...lines.flatMap((line, i) => {
        const stroke = (styles[i] as (typeof styles)[number]).stroke;
        const [seen, beyond] = [
          line.points.filter(({ method }) => method !== 'extrapolated'),
          line.points.filter(({ method }) => method !== 'rarefied'),
        ];
        const value = ({ diversity }: CurvePoint): number => diversity.value;
        return [
          areaY(
            line.points.filter(({ diversity }) => Number.isFinite(diversity.high)),
            {
              ...{
                x: 'size',
                y1: ({ diversity }: CurvePoint) => diversity.low,
                y2: ({ diversity }: CurvePoint) => diversity.high,
              },
              ...{ fill: stroke, fillOpacity: 0.14 },
            },
          ),
          lineY(seen, { x: 'size', y: value, stroke, strokeWidth: 2 }),
          lineY(beyond, { x: 'size', y: value, stroke, strokeWidth: 1.6, strokeDasharray: '5 4' }),
        ];
      }),
    ],
  }));
  const marks = lines.flatMap(({ points: own }, i) =>
    own
      .filter(({ method }) => method === 'observed')
      .map(({ size, diversity }) => drawMark(styles[i] as (typeof styles)[number], place.x(size), place.y(diversity.value))),
  );
  return [textAt(MARGIN, 14, unit), svg, ...marks, textAt(width - margins.right, PANEL - 6, across, { anchor: 'end' })].join('');
}
