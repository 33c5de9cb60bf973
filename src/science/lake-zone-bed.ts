/**
 * The bed of a lake within zones: what of each lies under water at a level, and what water has left since it stood at another.
 *
 *     const [core] = zoneBeds(flood, cover, cellArea, { reference: 53.4, levels: [39.1, 33.8] });
 *     core.exposed[1]      // m2 of the core that were under water at 53.4 m and are dry at 33.8 m
 *
 * A cell is under water where the flood from the lake reaches it (`floodLevels`), weighted with the share of it that lies in the zone.
 */
import type { Coverage } from './coverage.ts';
import { newSpans, spansInTile } from './coverage-tiles.ts';

export interface ZoneBed {
  /** By level asked for [m2]. */
  water: Float64Array;
  exposed: Float64Array;
  /** On the grid, but without a height or beyond the reach of any water [m2]. */
  unknown: number;
  /** All of the zone on the grid [m2]. */
  area: number;
}

/**
 * @param flood of each cell the level at which water reaches it [m], as `floodLevels` gives it
 * @param cellArea of a cell [m2]
 * @param levels [m], `reference` the level that the lake once had
 * @throws RangeError for a level above the reference: water that has risen has exposed nothing, and the reference is wrong
 */
export function zoneBeds(
  flood: Float64Array,
  cover: Coverage,
  cellArea: (cell: number) => number,
  { reference, levels }: { reference: number; levels: readonly number[] },
): ZoneBed[] {
  const above = levels.find((level) => level > reference);
  if (above !== undefined) throw new RangeError(`the level ${above} m lies above the reference of ${reference} m`);
  const { width, height } = cover.grid;
  const spans = newSpans();
  return Array.from({ length: cover.zones }, (_, zone) => {
    const [water, exposed] = [new Float64Array(levels.length), new Float64Array(levels.length)];
    const found: ZoneBed = { water, exposed, unknown: 0, area: 0 };
    spansInTile(cover, zone, { column: 0, row: 0, width, height, stride: width }, spans);
    for (let i = 0; i < spans.count; i++)
      for (let cell = spans.start[i] as number; cell < (spans.end[i] as number); cell++) {
        const own = cellArea(cell) * (spans.weight[i] as number);
        const reached = flood[cell] as number;
        found.area += own;
        if (Number.isNaN(reached)) found.unknown += own;
        if (!(reached <= reference)) continue;
        for (const [k, level] of levels.entries()) {
          const of = reached <= level ? water : exposed;
          of[k] = (of[k] as number) + own;
        }
      }
    return found;
  });
}
