/**
 * Maps of codes as pictures: which code is which class, in what colour, and on what part of the zones.
 *
 *     pictureOf({ name: 'burned-years', period, map, tables, classes: [{ code: 0, class: 'unburned', color: '#f6f1e3' }, …] });
 *
 * Shares are of the exact areas of the pixels in the zones, not of the coarse cells of the map.
 */
import { NODATA } from '../science/land-cover.ts';
import { type AreaTable, areaOf, totalArea } from '../science/land-cover-areas.ts';
import type { Period } from '../types.ts';
import type { PictureClass } from './kept-picture.ts';
import { type CodeMap, type IndicatorPicture, NOWHERE } from './raster-indicator.ts';

/** A class of a picture by its code in a table. */
export interface Painted {
  code: number;
  class: string;
  color: string;
  hatch?: boolean;
}

/** Of what is not known, and of codes that no legend has. */
export const UNKNOWN_COLOR = '#c9c9c9';
const UNLISTED_COLOR = '#8f8f8f';

export interface PictureRequest {
  name: string;
  period: Period;
  map: CodeMap;
  /** Of the pass, by zone: the map's own table is counted. */
  tables: readonly AreaTable[][];
  /** In the order of the legend. */
  classes: readonly Painted[];
  /** What is not known is called so. */
  unknown?: string;
}

/** The picture of a map whose codes are classes; `null` where no zone has a pixel. Classes without any area are left out. */
export function pictureOf({ name, period, map, tables, classes, unknown = 'unknown' }: PictureRequest): IndicatorPicture | null {
  const own = tables.flatMap((list) => list[map.table] ?? []);
  const sum = (of: (table: AreaTable) => number): number => own.reduce((all, table) => all + of(table), 0);
  const all = sum(totalArea);
  if (!(all > 0)) return null;
  const painted = classes.map((one) => ({ ...one, area: sum((table) => areaOf(table, one.code)) }));
  const rest = [
    { code: NODATA, class: unknown, color: UNKNOWN_COLOR, area: sum((table) => areaOf(table, 'nodata')) },
    { code: Number.NaN, class: 'unlisted', color: UNLISTED_COLOR, area: sum((table) => areaOf(table, 'unlisted')) },
  ];
  const shown = [...painted, ...rest].filter(({ area }) => area > 0);
  const places = new Map(shown.map(({ code }, i) => [code, i + 1]));
  const elsewhere = places.get(Number.NaN) ?? 0;
  return {
    name,
    period,
    take: map.take,
    classes: shown.map(
      ({ class: word, color, area, ...how }, i): PictureClass => ({
        code: i + 1,
        class: word,
        color,
        hatch: 'hatch' in how && how.hatch === true,
        share: area / all,
      }),
    ),
    codes: Uint8Array.from(map.codes, (code) => (code === NOWHERE ? 0 : (places.get(code) ?? elsewhere))),
  };
}

/** Pictures that there are. */
export function pictures(...list: (IndicatorPicture | null)[]): IndicatorPicture[] {
  return list.filter((one) => one !== null);
}
