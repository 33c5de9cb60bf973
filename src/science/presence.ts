/**
 * Something is there, is not, or was not seen: water, snow, anything that masks tell, date by date.
 *
 *     const mask = new Uint8Array(cells);
 *     presenceFromCodes(values, { present: [2], absent: [1], unseen: [0] }, mask);   // a monthly water layer
 *     const tally = newTally(cells);
 *     countPresence(mask, tally);                                                   // per cell, over the dates
 *     const zone = newFrequencyTable(12);
 *     addFrequencies(zone, tally, 0, 512, 900);                                     // 512 cells of 900 m2
 *
 * Cloud and gaps are neither presence nor absence. They stay apart to the end, and every figure comes as `Bounds`: `low` if
 * whatever was not seen was absent, `high` if it was present, `value` if it was as what was seen. The bounds are sure as far
 * as the masks are right; they are no confidence interval.
 *
 * Everything merges: tallies over time, tables and extents over space.
 */

/** What a mask holds for a cell. Anything else counts as `UNSEEN`. */
export const ABSENT = 0;
export const PRESENT = 1;
export const UNSEEN = 2;

/** Which codes of a classified raster mean what. */
export interface PresenceCodes {
  present: readonly number[];
  absent: readonly number[];
  /** Known to mean that nothing was seen: codes in none of the lists are taken alike, and counted. */
  unseen?: readonly number[];
}

/** What a quantity is at least, at most, and if the unseen is as the seen; `value` is `null` where nothing was seen. */
export interface Bounds {
  value: number | null;
  low: number;
  high: number;
}

/** Per cell: on how many dates it was seen, and on how many of these the thing was present. */
export interface Tally {
  seen: Uint16Array;
  present: Uint16Array;
  /** Dates that were counted, seen or not. */
  steps: number;
}

/** Area [m²] of a zone by what was seen, per date. */
export interface Extents {
  present: Float64Array;
  absent: Float64Array;
  unseen: Float64Array;
}

/** Area [m²] of a zone by on how many of `steps` dates a cell was seen (row) and of these present (column). */
export interface FrequencyTable {
  steps: number;
  /** `(steps + 1) x (steps + 1)`, row-major; above the diagonal it is zero. */
  areas: Float64Array;
}

/** Mask from codes; how many cells had a code that is in none of the lists is returned. */
export function presenceFromCodes(values: ArrayLike<number>, codes: PresenceCodes, mask: Uint8Array): { unlisted: number } {
  const meaning = new Map<number, number>();
  for (const code of codes.unseen ?? []) meaning.set(code, UNSEEN);
  for (const code of codes.absent) meaning.set(code, ABSENT);
  for (const code of codes.present) meaning.set(code, PRESENT);
  let unlisted = 0;
  let [last, lastMeans] = [Number.NaN, UNSEEN];
  for (let i = 0; i < mask.length; i++) {
    const value = values[i] as number;
    if (value !== last) {
      const means = meaning.get(value);
      if (means === undefined) {
        if (!Number.isNaN(value)) unlisted++;
        mask[i] = UNSEEN;
        continue;
      }
      [last, lastMeans] = [value, means];
    }
    mask[i] = lastMeans;
  }
  return { unlisted };
}

/** Mask from an index or cover: present where the value is above the threshold, unseen where there is none (NaN). */
export function presenceAbove(values: ArrayLike<number>, threshold: number, mask: Uint8Array): void {
  for (let i = 0; i < mask.length; i++) {
    const value = values[i] as number;
    mask[i] = value > threshold ? PRESENT : value <= threshold ? ABSENT : UNSEEN;
  }
}

/**
 * One mask of several of the same time (scenes of one month): present where at least half of the scenes that saw the cell
 * show it, absent where fewer do, unseen where none saw it. A convention of this program: so each month counts once, however
 * many scenes it has.
 */
export function compositePresence(masks: readonly Uint8Array[], mask: Uint8Array): void {
  for (let i = 0; i < mask.length; i++) {
    let [seen, present] = [0, 0];
    for (const scene of masks) {
      if (scene[i] === PRESENT) present++;
      if (scene[i] === PRESENT || scene[i] === ABSENT) seen++;
    }
    mask[i] = seen === 0 ? UNSEEN : 2 * present >= seen ? PRESENT : ABSENT;
  }
}

export function newTally(cells: number): Tally {
  return { seen: new Uint16Array(cells), present: new Uint16Array(cells), steps: 0 };
}

/** Counts one more date. */
export function countPresence(mask: Uint8Array, tally: Tally): void {
  const { seen, present } = tally;
  for (let i = 0; i < mask.length; i++) {
    const state = mask[i] as number;
    if (state > PRESENT) continue;
    seen[i] = (seen[i] as number) + 1;
    present[i] = (present[i] as number) + state;
  }
  tally.steps++;
}

/** Adds the dates of `from` to `into`, which is returned: the same cells at other dates. */
export function mergeTallies(into: Tally, from: Tally): Tally {
  if (into.seen.length !== from.seen.length) throw new RangeError('tallies of different cells cannot be merged');
  for (let i = 0; i < into.seen.length; i++) {
    into.seen[i] = (into.seen[i] as number) + (from.seen[i] as number);
    into.present[i] = (into.present[i] as number) + (from.present[i] as number);
  }
  into.steps += from.steps;
  return into;
}

