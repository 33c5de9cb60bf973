/**
 * Lines of maps, such as roads: their length in each zone, and the distribution of their density over cells of one size.
 *
 *     const { lengths, zones } = await linesOf(['roads.gpkg'], zones, { cell: 1000, edges });
 */
import { openMap } from '../formats/open.ts';
import { readMapFiles } from '../formats/source-node.ts';
import type { LinesOfZones } from '../indicators/source-indicator.ts';
import { Problem } from '../problems.ts';
import { coverages } from '../science/coverage.ts';
import { newSpans, spansInTile } from '../science/coverage-tiles.ts';
import type { Grid } from '../science/grid.ts';
import { rowAreas } from '../science/pixel-area.ts';
import { addPressure, newPressureZone } from '../science/pressure.ts';
import { addLengths, lengthsWithin } from '../science/pressure-lines.ts';
import type { Position } from '../types.ts';
import type { ZonalZone } from './zonal-place.ts';

/** Cells of a grid at most: with smaller ones memory would be short. */
const MOST_CELLS = 25_000_000;
/** A degree of latitude [m], near enough for the size of a cell. */
const DEGREE = 111_320;
const RADIANS = Math.PI / 180;
const TURN = 360;
const [METRES_IN_KM, M2_IN_KM2] = [1000, 1e6];

/** @throws Problem `lines-none`, `param-wrong` for cells that are too many, those of reading */
export async function linesOf(
  paths: readonly string[],
  zones: readonly ZonalZone[],
  { cell, edges }: { cell: number; edges: Float64Array },
): Promise<LinesOfZones> {
  const lines: Position[][] = [];
  for (const path of paths) {
    const layers = await openMap(readMapFiles(path));
    const own = layers.flatMap(({ features }) =>
      features.flatMap(({ geometry }) => (geometry?.type === 'LineString' ? [geometry.coordinates] : [])),
    );
    if (own.length === 0) throw new Problem('lines-none', { file: layers.map(({ name }) => name).join(', ') });
    lines.push(...own);
  }
  const shapes = zones.map(({ geometry }) => geometry);
  const grid = gridOver(zones, cell);
  const onCells = new Float64Array(grid.width * grid.height);
  for (const line of lines) addLengths(onCells, line, grid);
  const areas = rowAreas(grid);
  for (let row = 0, at = 0; row < grid.height; row++) {
    const perCell = METRES_IN_KM * ((areas[row] as number) / M2_IN_KM2);
    for (let column = 0; column < grid.width; column++, at++) onCells[at] = (onCells[at] as number) / perCell;
  }
  const cover = coverages(
    shapes.map(({ coordinates }) => coordinates),
    grid,
    { turn: TURN },
  );
  const window = { column: 0, row: 0, width: grid.width, height: grid.height, stride: grid.width };
  const spans = newSpans();
  const found = zones.map((_, zone) => {
    const into = newPressureZone(edges);
    spansInTile(cover, zone, window, spans);
    for (let i = 0; i < spans.count; i++) {
      const [from = 0, to = 0, share = 0, row = 0] = [spans.start[i], spans.end[i], spans.weight[i], spans.row[i]];
      addPressure(into, onCells, from, to, { share, area: (areas[row] ?? 0) * share, stride: grid.width });
    }
    return into;
  });
  return { lengths: lengthsWithin(lines, shapes), zones: found };
}

/** Cells of about one size over all zones, in longitude and latitude. */
function gridOver(zones: readonly ZonalZone[], cell: number): Grid {
  const reference = zones[0]?.geometry.coordinates[0]?.[0]?.[0]?.[0] ?? 0;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, y] of zones.flatMap(({ geometry }) => geometry.coordinates.flat(2))) {
    const x = lon - TURN * Math.round((lon - reference) / TURN);
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  const dy = cell / DEGREE;
  const dx = dy / Math.max(0.01, Math.cos(((south + north) / 2) * RADIANS));
  const [width, height] = [Math.ceil((east - west) / dx), Math.ceil((north - south) / dy)];
  if (width * height > MOST_CELLS) {
    const least = Math.ceil(cell * Math.sqrt((width * height) / MOST_CELLS));
    throw new Problem('param-wrong', { field: 'cell', found: String(cell), expected: `${least} – 50000` });
  }
  return { width: Math.max(1, width), height: Math.max(1, height), x0: west, y0: north, dx, dy: -dy };
}
