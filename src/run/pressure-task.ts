/**
 * The work of one thread on distributions of pressure: tiles are read, and each zone on a tile counts its cells into bins.
 *
 *     const workshop = await openPressure(setup);
 *     const numbers = await workshop.run(0, () => false);   // for `unpackPressure`
 */
import { setImmediate } from 'node:timers/promises';
import { openRaster } from '../formats/open-raster.ts';
import type { Raster } from '../formats/raster.ts';
import { coverageBuilder } from '../science/coverage.ts';
import { newSpans, type Spans, spansInTile, zonesByTile } from '../science/coverage-tiles.ts';
import { addPressure, newPressureZone, type PressureZone } from '../science/pressure.ts';
import { cellsOf, type PlannedGrid, type TileTask, zoneFinder } from './plan.ts';
import type { Workshop } from './pool.ts';
import { polygonsIn } from './zonal-shapes.ts';
import { tileWeights, type WeightsOfTile } from './zonal-weights.ts';
import { readWindow } from './zonal-window.ts';

export interface PressureSetup {
  /** Path or address of the raster. */
  file: string;
  grid: PlannedGrid;
  /** As `readCrs` takes it. */
  crs: string;
  /** `codes` that count as 1, all others as 0; `null` where values are amounts. */
  layers: { band: number; codes: number[] | null; edges: Float64Array }[];
  tasks: TileTask[];
}

/** Sums beside the bins: those of `PressureZone`. */
const PARTS = ['cells', 'sums', 'alongRow', 'alongColumn'] as const;

export async function openPressure(
  setup: PressureSetup,
  { open = openRaster }: { open?: (file: string) => Promise<Raster> } = {},
): Promise<Workshop> {
  const raster = await open(setup.file);
  const { grid, tile, shapes, turn } = setup.grid;
  const weights = await tileWeights({ kind: 'area', crs: setup.crs, tile }, grid, async () => raster);
  const values = new Float64Array(tile.width * tile.height);
  const find = zoneFinder(setup.grid);
  const spans = newSpans();
  return {
    async run(index, stopped) {
      const task = setup.tasks[index];
      if (task === undefined) throw new RangeError(`no task ${index}`);
      const box = cellsOf(task, setup.grid);
      const zones = find(task);
      const size = { width: box.columnTo - box.columnFrom, height: box.rowTo - box.rowFrom };
      const builder = coverageBuilder({ ...size, x0: box.columnFrom, y0: box.rowFrom, dx: 1, dy: 1 });
      for (const zone of zones) builder.addZone(polygonsIn(shapes, zone, box, turn));
      const cover = builder.build();
      const touched = zonesByTile(cover, tile.width, tile.height);
      const found = zones.map(() => setup.layers.map(({ edges }) => newPressureZone(edges)));
      for (let t = 0; t < touched.across * touched.down; t++) {
        const [first = 0, end = 0] = [touched.starts[t], touched.starts[t + 1]];
        if (first === end) continue;
        const [column, row] = [task.columnFrom + (t % touched.across), task.rowFrom + Math.floor(t / touched.across)];
        const window = {
          column: column * tile.width,
          row: row * tile.height,
          width: Math.min(tile.width, grid.width - column * tile.width),
          height: Math.min(tile.height, grid.height - row * tile.height),
        };
        const weight = await weights(column, row);
        const inCover = {
          ...window,
          column: window.column - box.columnFrom,
          row: window.row - box.rowFrom,
          stride: window.width,
        };
        for (const [l, { band, codes }] of setup.layers.entries()) {
          const own = values.subarray(0, window.width * window.height);
          await readWindow(raster, band, window, own);
          if (codes !== null) for (let i = 0; i < own.length; i++) own[i] = masked(own[i] as number, codes);
          for (let i = first; i < end; i++) {
            const zone = touched.zones[i] ?? 0;
            spansInTile(cover, zone, inCover, spans);
            const into = found[zone]?.[l];
            if (into !== undefined) addSpans(into, own, spans, weight, box.rowFrom, window.width);
          }
          await setImmediate(); // lets messages and cancelling through
          if (stopped()) return null;
        }
      }
      return packed(zones, found);
    },
    close: () => raster.close(),
  };
}

function masked(value: number, codes: readonly number[]): number {
  return Number.isNaN(value) ? value : codes.includes(value) ? 1 : 0;
}

/** Cells of a span have one area: that of their row, or their mean on a projected grid, where they differ by less than a thousandth. */
function addSpans(
  into: PressureZone,
  values: Float64Array,
  { count, start, end, weight, row }: Spans,
  { rows, cells }: WeightsOfTile,
  rowFrom: number,
  stride: number,
): void {
  for (let i = 0; i < count; i++) {
    const [from = 0, to = 0, share = 0] = [start[i], end[i], weight[i]];
    const whole = cells === null ? (rows?.[rowFrom + (row[i] ?? 0)] ?? 1) : meanOf(cells, from, to);
    addPressure(into, values, from, to, { share, area: whole * share, stride });
  }
}

function meanOf(cells: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += cells[i] as number;
  return sum / (to - from);
}

/** Zone, layer, then the parts of its sums, one after another. */
function packed(zones: readonly number[], found: readonly PressureZone[][]): Float64Array<ArrayBuffer> {
  const list = zones.flatMap((zone, z) =>
    (found[z] ?? []).flatMap((own, layer) => [zone, layer, ...PARTS.flatMap((part) => Array.from(own[part]))]),
  );
  return Float64Array.from(list);
}

/** Hands over what `run` gave, zone by zone and layer by layer. */
export function unpackPressure(
  numbers: Float64Array,
  { layers }: Pick<PressureSetup, 'layers'>,
  take: (zone: number, layer: number, part: PressureZone) => void,
): void {
  for (let at = 0; at < numbers.length; ) {
    const [zone = 0, layer = 0] = [numbers[at], numbers[at + 1]];
    at += 2;
    const part = newPressureZone(layers[layer]?.edges ?? new Float64Array());
    for (const name of PARTS) {
      part[name].set(numbers.subarray(at, at + part[name].length));
      at += part[name].length;
    }
    take(zone, layer, part);
  }
}
