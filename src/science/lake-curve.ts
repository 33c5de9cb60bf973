/**
 * Level, area and volume of a lake from a table of its bed: monotone between the rows, refused beyond them.
 *
 *     const curve = lakeCurve([
 *       { level: 40, area: 2800, volume: 21 },
 *       { level: 42, area: 3300, volume: 27 },
 *       { level: 44, area: 3913, volume: 34 },
 *     ]);
 *     curve.volumeAt(41.3);                      // km3
 *     curve.levelAt(curve.volumeAt(41.3));       // 41.3
 *     slopeConflicts(rows)                       // pairs of rows whose volumes ask for an area that neither has
 *
 * @see Fritsch & Carlson 1980, Monotone piecewise cubic interpolation, SIAM J. Numer. Anal. 17, 238-246, doi 10.1137/0717021
 * @see Fritsch & Butland 1984, A method for constructing local monotone piecewise cubic interpolants, SIAM J. Sci. Stat. Comput. 5,
 * 300-304, doi 10.1137/0905021: the slopes
 */

/** One row of a table: level [m above the zero of its height system], area [km2], volume [km3]. */
export interface CurveRow {
  level: number;
  area: number;
  volume: number;
}

export interface LakeCurve {
  readonly rows: readonly CurveRow[];
  /** Volume [km3] at a level [m]. */
  volumeAt(level: number): number;
  /** Area [km2] at a level [m]. */
  areaAt(level: number): number;
  /** Level [m] at a volume [km3]: the inverse of `volumeAt` to the last digits. */
  levelAt(volume: number): number;
  /** Area [km2] at a volume [km3]. */
  areaOf(volume: number): number;
}

/** A level [m] or volume [km3] that the table does not reach: nothing is extrapolated. */
export class BeyondCurve extends RangeError {
  override name = 'BeyondCurve';
  readonly what: 'level' | 'volume';
  readonly found: number;
  readonly low: number;
  readonly high: number;

  constructor(what: 'level' | 'volume', found: number, { low, high }: { low: number; high: number }) {
    const unit = what === 'level' ? 'm' : 'km3';
    super(
      `${what} ${found} ${unit} lies outside the table (${low} to ${high} ${unit}); nothing is extrapolated: add rows of the bed`,
    );
    this.what = what;
    this.found = found;
    this.low = low;
    this.high = high;
  }
}

/** 1 m over 1 km2 [km3]. */
export const KM3_PER_M_KM2 = 1e-3;
/** Times that the interval of a level is halved at most: beyond, two neighbouring numbers are left. */
const MOST_HALVINGS = 80;

/**
 * The curve through `rows`, which need not be in order; rows that say the same twice count once.
 * `linear`: straight lines, as most published balances take them; `monotone`: cubics without a false bump.
 * @throws RangeError for fewer than two rows, for a level with two volumes, or where volume or area falls as the level rises; it names both
 * rows. The functions throw one for a level or volume beyond the table: nothing is extrapolated.
 */
export function lakeCurve(
  rows: readonly CurveRow[],
  { interpolation = 'monotone' }: { interpolation?: 'linear' | 'monotone' } = {},
): LakeCurve {
  const table = ordered(rows);
  const levels = table.map(({ level }) => level);
  const volumes = table.map((row) => row.volume);
  const volume = interpolant(levels, volumes, interpolation);
  const area = interpolant(
    levels,
    table.map((row) => row.area),
    interpolation,
  );
  const [first, last] = [table[0] as CurveRow, table[table.length - 1] as CurveRow];

  const within = (level: number): number => {
    if (!(level >= first.level && level <= last.level))
      throw new BeyondCurve('level', level, { low: first.level, high: last.level });
    return level;
  };
  const levelAt = (wanted: number): number => {
    if (!(wanted >= first.volume && wanted <= last.volume))
      throw new BeyondCurve('volume', wanted, { low: first.volume, high: last.volume });
    const i = segmentOf(volumes, wanted);
    return crossing(volume, levels[i] as number, levels[i + 1] as number, wanted);
  };
  return {
    rows: table,
    volumeAt: (level) => volume(within(level)),
    areaAt: (level) => area(within(level)),
    levelAt,
    areaOf: (wanted) => area(levelAt(wanted)),
  };
}

