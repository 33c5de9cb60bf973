import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf, lastTasks, type PlannedGrid, planTasks, workOf, zoneFinder } from '../../src/run/plan.ts';
import {
  addPosition,
  areasOf,
  beginPolygon,
  beginRing,
  type CellBox,
  endZone,
  newShapes,
  polygonsIn,
  seal,
  type ZoneShapes,
} from '../../src/run/zonal-shapes.ts';
import { coverage } from '../../src/science/coverage.ts';

type Ring = [number, number][];

function shapesOf(zones: Ring[][]): ZoneShapes {
  const draft = newShapes();
  for (const rings of zones) {
    beginPolygon(draft);
    for (const ring of rings) {
      beginRing(draft);
      for (const [column, row] of ring) addPosition(draft, column, row);
    }
    endZone(draft);
  }
  return seal(draft);
}

const box = (left: number, top: number, right: number, bottom: number): Ring => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
  [left, top],
];

function planned(shapes: ZoneShapes, more: Partial<PlannedGrid> = {}): PlannedGrid {
  return {
    grid: { width: 1000, height: 700, x0: 0, y0: 0, dx: 1, dy: -1 },
    tile: { width: 100, height: 100, across: 10, down: 7 },
    layers: 1,
    shapes,
    turn: null,
    ...more,
  };
}

const tilesOf = (grid: PlannedGrid, work: number): string[] =>
  planTasks([grid], { work }).flatMap((task) => {
    const tiles: string[] = [];
    for (let row = task.rowFrom; row < task.rowTo; row++)
      for (let column = task.columnFrom; column < task.columnTo; column++) tiles.push(`${column} ${row}`);
    return tiles;
  });

test('tiles that no zone can touch are in no task, all others in exactly one', () => {
  const grid = planned(shapesOf([[box(150, 150, 320, 250)], [box(905, 610, 990, 690)]]));
  const touched = ['1 1', '2 1', '3 1', '1 2', '2 2', '3 2', '9 6'];
  expect(tilesOf(grid, 10_000)).toEqual(touched);
  expect(tilesOf(grid, 20_000)).toEqual(touched);
  expect(planTasks([grid], { work: 20_000 })).toHaveLength(5);
});

test('narrow strips are put together to tasks', () => {
  const strips = planned(shapesOf([[box(0, 0, 1000, 700)]]), { tile: { width: 1000, height: 2, across: 1, down: 350 } });
  const tasks = planTasks([strips], { work: 100_000 });
  expect(tasks).toHaveLength(7);
  expect(tasks[6]).toEqual({ grid: 0, columnFrom: 0, columnTo: 1, rowFrom: 306, rowTo: 350 });
  expect(workOf(tasks, [strips])).toBe(700_000);
});

test('tasks of more than two tiles hold them by threes, which are unpacked together', () => {
  const grid = planned(shapesOf([[box(0, 0, 1000, 100)]]));
  const sizes = (work: number): number[] => planTasks([grid], { work }).map(({ columnFrom, columnTo }) => columnTo - columnFrom);
  expect(sizes(20_000)).toEqual([2, 2, 2, 2, 2]);
  expect(sizes(30_000)).toEqual([3, 3, 3, 1]);
  expect(sizes(40_000)).toEqual([6, 4]);
});

test('many layers make smaller tasks, but never less than a tile', () => {
  const grid = planned(shapesOf([[box(0, 0, 1000, 100)]]), { layers: 23 });
  expect(planTasks([grid], { work: 500_000 })).toHaveLength(5);
  expect(planTasks([grid], { work: 1 })).toHaveLength(10);
});

test('a zone whole turns away is planned where it lies on the grid', () => {
  // 1000 columns of 0.36 degrees: a whole turn
  const grid = planned(shapesOf([[box(-50, 0, 50, 10)], [box(1210, 0, 1220, 10)]]), { turn: 1000 });
  expect(tilesOf(grid, 10_000)).toEqual(['0 0', '2 0', '9 0']);
  const find = zoneFinder(grid);
  expect(find({ columnFrom: 9, columnTo: 10, rowFrom: 0, rowTo: 1 })).toEqual([0]);
  expect(find({ columnFrom: 2, columnTo: 3, rowFrom: 0, rowTo: 1 })).toEqual([1]);
});

