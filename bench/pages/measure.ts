/**
 * What a page takes, as the browser itself tells: from an input to the next picture, and how much of that our own thread worked.
 *
 *     const meter = await meterOf(page);
 *     await meter.measure('a layer is shown', () => layer.click());
 *     console.log(tableOf([meter.rows]));
 *
 * - **next picture**: the longest event, from the input until what followed from it was drawn, in steps of 8 ms (Event Timing,
 *   https://www.w3.org/TR/event-timing). It holds whatever the browser draws meanwhile, a map by its software WebGL among it.
 * - **our work**: scripts, style and layout on the thread of the page, all that follows from the input together, for each key or
 *   click; the orders that the map gives to WebGL among it, but not the drawing of pixels.
 * - **there after**: from the input until what was asked for stands on the page, the server's answer included.
 */
import type { Page } from 'playwright-core';

/** What a reader takes for at once [ms]. */
export const GOAL = 100;
/** Time for what follows from an input [ms]. */
const AFTER = 600;
/** What Event Timing tells of no event [ms]. */
const LEAST = 16;
/** Of the counters of the browser, those of our own work [s]. */
const WORK = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];

export interface Measured {
  what: string;
  /** From the input to the next picture [ms]; 0 for less than can be measured. */
  picture: number;
  /** Work of the page's thread for one input [ms]. */
  work: number;
  /** Until it stood there [ms]. */
  there: number | null;
}

export interface MeasureOptions {
  /** What is awaited of the page, where more than the next picture is. */
  until?: () => Promise<unknown>;
  /** Keys or clicks in one. */
  inputs?: number;
}

export interface Meter {
  rows: Measured[];
  measure(what: string, act: () => Promise<unknown>, options?: MeasureOptions): Promise<void>;
}

/** To be evaluated before a page begins. */
export const WATCH = `
  window.events = [];
  new PerformanceObserver((list) => window.events.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'event', durationThreshold: ${LEAST} });
`;

export async function meterOf(page: Page): Promise<Meter> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.reduce((sum, { name, value }) => sum + (WORK.includes(name) ? 1000 * value : 0), 0);
  };
  const rows: Measured[] = [];
  return {
    rows,
    async measure(what, act, { until, inputs = 1 } = {}) {
      await page.evaluate('window.events.length = 0');
      const [before, begun] = [await worked(), performance.now()];
      await act();
      await until?.();
      const there = until === undefined ? null : performance.now() - begun;
      await page.waitForTimeout(AFTER);
      const events = (await page.evaluate('window.events')) as number[];
      rows.push({ what, picture: Math.max(0, ...events), work: ((await worked()) - before) / inputs, there });
    },
  };
}

/** Of the same list measured again and again: medians, and the shortest time to the next picture; those over the goal bear a `!`. */
export function tableOf(rounds: readonly (readonly Measured[])[]): string {
  const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const shown = (picture: number): string => (picture === 0 ? `< ${LEAST}` : picture.toFixed(0));
  const of = (what: string): Measured[] => rounds.flatMap((rows) => rows.find((row) => row.what === what) ?? []);
  const cells = [
    ['', 'next picture', 'shortest', 'our work', 'there after'],
    ...(rounds[0] ?? []).map(({ what }) => {
      const own = of(what);
      const picture = median(own.map((row) => row.picture));
      const there = own.flatMap((row) => row.there ?? []);
      return [
        `${picture > GOAL ? '! ' : ''}${what}`,
        shown(picture),
        shown(Math.min(...own.map((row) => row.picture))),
        median(own.map((row) => row.work)).toFixed(0),
        there.length === 0 ? '' : median(there).toFixed(0),
      ];
    }),
  ];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const padded = (cell: string, i: number): string => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0));
  return cells.map((row) => row.map(padded).join('  ')).join('\n');
}

/** Times between pictures while `act` goes on [ms], the shortest first. */
export async function frameTimes(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(`(() => {
    window.pictures = [];
    window.watching = true;
    const next = (now) => { window.pictures.push(now); if (window.watching) requestAnimationFrame(next); };
    requestAnimationFrame(next);
  })()`);
  await act();
  const at = (await page.evaluate('((window.watching = false), window.pictures)')) as number[];
  const times = at.slice(1).map((now, i) => now - (at[i] ?? now));
  return times.toSorted((a, b) => a - b);
}
