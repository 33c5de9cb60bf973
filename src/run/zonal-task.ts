/**
 * The work of one thread: coverage of the zones on a few tiles, each tile decoded once per layer, each reduced for every zone
 * on it.
 *
 *     const workshop = await openZonal(setup);
 *     const parcel = await workshop.run(0, () => false);   // partial results of the first task, for `mergeParcel`
 */
import { setImmediate } from 'node:timers/promises';
import { openRaster } from '../formats/open-raster.ts';
import type { Raster, RasterTile, RasterValues } from '../formats/raster.ts';
import {
  type Accumulator,
  type AccumulatorSpec,
  addSpans,
  clear,
  newAccumulator,
  newParcel,
  newScratch,
  type Parcel,
  pack,
  sealParcel,
} from '../science/accumulate.ts';
import { type Coverage, coverageBuilder } from '../science/coverage.ts';
import { newSpans, spansInTile, type TileWindow, type TileZones, zonesByTile } from '../science/coverage-tiles.ts';
import { cellsOf, type PlannedGrid, type TileTask, zoneFinder } from './plan.ts';
import type { Workshop } from './pool.ts';

import { type CellBox, polygonsIn } from './zonal-shapes.ts';
import { type TileWeights, tileWeights, type WeightSetup } from './zonal-weights.ts';

/** One band of one file, as part of a stack on one grid. */
export interface ZonalLayer {
  /** Place among all layers: a partial result is named `zone * layers + layer`. */
  layer: number;
  /** Place among the files. */
  file: number;
  band: number;
  spec: AccumulatorSpec;
}

export interface ZonalGrid extends PlannedGrid {
  members: ZonalLayer[];
  weight: WeightSetup;
}

/** All that a thread needs to know. */
export interface ZonalSetup {
  /** Paths or addresses of the rasters. */
  files: string[];
  grids: ZonalGrid[];
  tasks: TileTask[];
  /** How many layers there are on all grids. */
  layers: number;
  /** Per zone, 1 once its polygons were found to overlap or cross; in shared memory. */
  crossed: Uint8Array<SharedArrayBuffer>;
}

/** Spans that a coverage may have before the tiles are gone through and another begins. */
const MOST_SPANS = 2_000_000;
/** Tiles of one place that are held decoded at once [bytes]. */
const MOST_DECODED = 48_000_000;

type Opener = (file: string) => Promise<Raster>;

export async function openZonal(setup: ZonalSetup, { open = openRaster }: { open?: Opener } = {}): Promise<Workshop> {
  const rasters = new Map<number, Promise<Raster>>();
  const opened: Raster[] = [];
  const rasterOf = (file: number): Promise<Raster> => {
    const known = rasters.get(file);
    if (known !== undefined) return known;
    const raster = open(setup.files[file] as string).then((it) => {
      opened.push(it);
      return it;
    });
    rasters.set(file, raster);
    return raster;
  };
  const reducers = setup.grids.map((grid) => gridReducer(grid, setup, rasterOf));
  const parcel = newParcel();
  return {
    async run(index, stopped) {
      const task = setup.tasks[index] as TileTask;
      const whole = await (reducers[task.grid] as GridReducer)(task, parcel, stopped);
      const numbers = sealParcel(parcel);
      return whole ? (numbers as Float64Array<ArrayBuffer>) : null;
    },
    close() {
      for (const raster of opened) raster.close();
    },
  };
}

/** Reduces the tiles of a task into a parcel; `false` where it was stopped. */
type GridReducer = (task: TileTask, parcel: Parcel, stopped: () => boolean) => Promise<boolean>;

function gridReducer(grid: ZonalGrid, { layers, crossed }: ZonalSetup, rasterOf: (file: number) => Promise<Raster>): GridReducer {
  const { shapes, turn, tile, members } = grid;
  const find = zoneFinder(grid);
  const reduce = tileReducer(grid, layers);
  const decode = decoder(grid, rasterOf);
  let weights: TileWeights | null = null;

  return async (task, parcel, stopped) => {
    weights ??= await tileWeights(grid.weight, grid.grid, rasterOf);
    const box = cellsOf(task, grid);
    const zones = find(task);
    for (let next = 0; next < zones.length; ) {
      const { cover, end } = coverZones(zones, next, box);
      const touched = zonesByTile(cover, tile.width, tile.height);
      await fetchAhead(task, touched);
      for (let i = 0; i < touched.across * touched.down; i++) {
        if (touched.starts[i] === touched.starts[i + 1]) continue;
        const column = task.columnFrom + (i % touched.across);
        const row = task.rowFrom + Math.floor(i / touched.across);
        const window = windowOf(grid, column, row, box);
        const tileWeight = await weights(column, row);
        for (let from = 0; from < members.length; from += decode.atOnce) {
          const tiles = await decode.tiles(from, column, row);
          reduce(
            { cover, touched, tile: i, zones, first: next, from, tiles, window, weight: tileWeight, rowFrom: box.rowFrom },
            parcel,
          );
        }
        await setImmediate(); // lets messages and cancelling through
        if (stopped()) return false;
      }
      next = end;
    }
    return true;
  };

  /** Rasters far away then send neighbouring tiles together; for files it does nothing. */
  async function fetchAhead(task: TileTask, { starts, across, down }: TileZones): Promise<void> {
    const wanted = Array.from({ length: across * down }, (_, i) => i).filter((i) => starts[i] !== starts[i + 1]);
    const places = wanted.map((i) => ({ column: task.columnFrom + (i % across), row: task.rowFrom + Math.floor(i / across) }));
    for (const { file, band } of members) await (await rasterOf(file)).prefetch(band, places);
  }

  /** The coverage of zones from `first`, as many as fit. */
  function coverZones(zones: number[], first: number, box: CellBox): { cover: Coverage; end: number } {
    const { columnFrom, columnTo, rowFrom, rowTo } = box;
    const builder = coverageBuilder({
      width: columnTo - columnFrom,
      height: rowTo - rowFrom,
      x0: columnFrom,
      y0: rowFrom,
      dx: 1,
      dy: 1,
    });
    let end = first;
    do {
      builder.addZone(polygonsIn(shapes, zones[end] as number, box, turn));
      end += 1;
    } while (end < zones.length && builder.spans() < MOST_SPANS);
    const cover = builder.build();
    for (let i = 0; i < cover.zones; i++)
      if ((cover.over[i] as number) + (cover.under[i] as number) > 0) Atomics.store(crossed, zones[first + i] as number, 1);
    return { cover, end };
  }
}

