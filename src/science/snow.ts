/**
 * Snow of one winter, cell by cell: days with cover, first and last snow, melt-out, from masks by day or by eight days.
 *
 *     const dates = { starts: [0, 8, 16, …], end: 365 };        // days from the start of the snow year, such as 1 August
 *     const block = newSnowBlock(cells);
 *     snowBlock(masks, dates, block);                            // masks of presence.ts
 *     block.coverDays.value[i], block.meltOut.low[i]
 *
 * What cloud hides is filled from the cell's own seen dates: a gap between two of the same kind is of that kind; between snow and bare
 * ground the change is put in its middle. At the ends of the year the nearest seen date goes on. So much for `value`.
 * `low` and `high` of the days with cover hold whatever the cloud hid. Those of the dates are the ends of the gap in which the change
 * came: a short snowfall that came and went unseen between two dates seen bare is not looked for.
 *
 * A mask of eight days that shows snow where any of them did (such as MOD10A2) makes the season longer by up to a step at either end.
 *
 * @see Gafurov & Bardossy 2009, Cloud removal methodology from MODIS snow cover product, Hydrol. Earth Syst. Sci. 13, 1361-1373,
 * doi 10.5194/hess-13-1361-2009: filling from the dates before and after
 * @see Choi, Robinson & Kang 2010, Changing Northern Hemisphere snow seasons, J. Clim. 23, 5305-5310, doi 10.1175/2010JCLI3644.1: the full
 * season from first to last snow, and the core season, the longest unbroken cover
 */
import { ABSENT, PRESENT } from './presence.ts';

/** NDSI above which a cell has snow. Hall & Riggs 2007, Accuracy assessment of the MODIS snow products, Hydrol. Process. 21, 1534-1547, doi 10.1002/hyp.6715 */
export const SNOW_NDSI = 0.4;

/** Days from the start of the snow year. */
export interface SnowDates {
  /** Start of the span that each mask stands for, which lasts to the next one's. Increasing. */
  starts: readonly number[];
  /** End of the last one's span. */
  end: number;
}

/** One figure of each cell, [days]; NaN where there is none. */
export interface SnowFigure {
  value: Float32Array;
  low: Float32Array;
  high: Float32Array;
}

export interface SnowBlock {
  /** Days with snow on the ground; NaN (and 0 to all days) where no date was seen. */
  coverDays: SnowFigure;
  /** Day on which the first snow came to lie, of cells with snow. 0: there was snow when the year began. */
  first: SnowFigure;
  /** Day on which the last snow was gone. The end of the year: it lay still. */
  last: SnowFigure;
  /** Day on which the longest unbroken cover was gone. */
  meltOut: SnowFigure;
}

export function newSnowBlock(cells: number): SnowBlock {
  const figure = (): SnowFigure => ({
    value: new Float32Array(cells),
    low: new Float32Array(cells),
    high: new Float32Array(cells),
  });
  return { coverDays: figure(), first: figure(), last: figure(), meltOut: figure() };
}

/** When a change came [days]: between which seen dates, and where in between it is put. */
interface When {
  value: number;
  low: number;
  high: number;
}

/** An unbroken cover. */
interface Cover {
  came: When;
  went: When;
}

/** What the masks say of one cell: covers, days surely with snow, days hidden, and whether any date was seen. */
interface Winter {
  covers: Cover[];
  sure: number;
  hidden: number;
  seen: boolean;
}

const NEVER: When = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/**
 * Fills a block from the masks of one snow year.
 * @param masks one per date, in order
 * @throws RangeError when masks and dates differ in number, or the dates do not increase
 */
export function snowBlock(masks: readonly Uint8Array[], dates: SnowDates, block: SnowBlock): void {
  const edges = [...dates.starts, dates.end];
  if (masks.length !== dates.starts.length) throw new RangeError(`${masks.length} masks for ${dates.starts.length} dates`);
  const back = edges.findIndex((edge, i) => i > 0 && !(edge > (edges[i - 1] as number)));
  if (back !== -1)
    throw new RangeError(`date ${back + 1} begins on day ${edges[back]}, which is not after day ${edges[back - 1]}`);
  for (let cell = 0; cell < block.coverDays.value.length; cell++) {
    const { covers, sure, hidden, seen } = winterOf(masks, edges, cell);
    const filled = covers.reduce((sum, { came, went }) => sum + went.value - came.value, 0);
    put(block.coverDays, cell, { value: seen ? filled : Number.NaN, low: sure, high: sure + hidden });
    put(block.first, cell, covers[0]?.came ?? NEVER);
    put(block.last, cell, covers.at(-1)?.went ?? NEVER);
    put(block.meltOut, cell, longest(covers)?.went ?? NEVER);
  }
}

function winterOf(masks: readonly Uint8Array[], edges: readonly number[], cell: number): Winter {
  const winter: Winter = { covers: [], sure: 0, hidden: 0, seen: false };
  const [begin, finish] = [edges[0] as number, edges.at(-1) as number];
  let came: When | null = null;
  let seenTo = begin;
  for (let i = 0; i < masks.length; i++) {
    const [start, end] = [edges[i] as number, edges[i + 1] as number];
    const state = (masks[i] as Uint8Array)[cell] as number;
    if (state !== PRESENT && state !== ABSENT) {
      winter.hidden += end - start;
      continue;
    }
    const change = { value: (seenTo + start) / 2, low: seenTo, high: start };
    if (state === PRESENT) {
      winter.sure += end - start;
      came ??= winter.seen ? change : { value: begin, low: begin, high: start };
    } else if (came !== null) {
      winter.covers.push({ came, went: change });
      came = null;
    }
    winter.seen = true;
    seenTo = end;
  }
  if (came !== null) winter.covers.push({ came, went: { value: finish, low: seenTo, high: finish } });
  return winter;
}

/** The first of the longest. */
function longest(covers: readonly Cover[]): Cover | undefined {
  const days = ({ came, went }: Cover): number => went.value - came.value;
  return covers.reduce<Cover | undefined>((best, cover) => (best && days(best) >= days(cover) ? best : cover), undefined);
}

function put(figure: SnowFigure, cell: number, { value, low, high }: When): void {
  figure.value[cell] = value;
  figure.low[cell] = low;
  figure.high[cell] = high;
}
