/** Curves and tables of `saryarka water basins`: those that its file names, and those that options bring. */
import { dirname, join } from 'node:path';
import { openMap } from '../formats/open.ts';
import { readMapFiles, readSource } from '../formats/source-node.ts';
import { plainTable } from '../formats/water-table.ts';
import { number, t } from '../i18n/index.ts';
import type { BasinEntry, BasinFile } from '../plans/lake-basin-file.ts';
import { type GivenBasin, lessPart } from '../plans/lake-basin-run.ts';
import { bedOfRaster } from '../plans/lake-bathymetry.ts';
import { type ReadAs, readCurveTable, readForcingTable, unusedColumns } from '../plans/lake-tables.ts';
import { Problem } from '../problems.ts';
import type { CurveRow } from '../science/lake-curve.ts';
import type { Lang, MultiPolygon } from '../types.ts';
import { readLines } from './water-lake-balance.ts';
import { openBed } from './water-lake-bed.ts';

/** Options that say where a basin's bed comes from, each `basin=file`. */
export interface BasinGiven {
  lang: Lang;
  curve?: string[];
  bathymetry?: string[];
  within?: string[];
  top?: string[];
  crs?: string;
}

type Curve = Exclude<BasinEntry['curve'], string | null>;

/** What the tables of a run hold, and lines on what was assumed in reading them. @throws Problem */
export async function givenBasins(
  file: BasinFile,
  { path, name, asked }: { path: string; name: string; asked: BasinGiven },
): Promise<{ given: Map<string, GivenBasin>; told: string[] }> {
  const { lang } = asked;
  const ids = file.basins.map(({ id }) => id);
  const own = (option: 'curve' | 'bathymetry' | 'within' | 'top'): Map<string, string> =>
    new Map((asked[option] ?? []).map((text) => pair(`--${option}`, text, ids)));
  const options = { curve: own('curve'), bathymetry: own('bathymetry'), within: own('within'), top: own('top') };
  const beside = (one: string): string => join(dirname(path), one);
  const told: string[] = [];
  const noted = (file: string, readAs: ReadAs): void => void told.push(...readLines(file, readAs, lang));
  const curves = new Map<string, CurveRow[]>();
  for (const entry of file.basins) {
    const found = curveOf(entry, { options, beside, crs: asked.crs });
    if (found === null) throw new Problem('basin-curve-missing', { file: name, basin: entry.id });
    if (found.table !== undefined) {
      const read = readCurveTable(await plainTable(readSource(found.table)));
      noted(found.table, read.readAs);
      curves.set(entry.id, read.rows);
    } else {
      const rows = await bedCurve(found, entry);
      const [first, last] = [rows[0], rows.at(-1)];
      const values = { basin: entry.id, file: found.bathymetry ?? '', count: rows.length };
      const level = (row: CurveRow | undefined): string => number(lang, row?.level ?? 0, 2);
      told.push(
        t(lang, 'cli.water.lake.basins.bed', {
          ...values,
          ...{
            low: level(first),
            high: level(last),
            area: number(lang, last?.area ?? 0, 1),
            volume: number(lang, last?.volume ?? 0, 3),
          },
        }),
      );
      curves.set(entry.id, rows);
    }
  }
  for (const [i, { id, curve }] of file.basins.entries()) {
    const less = typeof curve === 'object' ? curve?.less : undefined;
    if (less === undefined) continue;
    const [whole, part] = [curves.get(id) ?? [], curves.get(less) ?? []];
    curves.set(id, lessPart(whole, part, `basins.${i}.curve.less (${less})`, name));
  }
  const given = new Map<string, GivenBasin>();
  for (const { id, forcing } of file.basins) {
    const table = readForcingTable(await plainTable(readSource(beside(forcing))));
    noted(table.file, table.readAs);
    const unused = unusedColumns(table);
    if (unused.length > 0) told.push(t(lang, 'cli.water.lake.unused', { file: table.file, columns: unused.join(', ') }));
    given.set(id, { curve: curves.get(id) ?? [], table });
  }
  return { given, told };
}

interface Found {
  table?: string;
  bathymetry?: string;
  within?: string;
  crs?: string;
  top?: number;
  step?: number;
  depthsBelow?: number;
}

/** Options come before the file. */
function curveOf(
  { id, curve, rule }: BasinEntry,
  {
    options,
    beside,
    crs,
  }: {
    options: Record<'curve' | 'bathymetry' | 'within' | 'top', Map<string, string>>;
    beside(path: string): string;
    crs: string | undefined;
  },
): Found | null {
  const table = options.curve.get(id);
  if (table !== undefined) return { table };
  const written: Curve = typeof curve === 'string' ? { table: curve } : (curve ?? {});
  const bathymetry = options.bathymetry.get(id) ?? (written.bathymetry === undefined ? undefined : beside(written.bathymetry));
  if (bathymetry === undefined) return written.table === undefined ? null : { table: beside(written.table) };
  const within = options.within.get(id) ?? (written.within === undefined ? undefined : beside(written.within));
  const asked = options.top.get(id);
  const top = asked === undefined ? (written.top_m ?? ('full_m' in rule ? rule.full_m : undefined)) : Number(asked);
  if (top !== undefined && !Number.isFinite(top))
    throw new Problem('choice-wrong', { field: '--top', found: `${id}=${asked}`, expected: `${id}=46` });
  const system = crs ?? written.crs;
  return {
    bathymetry,
    ...(within === undefined ? {} : { within }),
    ...(system === undefined ? {} : { crs: system }),
    ...(top === undefined ? {} : { top }),
    ...(written.step_m === undefined ? {} : { step: written.step_m }),
    ...(written.depths_below_m === undefined ? {} : { depthsBelow: written.depths_below_m }),
  };
}

async function bedCurve({ bathymetry = '', within, table: _table, ...options }: Found, { id }: BasinEntry): Promise<CurveRow[]> {
  const outline = within === undefined ? undefined : await outlineOf(within, id);
  const raster = await openBed(bathymetry);
  try {
    return (await bedOfRaster(raster, { ...options, ...(outline === undefined ? {} : { within: outline }) })).curve;
  } finally {
    raster.close();
  }
}

/** All polygons of a map, as one. @throws Problem for a map without any */
async function outlineOf(path: string, id: string): Promise<MultiPolygon> {
  const layers = await openMap(readMapFiles(path));
  const coordinates = layers.flatMap(({ features }) =>
    features.flatMap(({ geometry }) =>
      geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : [],
    ),
  );
  if (coordinates.length === 0)
    throw new Problem('choice-wrong', { field: `--within ${id}=${path}`, found: '0', expected: 'Polygon, MultiPolygon' });
  return { type: 'MultiPolygon', coordinates };
}

/** `basin=file` */
function pair(field: string, text: string, ids: readonly string[]): [string, string] {
  const at = text.indexOf('=');
  const [id, value] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || value === '' || !ids.includes(id))
    throw new Problem('choice-wrong', { field, found: text, expected: ids.map((one) => `${one}=…`).join(', ') });
  return [id, value];
}