export function newExtents(dates: number): Extents {
  return { present: new Float64Array(dates), absent: new Float64Array(dates), unseen: new Float64Array(dates) };
}

/** Adds cells `from` to `to` (excluded) of the mask of a date, each with `area` of it inside the zone [m²]. */
export function addExtent(extents: Extents, date: number, mask: Uint8Array, from: number, to: number, area: number): void {
  let [present, absent] = [0, 0];
  for (let i = from; i < to; i++) {
    if (mask[i] === PRESENT) present++;
    else if (mask[i] === ABSENT) absent++;
  }
  extents.present[date] = (extents.present[date] as number) + present * area;
  extents.absent[date] = (extents.absent[date] as number) + absent * area;
  extents.unseen[date] = (extents.unseen[date] as number) + (to - from - present - absent) * area;
}

/** Adds other cells of the same zone and dates to `into`, which is returned. */
export function mergeExtents(into: Extents, from: Extents): Extents {
  for (const key of ['present', 'absent', 'unseen'] as const) addArrays(into[key], from[key]);
  return into;
}

/** Extent of a date in the zone [m²] within bounds, and the share of the zone that was seen [0-1]; the share of no area is NaN. */
export function extentOf(extents: Extents, date: number): Bounds & { seenShare: number } {
  const present = extents.present[date] as number;
  const unseen = extents.unseen[date] as number;
  const seen = present + (extents.absent[date] as number);
  return {
    value: seen > 0 ? between(present, (present / seen) * (seen + unseen), present + unseen) : null,
    low: present,
    high: present + unseen,
    seenShare: seen / (seen + unseen),
  };
}

export function newFrequencyTable(steps: number): FrequencyTable {
  return { steps, areas: new Float64Array((steps + 1) ** 2) };
}

/**
 * Adds cells `from` to `to` (excluded) of a tally, each with `area` of it inside the zone [m²].
 * @throws RangeError when the tally has other than the table's number of dates.
 */
export function addFrequencies(table: FrequencyTable, tally: Tally, from: number, to: number, area: number): void {
  if (tally.steps !== table.steps) throw new RangeError(`a tally of ${tally.steps} dates for a table of ${table.steps}`);
  const side = table.steps + 1;
  for (let i = from; i < to; i++) {
    const place = (tally.seen[i] as number) * side + (tally.present[i] as number);
    table.areas[place] = (table.areas[place] as number) + area;
  }
}

/** Adds other cells of the same zone and dates to `into`, which is returned. */
export function mergeFrequencies(into: FrequencyTable, from: FrequencyTable): FrequencyTable {
  if (into.steps !== from.steps) throw new RangeError('tables of different numbers of dates cannot be merged');
  addArrays(into.areas, from.areas);
  return into;
}

/**
 * Area [m²] of the cells of which `holds(present, steps)` is true, within bounds: `low` where it holds whatever the unseen dates
 * were, `high` where it may, `value` where it holds of what was seen, scaled from the cells seen at all to the zone.
 */
export function areaWhere(table: FrequencyTable, holds: (present: number, steps: number) => boolean): Bounds {
  const { steps, areas } = table;
  let [low, high, held, seenArea, unseenArea] = [0, 0, 0, 0, 0];
  for (let seen = 0; seen <= steps; seen++) {
    for (let present = 0; present <= seen; present++) {
      const area = areas[seen * (steps + 1) + present] as number;
      if (area === 0) continue;
      let [always, ever] = [true, false];
      for (let k = present; k <= present + steps - seen; k++) {
        if (holds(k, steps)) ever = true;
        else always = false;
      }
      if (always) low += area;
      if (ever) high += area;
      if (seen === 0) unseenArea += area;
      else {
        seenArea += area;
        if (holds(present, seen)) held += area;
      }
    }
  }
  return { value: seenArea > 0 ? between(low, held + (held / seenArea) * unseenArea, high) : null, low, high };
}

/**
 * Share of the seen dates on which the thing was present, per cell [0-1], NaN where it was never seen; and its bounds over all dates.
 */
export function frequencies(tally: Tally): { value: Float32Array; low: Float32Array; high: Float32Array } {
  const cells = tally.seen.length;
  const out = { value: new Float32Array(cells), low: new Float32Array(cells), high: new Float32Array(cells) };
  for (let i = 0; i < cells; i++) {
    const seen = tally.seen[i] as number;
    const present = tally.present[i] as number;
    out.value[i] = present / seen; // 0 / 0 is NaN
    out.low[i] = present / tally.steps;
    out.high[i] = (present + tally.steps - seen) / tally.steps;
  }
  return out;
}

/** `value`, held between its limits: rounding may have put it a bit outside. */
function between(low: number, value: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function addArrays(into: Float64Array, from: Float64Array): void {
  if (into.length !== from.length) throw new RangeError(`${from.length} dates cannot be merged into ${into.length}`);
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + (from[i] as number);
}
