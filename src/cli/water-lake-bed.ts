/** `saryarka water lake --bathymetry`: curve, outlines by level and distances of the shore from a map of the bed. */

import { isAsciiGrid } from '../formats/ascii-grid.ts';
import { asciiRaster } from '../formats/grid-raster.ts';
import { openMap } from '../formats/open.ts';
import { openRaster } from '../formats/open-raster.ts';
import type { Raster } from '../formats/raster.ts';
import { readBeside, readMapFiles, readSource, writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { type BedFile, type BedOptions, bedOfContours, bedOfRaster } from '../plans/lake-bathymetry.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../types.ts';

export interface BedAsked {
  lang: Lang;
  bathymetry: string;
  levelField?: string;
  depthsBelow?: string;
  bedStep?: string;
  bedOutput?: string;
  place?: string[];
  crs?: string;
  json?: boolean;
}

/** Reads the map, writes what was asked for, and tells its curve. @throws Problem */
export async function readBed(asked: BedAsked): Promise<BedFile> {
  const { bathymetry, levelField, bedOutput } = asked;
  const places = (asked.place ?? []).map(placeOf);
  let bed: BedFile;
  if (levelField !== undefined) bed = bedOfContours(await openMap(readMapFiles(bathymetry)), { field: levelField, places });
  else {
    const options: BedOptions = {
      places,
      ...(asked.bedStep === undefined ? {} : { step: numberIn('--bed-step', asked.bedStep, 0.01) }),
      ...(asked.depthsBelow === undefined ? {} : { depthsBelow: numberIn('--depths-below', asked.depthsBelow, -1000) }),
      ...(asked.crs === undefined ? {} : { crs: asked.crs }),
    };
    const raster = await openBed(bathymetry);
    try {
      bed = await bedOfRaster(raster, options);
    } finally {
      raster.close();
    }
  }
  if (bedOutput !== undefined) writeFile(bedOutput, `${JSON.stringify(bed)}\n`);
  return bed;
}

/** A map of the bed as a raster: what `openRaster` reads, and ASCII grids (`.asc`, with a `.prj` beside them). @throws those of reading */
export async function openBed(path: string): Promise<Raster> {
  if (!/\.(asc|txt|agr|grd)(\.gz)?$/i.test(path)) return openRaster(path);
  const file = readSource(path);
  if (!isAsciiGrid(file))
    throw new Problem('grid-head', { file: file.name, field: 'ncols', found: '–', expected: 'ncols, nrows, cellsize' });
  return asciiRaster(file, readBeside(path.replace(/\.gz$/i, ''), ['.prj']));
}

/** The curve in words, and distances where places were asked for. */
export function bedLines({ source, method, curve, places }: BedFile, lang: Lang): string[] {
  const [first, last] = [curve[0], curve.at(-1)];
  const value = (of: number | undefined, digits: number): string => number(lang, of ?? 0, digits);
  return [
    t(lang, 'plans.lake.bed', {
      file: source,
      count: curve.length,
      low: value(first?.level, 2),
      high: value(last?.level, 2),
      method: t(lang, `plans.lake.method.${method}`),
    }),
    ...curve.map(({ level, area, volume }) => {
      const row = t(lang, 'plans.lake.bed-row', { level: value(level, 2), area: value(area, 1), volume: value(volume, 3) });
      const shores = places.flatMap(({ name, distances }) => {
        const found = distances.find((one) => one.level === level);
        const km = `${value(found?.km, 1)} ${t(lang, 'plans.lake.km')}`;
        return found === undefined ? [] : [`${t(lang, 'plans.lake.shore', { place: name })} ${km}`];
      });
      return `  ${[row, ...shores].join('; ')}`;
    }),
  ];
}

/** `Aralsk=61.67,46.79` */
function placeOf(text: string): { name: string; lon: number; lat: number } {
  const [, name = '', lon = '', lat = ''] = /^(.+)=\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*$/.exec(text) ?? [];
  const [x, y] = [Number(lon), Number(lat)];
  if (name === '' || !(Math.abs(x) <= 180 && Math.abs(y) <= 90))
    throw new Problem('choice-wrong', { field: '--place', found: text, expected: 'Aralsk=61.67,46.79' });
  return { name, lon: x, lat: y };
}

function numberIn(field: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && Number.isFinite(value)))
    throw new Problem('choice-wrong', { field, found: text, expected: `≥ ${least}` });
  return value;
}
