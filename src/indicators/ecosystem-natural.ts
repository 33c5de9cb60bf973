/**
 * Which classes of a legend are natural or semi-natural ground, and zones taken together: what the indicators of ecosystems share.
 *
 *     naturalCodes({ legend: 'nlcd', natural: '' })       // all classes but developed land, pasture and crops
 */
import { Problem } from '../problems.ts';
import { type AreaTable, areaOf, mergeAreaTables, pixelsOf } from '../science/land-cover-areas.ts';
import { outsideNote, outsideShare } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { coverCodes } from './land-cover.ts';
import { codesOf } from './params.ts';
import type { Given } from './raster-indicator.ts';
import { SITE } from './source-indicator.ts';

/**
 * Codes of natural ground in the legend of the rasters: those that `natural` lists, else all classes that the legend does not call
 * otherwise.
 * @throws Problem `param-wrong` for a code that the legend does not have, and for a legend of the user's own that says nothing of it.
 */
export function naturalCodes(params: Given['params']): number[] {
  const { legend } = coverCodes({ legend: params.legend ?? '' });
  const all = legend.classes.map(({ code }) => code);
  const listed = codesOf(params, 'natural');
  const strange = listed.filter((code) => !all.includes(code));
  if (strange.length > 0)
    throw new Problem('param-wrong', { field: 'natural', found: strange.join(','), expected: all.join(', ') });
  if (listed.length > 0) return listed;
  if (legend.classes.every(({ natural }) => natural === undefined))
    throw new Problem('param-wrong', {
      field: 'natural',
      found: legend.id,
      expected: `${all.slice(0, 3).join(',')} / "natural": false`,
    });
  return legend.classes.filter(({ natural }) => natural !== false).map(({ code }) => code);
}

/** A place that figures are of: a zone, or all of them as one. */
export interface Place {
  /** As figures name it. */
  zone: number;
  tables: readonly AreaTable[];
  /** How much of it lies beside the rasters. */
  outside: string | null;
  isOutside: boolean;
}

/**
 * Each zone, and all of them as one.
 * @param first the table whose pixels tell how much of a zone the rasters cover
 */
export function placesOf(given: Given, tables: readonly AreaTable[][], first = 0): Place[] {
  const one = (zone: number, own: readonly AreaTable[], cells: Float64Array, at: number): Place => {
    const pixels = own[first]?.pixels.reduce((sum, count) => sum + count, 0) ?? 0;
    const about = { cells };
    return { zone, tables: own, outside: outsideNote(about, at, pixels), isOutside: outsideShare(about, at, pixels) === 1 };
  };
  const zones = tables.map((own, zone) => one(zone, own, given.cells, zone));
  const [head, ...rest] = tables;
  if (head === undefined) return zones;
  const together = head.map(({ amounts, pixels, ...of }) => ({ ...of, amounts: amounts.slice(), pixels: pixels.slice() }));
  for (const own of rest) for (const [t, table] of together.entries()) mergeAreaTables(table, own[t] as AreaTable);
  // the size of zones wholly beside the rasters is not known in pixels: they are counted
  const beside = given.cells.filter((cells) => cells === 0).length;
  const site = one(SITE, together, Float64Array.of(given.cells.reduce((sum, count) => sum + count, 0)), 0);
  const outside = beside === 0 || site.isOutside ? site.outside : noteOf(site.outside, note('zones-outside', beside));
  return [...zones, { ...site, outside }];
}

/** Area and pixels of which a class is known, and the part of all that is not, 0-1. */
export function knownGround(table: AreaTable): { area: number; pixels: number; unknown: number } {
  let [area, pixels] = [0, 0];
  for (const code of table.rows) {
    area += areaOf(table, code);
    pixels += pixelsOf(table, code);
  }
  const unseen = areaOf(table, 'nodata') + areaOf(table, 'unlisted');
  return { area, pixels, unknown: area + unseen > 0 ? unseen / (area + unseen) : 0 };
}