/**
 * Rows of an observed table that can stand on one curve: years with the same level are averaged, and a row whose volume or area does
 * not grow with the level is left out. What was changed is told: nothing goes unsaid.
 */
export function soundRows(rows: readonly CurveRow[]): { rows: CurveRow[]; averaged: CurveRow[]; dropped: CurveRow[] } {
  const byLevel = Map.groupBy(
    rows.toSorted((a, b) => a.level - b.level),
    ({ level }) => level,
  );
  const mean = (some: readonly CurveRow[], name: keyof CurveRow): number =>
    some.reduce((sum, row) => sum + row[name], 0) / some.length;
  const single = [...byLevel].map(([level, some]) => ({ level, area: mean(some, 'area'), volume: mean(some, 'volume') }));
  const kept: CurveRow[] = [];
  const dropped: CurveRow[] = [];
  for (const row of single) {
    const before = kept[kept.length - 1];
    if (before === undefined || (row.volume > before.volume && row.area >= before.area)) kept.push(row);
    else dropped.push(row);
  }
  return { rows: kept, averaged: [...byLevel.values()].filter((some) => some.length > 1).flat(), dropped };
}

/**
 * `curve` with its area by volume read from `cells` places along it: for runs by the million; off by less than 1e-5 of the area. Levels
 * are looked for between two such places, and are as exact as those of `curve`.
 */
export function tabulated(curve: LakeCurve, { cells = 4096 }: { cells?: number } = {}): LakeCurve {
  const [first, last] = [curve.rows[0] as CurveRow, curve.rows[curve.rows.length - 1] as CurveRow];
  const step = (last.volume - first.volume) / cells;
  const places = Float64Array.from({ length: cells + 1 }, (_, i) =>
    curve.levelAt(i === cells ? last.volume : first.volume + i * step),
  );
  const areas = places.map((level) => curve.areaAt(level));
  return {
    ...curve,
    levelAt: (volume) => {
      const i = Math.min(cells - 1, Math.floor((volume - first.volume) / step));
      const [low, high] = [places[i - 1] ?? first.level, places[i + 2] ?? last.level];
      if (!(volume >= first.volume && volume <= last.volume)) return curve.levelAt(volume); // refuses
      return crossing(curve.volumeAt, low, high, volume);
    },
    areaOf: (volume) => {
      const at = (volume - first.volume) / step;
      if (!(at >= 0 && at <= cells)) return curve.areaOf(volume); // refuses
      const i = Math.min(cells - 1, Math.floor(at));
      const low = areas[i] as number;
      return low + ((areas[i + 1] as number) - low) * (at - i);
    },
  };
}

/** A pair of rows whose step of volume needs an area [km2] that lies outside both of theirs. */
export interface SlopeConflict {
  lower: CurveRow;
  upper: CurveRow;
  /** dV/dh [km2]. */
  needed: number;
}

/**
 * Rows that cannot stand on one curve: the mean area between two levels is dV/dh, and must lie between the areas of both
 * (with `slack` as a part of them, 0.05 unless told). Any pair is tested, not only neighbours.
 */
export function slopeConflicts(rows: readonly CurveRow[], { slack = 0.05 } = {}): SlopeConflict[] {
  const sorted = rows.toSorted((a, b) => a.level - b.level);
  return sorted.flatMap((lower, i) =>
    sorted.slice(i + 1).flatMap((upper) => {
      if (upper.level === lower.level) return [];
      const needed = (upper.volume - lower.volume) / (upper.level - lower.level) / KM3_PER_M_KM2;
      const fits = needed >= lower.area * (1 - slack) && needed <= upper.area * (1 + slack);
      return fits ? [] : [{ lower, upper, needed }];
    }),
  );
}

