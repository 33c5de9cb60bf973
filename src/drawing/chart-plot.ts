/**
 * Observable Plot without a browser: marks and axes in, plain SVG elements out.
 *
 *     const on = { width: 600, height: 300, margins: { left: 40, right: 10, top: 10, bottom: 30 } };
 *     const { svg, x, y } = await plotted(on, ({ lineY }) => ({ marks: [lineY(points, { x: 'at', y: 'value' })] }));
 *
 * Plot and the d3 that it brings are 6 MB on disk and take a fifth of a second to load: they are loaded by the first chart.
 * What Plot writes for browsers (its style sheet, English labels for screen readers, `currentColor`) is taken out, so that
 * programs that know plain SVG only draw the same picture.
 */
import type * as Plot from '@observablehq/plot';
import { INK } from './zone-style.ts';

export type Plotting = typeof Plot;
export type { Markish } from '@observablehq/plot';

/** Where the picture of a chart lies on its sheet: distances from the edges [px]. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Plotted {
  /** Elements, to stand in an `<svg>` of the same size. */
  svg: string;
  /** From a value to its place [px]; along a band to its middle. */
  x(value: unknown): number;
  y(value: unknown): number;
}

/** Attributes that are made of numbers; ids may look like numbers, too. */
const PLACES = new Set(['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'width', 'height']);

/** As much of an element as is needed here. */
interface Element {
  attributes: Iterable<{ name: string; value: string }>;
  innerHTML: string;
  querySelectorAll(selector: string): Iterable<Element>;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
}

interface Scale {
  apply(value: unknown): number;
  bandwidth?: number;
}

/** Draws what `options` makes of Plot's marks. */
export async function plotted(
  { width, height, margins }: { width: number; height: number; margins: Margins },
  options: (plot: Plotting) => Plot.PlotOptions,
): Promise<Plotted> {
  const plot = await import('@observablehq/plot');
  const drawing = plot.plot({
    document: await pageToDrawOn(),
    width,
    height,
    marginLeft: margins.left,
    marginRight: margins.right,
    marginTop: margins.top,
    marginBottom: margins.bottom,
    ...options(plot),
  } as Plot.PlotOptions) as unknown as Element & { scale(name: string): Scale | undefined };
  const place = (name: string) => {
    const scale = drawing.scale(name);
    return (value: unknown): number => (scale === undefined ? Number.NaN : scale.apply(value) + (scale.bandwidth ?? 0) / 2);
  };
  return { svg: plain(drawing), x: place('x'), y: place('y') };
}

async function pageToDrawOn(): Promise<unknown> {
  const { document } = globalThis as { document?: unknown };
  if (document !== undefined) return document;
  const { parseHTML } = await import('linkedom');
  return parseHTML('<html><body></body></html>').document;
}

/** The elements of a drawing with attributes of plain SVG only, numbers to a hundredth of a pixel. */
function plain(drawing: Element): string {
  for (const element of [...drawing.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith('aria-') || name === 'class' || name === 'font-variant') element.removeAttribute(name);
      else if (value === 'currentColor') element.setAttribute(name, INK);
      else if (PLACES.has(name)) element.setAttribute(name, value.replace(/-?\d*\.?\d+(e[-+]?\d+)?/g, rounded));
    }
  }
  for (const style of [...drawing.querySelectorAll('style')]) style.remove();
  return `<g text-anchor="middle">${drawing.innerHTML}</g>`;
}

function rounded(number: string): string {
  return String(Math.round(Number(number) * 100) / 100 + 0);
}