/** One tile of some layers, with the zones on it. */
interface TileWork {
  cover: Coverage;
  touched: TileZones;
  tile: number;
  /** Zones of the task; zone `z` of the coverage is `zones[first + z]`. */
  zones: number[];
  first: number;
  /** `tiles[i]` is of member `from + i`. */
  from: number;
  tiles: RasterTile[];
  window: TileWindow;
  weight: Awaited<ReturnType<TileWeights>>;
  /** Row of the raster that is row 0 of the coverage. */
  rowFrom: number;
}

function tileReducer({ members }: ZonalGrid, layers: number): (work: TileWork, parcel: Parcel) => void {
  const scratch = newScratch();
  const spans = newSpans();
  const partials = sharedPartials(members);
  let none = new Uint8Array(0);

  return ({ cover, touched, tile, zones, first, from, tiles, window, weight, rowFrom }, parcel) => {
    const options = tiles.map(({ valid, empty, values }) => {
      if (empty && none.length < values.length) none = new Uint8Array(values.length);
      const mask = empty ? none : valid;
      return {
        ...(mask === null ? {} : { mask }),
        ...(weight.rows === null ? {} : { rowWeights: weight.rows.subarray(rowFrom) }),
        ...(weight.cells === null ? {} : { weights: weight.cells }),
      };
    });
    for (let i = touched.starts[tile] as number; i < (touched.starts[tile + 1] as number); i++) {
      const own = touched.zones[i] as number;
      spansInTile(cover, own, window, spans);
      const zone = zones[first + own] as number;
      for (let t = 0; t < tiles.length; t++) {
        const partial = partials[from + t] as Accumulator;
        clear(partial);
        addSpans(partial, scratch, (tiles[t] as RasterTile).values, spans, options[t]);
        pack(partial, zone * layers + (members[from + t] as ZonalLayer).layer, parcel);
      }
    }
  };
}

/** An accumulator for each member; those of one spec share it, as they are filled one after another. */
function sharedPartials(members: readonly ZonalLayer[]): Accumulator[] {
  const bySpec = new Map<string, Accumulator>();
  return members.map(({ spec }) => {
    const key = JSON.stringify(spec);
    const partial = bySpec.get(key) ?? newAccumulator(spec);
    bySpec.set(key, partial);
    return partial;
  });
}

/** Reads the tiles of several members at one place, `atOnce` of them, into arrays that are used again. */
function decoder({ members, tile }: ZonalGrid, rasterOf: (file: number) => Promise<Raster>) {
  const bytes = Math.max(1, tile.width * tile.height * 8);
  const atOnce = Math.max(1, Math.min(members.length, Math.floor(MOST_DECODED / bytes)));
  const buffers: (RasterValues | undefined)[] = [];
  async function tiles(from: number, column: number, row: number): Promise<RasterTile[]> {
    const read: RasterTile[] = [];
    for (const [i, { file, band }] of members.slice(from, from + atOnce).entries()) {
      const raster = await rasterOf(file);
      const type = raster.bands[band]?.type;
      const into = buffers[i];
      const fitting = into !== undefined && type !== undefined && isOf(into, type) ? into : undefined;
      const got = await raster.readTile(band, column, row, fitting === undefined ? {} : { into: fitting });
      if (got.values.length === tile.width * tile.height) buffers[i] = got.values;
      read.push(got);
    }
    return read;
  }
  return { atOnce, tiles };
}

function isOf(values: RasterValues, type: string): boolean {
  return values.constructor.name.toLowerCase() === `${type}array`;
}

function windowOf({ grid, tile }: ZonalGrid, column: number, row: number, box: CellBox): TileWindow {
  const width = Math.min(tile.width, grid.width - column * tile.width);
  const height = Math.min(tile.height, grid.height - row * tile.height);
  return { column: column * tile.width - box.columnFrom, row: row * tile.height - box.rowFrom, width, height, stride: width };
}