function ordered(rows: readonly CurveRow[]): CurveRow[] {
  for (const row of rows)
    if (![row.level, row.area, row.volume].every(Number.isFinite))
      throw new RangeError(`a row of a curve needs level, area and volume; found ${told(row)}`);
  const sorted = rows.toSorted((a, b) => a.level - b.level);
  const table = sorted.filter((row, i) => i === 0 || told(row) !== told(sorted[i - 1] as CurveRow));
  for (const [i, row] of table.entries()) {
    const before = table[i - 1];
    if (before === undefined) continue;
    if (row.level === before.level || row.volume <= before.volume || row.area < before.area)
      throw new RangeError(`volume and area must grow with the level; found ${told(before)} and ${told(row)}`);
  }
  if (table.length < 2) throw new RangeError(`a curve needs two rows at least; found ${table.length}`);
  return table;
}

const told = ({ level, area, volume }: CurveRow): string => `${level} m, ${area} km2, ${volume} km3`;

/** The segment of increasing `x` in which `at` lies. */
function segmentOf(x: readonly number[], at: number): number {
  let [low, high] = [0, x.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] as number) <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** A monotone function through the points. */
function interpolant(x: readonly number[], y: readonly number[], kind: 'linear' | 'monotone'): (at: number) => number {
  const slopes = kind === 'linear' ? null : butlandSlopes(x, y);
  return (at) => {
    const i = segmentOf(x, at);
    const [x0, x1, y0, y1] = [x[i], x[i + 1], y[i], y[i + 1]] as [number, number, number, number];
    if (at === x0) return y0;
    if (at === x1) return y1;
    const h = x1 - x0;
    const t = (at - x0) / h;
    if (slopes === null) return y0 + (y1 - y0) * t;
    const [d0, d1] = [slopes[i] as number, slopes[i + 1] as number];
    const a = d0 * h - (y1 - y0);
    const b = y1 - y0 - d1 * h;
    return y0 + (y1 - y0) * t + t * (1 - t) * (a * (1 - t) + b * t);
  };
}

/** Slopes at the points that keep a cubic monotone: Fritsch & Butland 1984, eq. 5; at the ends the straight one. */
function butlandSlopes(x: readonly number[], y: readonly number[]): number[] {
  const h = x.slice(1).map((at, i) => at - (x[i] as number));
  const secant = h.map((step, i) => ((y[i + 1] as number) - (y[i] as number)) / step);
  return x.map((_, i) => {
    const [before, after] = [secant[i - 1], secant[i]];
    if (before === undefined || after === undefined) return (before ?? after) as number;
    if (before * after <= 0) return 0;
    const [left, right] = [h[i - 1] as number, h[i] as number];
    const alpha = (left + 2 * right) / (3 * (left + right));
    return (before * after) / (alpha * after + (1 - alpha) * before);
  });
}

/** Where an increasing function takes the value `wanted` between `low` and `high`, to neighbouring numbers. */
function crossing(f: (at: number) => number, low: number, high: number, wanted: number): number {
  let [a, b, fa, fb] = [low, high, f(low), f(high)];
  for (let i = 0; i < MOST_HALVINGS && fa < wanted && fb > wanted; i++) {
    const straight = a + ((wanted - fa) / (fb - fa)) * (b - a);
    // Every third step halves, so that a bent curve cannot hold one end in place.
    const at = i % 3 === 2 || !(straight > a && straight < b) ? (a + b) / 2 : straight;
    if (at <= a || at >= b) break;
    const value = f(at);
    if (value <= wanted) [a, fa] = [at, value];
    else [b, fb] = [at, value];
  }
  return wanted - fa <= fb - wanted ? a : b;
}
