/**
 * Equations on a grid where each cell is tied to its eight neighbours: what flows from cell to cell by conductance.
 *
 * (A x)_i = d_i x_i - Σ w_ij x_j. Weights are kept to the east and to the south; those to the west and north are the neighbours'.
 * A frame of empty cells goes around the grid, so that no cell asks whether it has a neighbour.
 */

export interface GridOperator {
  width: number;
  height: number;
  /** Cells of a framed row: width + 2. Cell (row, column) stands at (row + 1) stride + column + 1. */
  stride: number;
  /** Of framed cells, as all below; 0 where there is no equation. */
  diagonal: Float64Array;
  east: Float64Array;
  south: Float64Array;
  southeast: Float64Array;
  southwest: Float64Array;
}

/** An operator without any tie. */
export function newOperator(width: number, height: number): GridOperator {
  const size = (width + 2) * (height + 2);
  return {
    width,
    height,
    stride: width + 2,
    diagonal: new Float64Array(size),
    east: new Float64Array(size),
    south: new Float64Array(size),
    southeast: new Float64Array(size),
    southwest: new Float64Array(size),
  };
}

/** y = A x, both framed. */
export function multiply(
  { width, height, stride, diagonal, east, south, southeast, southwest }: GridOperator,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let row = 1; row <= height; row++) {
    const end = row * stride + width;
    for (let i = row * stride + 1; i <= end; i++) {
      y[i] =
        (diagonal[i] as number) * (x[i] as number) -
        (east[i] as number) * (x[i + 1] as number) -
        (east[i - 1] as number) * (x[i - 1] as number) -
        (south[i] as number) * (x[i + stride] as number) -
        (south[i - stride] as number) * (x[i - stride] as number) -
        (southeast[i] as number) * (x[i + stride + 1] as number) -
        (southeast[i - stride - 1] as number) * (x[i - stride - 1] as number) -
        (southwest[i] as number) * (x[i + stride - 1] as number) -
        (southwest[i - stride + 1] as number) * (x[i - stride + 1] as number);
    }
  }
}
