/**
 * Pinch points: cells that carry more current than any around them, away from the places that it is sent between.
 *
 *     pinchPoints(found.cumulative, { width: 1000, except: places.flatMap(({ cells }) => cells) })   // [{ cell: 40_812, current: 0.8 }]
 *
 * @see McRae et al. 2008, Ecology 89, 2712-2724, doi 10.1890/07-1861.1 (what current density says of pinch points)
 */

export interface PinchPoint {
  /** Row-major. */
  cell: number;
  /** [A], of all pairs. */
  current: number;
}

/** How far pinch points lie from each other and from places, at least [cells]: current gathers around places whatever the land. */
const APART = 4;

/** The greatest currents first. @param currents row-major, `NaN` where there is no cell */
export function pinchPoints(
  currents: Float64Array,
  { width, except, apart = APART, most = 5 }: { width: number; except: Iterable<number>; apart?: number; most?: number },
): PinchPoint[] {
  const height = currents.length / width;
  const taken = new Uint8Array(currents.length);
  const take = (cell: number): void => {
    const [row, column] = [Math.floor(cell / width), cell % width];
    for (let y = Math.max(0, row - apart); y <= Math.min(height - 1, row + apart); y++)
      taken.fill(1, y * width + Math.max(0, column - apart), y * width + Math.min(width - 1, column + apart) + 1);
  };
  for (const cell of except) take(cell);
  const points: PinchPoint[] = [];
  while (points.length < most) {
    let best = { cell: -1, current: 0 };
    for (let cell = 0; cell < currents.length; cell++)
      if (taken[cell] === 0 && (currents[cell] as number) > best.current) best = { cell, current: currents[cell] as number };
    if (best.cell === -1) break;
    points.push(best);
    take(best.cell);
  }
  return points;
}