test('the last task of a zone is the last that finds it', () => {
  const grid = planned(shapesOf([[box(10, 10, 20, 20)], [box(10, 10, 20, 690)], [box(2000, 0, 2100, 10)]]));
  const tasks = planTasks([grid], { work: 10_000 });
  const find = zoneFinder(grid);
  const last = [0, 1, 2].map((zone) => tasks.findLastIndex((task) => find(task).includes(zone)));
  expect([...lastTasks(tasks, [grid])]).toEqual(last);
  expect(last).toEqual([0, 6, -1]);
});

/** Fractions of all cells of a box, by what `polygonsIn` gives for it. */
function fractionsIn(shapes: ZoneShapes, cells: CellBox, turn: number | null): number[] {
  const grid = {
    width: cells.columnTo - cells.columnFrom,
    height: cells.rowTo - cells.rowFrom,
    x0: cells.columnFrom,
    y0: cells.rowFrom,
    dx: 1,
    dy: 1,
  };
  const cover = coverage(polygonsIn(shapes, 0, cells, turn), grid);
  const fractions = new Array<number>(grid.width * grid.height).fill(0);
  for (let row = cover.rowFrom[0] ?? 0; row < (cover.rowTo[0] ?? 0); row++) {
    const at = (cover.first[0] ?? 0) + row - (cover.rowFrom[0] ?? 0);
    for (let span = cover.starts[at] ?? 0; span < (cover.starts[at + 1] ?? 0); span++)
      for (let column = cover.from[span] ?? 0; column < (cover.to[span] ?? 0); column++)
        fractions[row * grid.width + column] = cover.weight[span] ?? 0;
  }
  return fractions;
}

/** A star with many corners, some of them far out, so that most of it lies beyond any small box. */
const star = fc
  .record({
    column: fc.double({ min: 0, max: 40, noNaN: true }),
    row: fc.double({ min: 0, max: 40, noNaN: true }),
    radii: fc.array(fc.double({ min: 1, max: 60, noNaN: true }), { minLength: 5, maxLength: 400 }),
    backwards: fc.boolean(),
  })
  .map(({ column, row, radii, backwards }): Ring => {
    const ring = radii.map((radius, i): [number, number] => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [column + radius * Math.cos(angle), row + radius * Math.sin(angle)];
    });
    const closed = [...ring, ring[0] as [number, number]];
    return backwards ? closed.reverse() : closed;
  });

test('what is left of a polygon beside a box covers the cells of the box as the whole polygon does', () => {
  fc.assert(
    fc.property(star, fc.integer({ min: -20, max: 50 }), fc.integer({ min: -20, max: 50 }), (ring, left, top) => {
      const cells: CellBox = { columnFrom: left, columnTo: left + 9, rowFrom: top, rowTo: top + 7 };
      const shapes = shapesOf([[ring]]);
      const grid = { width: 9, height: 7, x0: left, y0: top, dx: 1, dy: 1 };
      const whole = coverage([[ring]], grid).covered[0] ?? 0;
      const fractions = fractionsIn(shapes, cells, null);
      expect(Math.abs(fractions.reduce((sum, share) => sum + share, 0) - whole)).toBeLessThan(1e-10);
      // the same whole turns away
      const moved = shapesOf([[ring.map(([column, row]) => [column - 720, row])]]);
      const back = fractionsIn(moved, cells, 360);
      for (const [i, share] of fractions.entries()) expect(Math.abs((back[i] ?? 0) - share)).toBeLessThan(1e-9);
    }),
    { numRuns: 300 },
  );
});

test('areas of zones: outer rings less holes, whichever way they turn', () => {
  const hole = box(2, 2, 4, 4);
  expect([
    ...areasOf(
      shapesOf([
        [box(0, 0, 10, 10), hole],
        [box(0, 0, 10, 10).reverse(), hole],
      ]),
    ),
  ]).toEqual([96, 96]);
});

test('a task covers the cells of its tiles, cut at the edges of the grid', () => {
  const grid = planned(shapesOf([[box(0, 0, 1, 1)]]), { grid: { width: 950, height: 650, x0: 0, y0: 0, dx: 1, dy: -1 } });
  expect(cellsOf({ columnFrom: 8, columnTo: 10, rowFrom: 6, rowTo: 7 }, grid)).toEqual({
    columnFrom: 800,
    columnTo: 950,
    rowFrom: 600,
    rowTo: 650,
  });
});
